"""The values that differ each time a step asks for them: the time, an id, a random number."""

import random
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from engine.model import Json
from engine.ports import Clock

_RANDOM = random.SystemRandom()


def taken(names: Iterable[str], clock: Clock) -> Mapping[str, Json]:
    """The values of these names, just now."""
    return {name: _TAKE[name](clock) for name in names}


def _now(clock: Clock) -> str:
    at = datetime.fromtimestamp(clock.now(), UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


_TAKE: Mapping[str, Callable[[Clock], Json]] = {
    "now": _now,
    "uuid": lambda _clock: str(uuid.uuid4()),
    "random": lambda _clock: _RANDOM.random(),
}
