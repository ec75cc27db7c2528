"""Tells every open page what changed and what runs do. A page that is too slow is told to ask again."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

from backend.bridge.contract.shape import camel
from engine.events import Event, RunFinished, RunStarted
from engine.model import Json

Topic: TypeAlias = Literal[
    "credentials", "automations", "schedules", "history", "settings", "vault", "closing", "resync"
]

MAX_LISTENERS = 8
MAX_WAITING = 2_000
MAX_WAITING_CHARS = 4_000_000
HEARTBEAT_S = 15.0
MIN_GAP_S = 0.05
_HELLO = b"retry: 1000\n: hello\n\n"
_HEARTBEAT = b": still here\n\n"


def event_json(event: Event) -> dict[str, Json]:
    """An event as the page gets it: the keys of its first level in camelCase, the rest is data."""
    return {camel(key): value for key, value in event.to_json().items()}


def _nothing() -> None:
    """What there is to do to end a stream that nobody carries."""


class Listener:
    """What waits for one page. Bounded: beyond its limits all is dropped for one notice, `resync`."""

    def __init__(self, wake: threading.Condition, end: Callable[[], None] = _nothing) -> None:
        self._wake = wake
        self.end = end
        self._topics: dict[Topic, None] = {}
        self._events: list[str] = []
        self._chars = 0
        self.is_closed = False

    def add_topic(self, topic: Topic) -> None:
        self._topics[topic] = None

    def add_event(self, text: str) -> None:
        self._events.append(text)
        self._chars += len(text)
        if len(self._events) > MAX_WAITING or self._chars > MAX_WAITING_CHARS:
            self._events, self._chars = [], 0
            self._topics["resync"] = None

    def take(self, timeout_s: float) -> bytes:
        """All that waits as one chunk, a heartbeat after `timeout_s`, nothing when it is closed."""
        with self._wake:
            self._wake.wait_for(lambda: self._topics or self._events or self.is_closed, timeout_s)
            if self.is_closed:
                return b""
            topics, events = list(self._topics), self._events
            self._topics, self._events, self._chars = {}, [], 0
        lines = [json.dumps({"topic": topic}) for topic in topics]
        if events:
            lines.append('{"topic":"run","events":[' + ",".join(events) + "]}")
        return "".join(f"data: {line}\n\n" for line in lines).encode() or _HEARTBEAT


class Hub:
    """All open pages. `run` is a sink of runs: it never waits for a page."""

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._listeners: list[Listener] = []
        self._is_closed = False

    @property
    def has_listeners(self) -> bool:
        """Whether a page hears what is told."""
        return bool(self._listeners)

    def notify(self, topic: Topic) -> None:
        """Something of this topic changed: ask again."""
        self._tell(lambda listener: listener.add_topic(topic))

    def run(self, event: Event) -> None:
        """An event of a run, redacted by its recorder."""
        if self._listeners:
            text = json.dumps(event_json(event), separators=(",", ":"))
            self._tell(lambda listener: listener.add_event(text))

    def follow(self, event: Event) -> None:
        """As `run`, and says what has changed when a run begins or ends."""
        self.run(event)
        if isinstance(event.fact, RunStarted | RunFinished):
            self.notify("history")
        if isinstance(event.fact, RunFinished):
            self.notify("credentials")

    def stream(self, end: Callable[[], None] = _nothing) -> Iterator[bytes]:
        """The messages for one page, in the form of Server-Sent Events; at most twenty chunks a second.

        Each holds a thread, so the oldest ends when there are too many: its page may be gone long ago, or be
        frozen with its connection full. `end` frees a thread that waits there.
        """
        listener = Listener(self._wake, end)
        with self._wake:
            for oldest in self._listeners[: 1 - MAX_LISTENERS]:
                oldest.is_closed = True
                oldest.end()
            listener.is_closed = self._is_closed
            self._listeners.append(listener)
            self._wake.notify_all()
        return self._messages(listener)

    def close(self) -> None:
        """End all streams."""
        self._is_closed = True
        self._tell(_close)

    def _messages(self, listener: Listener) -> Iterator[bytes]:
        try:
            yield _HELLO
            while chunk := listener.take(HEARTBEAT_S):
                yield chunk
                time.sleep(MIN_GAP_S)
        finally:
            with self._wake:
                self._listeners.remove(listener)

    def _tell(self, tell: Callable[[Listener], None]) -> None:
        with self._wake:
            for listener in self._listeners:
                tell(listener)
            self._wake.notify_all()


def _close(listener: Listener) -> None:
    listener.is_closed = True
