"""What a step costs: 1,000 API calls as users run them, against the same requests with httpx alone."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from bench.child import Sample, interleaved, server, workers
from bench.home import a_home
from bench.row import Row
from bench.scale import Scale

BAR = 1.25
# ours → peer
PAIRS: Mapping[str, str] = {
    "loopi, steps": "httpx",
    "loopi, forEach": "httpx",
    "loopi, forEach 8": "httpx, 8 threads",
}


def rows(scale: Scale) -> list[Row]:
    """CPU, speed and peak memory of both sides, and what reading a long automation takes."""
    samples = measured([*PAIRS, "httpx", "httpx, 8 threads", "loopi, parse"], "weather", scale)
    found = [row for ours, peer in PAIRS.items() for row in compared(ours, peer, samples, scale)]
    read = samples["loopi, parse"].cpu_s * 1000
    return [*found, Row(f"loopi, parse: CPU for {scale.steps} steps", "ms", read)]


def measured(sides: Sequence[str], kind: str, scale: Scale) -> dict[str, Sample]:
    """Each side against one stand-in of this kind, taking turns."""
    with server(kind) as url, ExitStack() as stack:
        homes = {side: stack.enter_context(a_home(url, steps=scale.steps)) for side in sides}
        return interleaved(stack.enter_context(workers(homes)), scale.rounds)


def compared(ours: str, peer: str, samples: Mapping[str, Sample], scale: Scale) -> list[Row]:
    """The three rows of one comparison."""
    own, other, steps = samples[ours], samples[peer], scale.steps
    return [
        Row(
            f"{ours}: CPU a step",
            "ms",
            own.cpu_s / steps * 1000,
            other.cpu_s / steps * 1000,
            peer,
            bar_ratio=BAR,
        ),
        Row(f"{ours}: speed", "steps/s", steps / own.wall_s, steps / other.wall_s, peer, is_speed=True),
        Row(f"{ours}: peak memory", "MB", own.peak_mb, other.peak_mb, peer),
    ]
