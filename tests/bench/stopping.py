"""How long a run takes to end after Stop: in a wait, in a request, in rounds side by side."""

import threading
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bench.home import a_home
from bench.row import Row
from bench.scale import Scale
from bench.side import new_app
from engine.events import Event, RequestSent, StepStarted
from servers.loopback import LoopbackServer, Reply

if TYPE_CHECKING:
    from backend.app import App

# What the page and the documents promise.
BAR_MS = 1000.0
_ASK = {"id": "ask", "type": "apiCall", "method": "GET"}


def rows(scale: Scale) -> list[Row]:
    """Milliseconds of wall-clock time. The most of all rounds: a promise is kept each time, or not."""
    with LoopbackServer(lambda _seen: Reply(gate=gate)) as server:
        gate = server.gate()
        ask = {**_ASK, "url": f"{server.url}/"}
        loop = {"id": "each", "type": "forEach", "items": list(range(100)), "concurrency": 8, "steps": [ask]}
        kinds: Mapping[str, Sequence[Mapping[str, object]]] = {
            "a wait": [{"id": "wait", "type": "wait", "value": 3600}],
            "a request": [ask],
            "8 requests at a time": [loop],
        }
        with a_home(server.url) as home:
            app = new_app(home)
            return [_row(name, app, steps, max(scale.rounds, 2)) for name, steps in kinds.items()]


def _row(name: str, app: "App", steps: Sequence[Mapping[str, object]], rounds: int) -> Row:
    most_ms = max(_stopped(app, steps, 0.05 * number) for number in range(rounds)) * 1000
    return Row(f"Stop, in the middle of {name}", "ms", most_ms, bar=BAR_MS, note="the most of all rounds")


def _stopped(app: "App", steps: Sequence[Mapping[str, object]], later_s: float) -> float:
    """Seconds from Stop to the end, when it is pressed so long after the run began to wait."""
    from backend.runs.active import RunOptions

    is_waiting = threading.Event()

    def hear(event: Event) -> None:
        if isinstance(event.fact, StepStarted | RequestSent):
            is_waiting.set()

    document = {"format": "loopi-automation/1", "id": "bench", "name": "Bench", "steps": list(steps)}
    running = app.runs.start(app.parse(document), RunOptions(sinks=[hear]))
    is_waiting.wait(60)
    time.sleep(later_s)
    began_at = time.perf_counter()
    running.cancel()
    running.wait(60)
    return time.perf_counter() - began_at
