"""Where the window was and how large, so that the next start finds it there. Pure but for its one file."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from backend.store.atomic import write_file
from backend.store.errors import StoreError

MIN_SIZE = (900, 600)
# What must be seen of a window so that a hand can get hold of it.
_GRIP = 120
_MAX_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Area:
    """A screen, in the coordinates of the whole desktop."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Placement:
    """How the window was left; without x and y the system chooses. `view` follows # in the address."""

    width: int = 1280
    height: int = 820
    x: int | None = None
    y: int | None = None
    is_maximized: bool = False
    is_dark: bool = False
    view: str = ""


def fit(wanted: Placement, screens: Sequence[Area]) -> Placement:
    """The same on the screens there are now: never larger than one, never where nobody can get hold of it."""
    width, height = max(wanted.width, MIN_SIZE[0]), max(wanted.height, MIN_SIZE[1])
    sized = replace(wanted, width=width, height=height)
    home = next((screen for screen in screens if _is_seen(sized, screen)), None)
    screen = home or next(iter(screens), Area(0, 0, width, height))
    fitting = replace(
        sized,
        width=max(min(width, screen.width), MIN_SIZE[0]),
        height=max(min(height, screen.height), MIN_SIZE[1]),
    )
    if home is None or wanted.y is None:
        return replace(fitting, x=None, y=None)
    return replace(fitting, y=max(wanted.y, screen.y))


def _is_seen(wanted: Placement, screen: Area) -> bool:
    if wanted.x is None or wanted.y is None:
        return False
    across = min(wanted.x + wanted.width, screen.x + screen.width) - max(wanted.x, screen.x)
    top_is_seen = screen.y - _GRIP < wanted.y < screen.y + screen.height - _GRIP
    return across >= _GRIP and top_is_seen


def load_placement(path: Path) -> Placement:
    """What the file says, or how a window is when there is none. One that is damaged counts as none."""
    try:
        with path.open("rb") as file:
            document = json.loads(file.read(_MAX_BYTES))
        return Placement(**{each.name: _sound(each.name, document[each.name]) for each in fields(Placement)})
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Placement()


def save_placement(path: Path, placement: Placement) -> None:
    """Keep it. A full disk is no reason to keep a window open."""
    try:
        write_file(path, json.dumps(asdict(placement)).encode())
    except StoreError:
        return


def _sound(name: str, value: object) -> Any:  # noqa: ANN401  # each field has a type of its own
    default: object = asdict(Placement())[name]
    if isinstance(default, bool | str):
        is_sound = type(value) is type(default)
    else:
        is_sound = (value is None and name in "xy") or (type(value) is int and abs(value) < 100_000)
    if not is_sound:
        raise ValueError(name)
    return value
