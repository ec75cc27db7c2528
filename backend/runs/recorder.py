"""Stamps facts, redacts them, and hands each event to all who listen, in one order."""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from engine.events import Event, Fact
from engine.ports import Clock
from engine.redact import Redactor

Keep: TypeAlias = Callable[[Event, str], None]
Sink: TypeAlias = Callable[[Event], None]
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Recorder:
    """The one way out of a run: nothing reaches a listener that the redactor has not seen.

    `keep` is the journal: it gets each event with its JSON, and before anybody else.
    """

    def __init__(
        self, run_id: str, clock: Clock, redactor: Redactor, keep: Keep, *, sinks: Sequence[Sink]
    ) -> None:
        self._run_id = run_id
        self._clock = clock
        self._redactor = redactor
        self._keep = keep
        self._sinks = sinks
        self._seq = 0
        self._lock = threading.Lock()

    def record(self, path: str, fact: Fact) -> None:
        """Make an event of a fact. The lock keeps `seq` and the order of delivery the same for all."""
        with self._lock:
            event, line = self._redacted(Event(self._run_id, self._seq, self._clock.now(), path, fact))
            self._seq += 1
            self._keep(event, line)
            for sink in self._sinks:
                sink(event)

    def _redacted(self, event: Event) -> tuple[Event, str]:
        document = event.to_json()
        line = _encode(document)
        if self._redactor.clears(line):
            return event, line
        clean: Mapping[str, object] = self._redactor.value(document)  # type: ignore[assignment]  # same shape
        return (event, line) if clean is document else (Event.from_json(clean), _encode(clean))
