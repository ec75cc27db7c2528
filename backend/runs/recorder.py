"""Stamps facts, redacts them, and hands each event to all who listen, in one order."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from engine.events import Event, Fact
from engine.model import Json
from engine.ports import Clock
from engine.redact import Redactor, written

Keep: TypeAlias = Callable[[Event, str], None]
Sink: TypeAlias = Callable[[Event], None]
# Between the quotes of a JSON text there is a backslash before every quote: it stands once in a line.
_HOLE = '"output":{}'


class Recorder:
    """The one way out of a run: nothing reaches a listener that the redactor has not seen.

    `keep` is the journal: it gets each event with its JSON, and before anybody else. `next_seq` is not 0 in a
    run that goes on.
    """

    def __init__(
        self,
        run_id: str,
        clock: Clock,
        redactor: Redactor,
        keep: Keep,
        *,
        sinks: Sequence[Sink],
        next_seq: int = 0,
    ) -> None:
        self._run_id = run_id
        self._clock = clock
        self._redactor = redactor
        self._keep = keep
        self._sinks = sinks
        self._seq = next_seq
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
        line = self._cleared(document)
        if line is not None:
            return event, line
        clean: Mapping[str, object] = self._redactor.value(document)  # type: ignore[assignment]  # same shape
        return (event if clean is document else Event.from_json(clean)), written(clean)

    def _cleared(self, document: dict[str, Json]) -> str | None:
        """Its JSON when no secret is in it; an output that was searched just now is not written again."""
        output = document.get("output")
        known = self._redactor.json_of(output) if isinstance(output, dict) else None
        line = written(document if known is None else {**document, "output": {}})
        if not self._redactor.clears(line):
            return None
        return line if known is None else line.replace(_HOLE, f'"output":{known}', 1)
