"""What can be wrong with an automation's file, and the reading of its JSON. Knows nothing of steps."""

import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.errors import LoopiError

_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or worth a warning: `path` is like `steps[2].then[0].url`."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class InvalidAutomation(LoopiError):
    """A file that is not an automation; `problems` holds all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        listed = [f"  {problem}" for problem in problems[:_MOST_SHOWN]]
        if len(problems) > _MOST_SHOWN:
            listed.append(f"  … and {len(problems) - _MOST_SHOWN} more")
        super().__init__(
            "automation.invalid",
            f"This automation has {count}:\n" + "\n".join(listed),
            hint="Nothing was run. Correct the file and try again; loopi check FILE lists the problems.",
        )
        self.problems = tuple(problems)


def load_text(text: str) -> object:
    """The JSON value in a text.

    Raises InvalidAutomation for text that is not JSON, has a number that JSON cannot keep, or names a key
    twice in one object.
    """
    twice: set[str] = set()

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            counts = Counter(name for name, _value in pairs)
            twice.update(name for name, count in counts.items() if count > 1)
        return found

    document = _loaded(text, unique)
    if _has_half_pair(document):
        raise InvalidAutomation([Problem("", "holds half a character (a lone surrogate), which no text has")])
    if twice:
        raise InvalidAutomation(
            [Problem("", f"names {name!r} twice in one object") for name in sorted(twice)]
        )
    return document


def _has_half_pair(document: object) -> bool:
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    except RecursionError:
        return False
    return False


def _loaded(text: str, unique: Callable[[list[tuple[str, object]]], object]) -> object:
    try:
        return json.loads(
            text,
            object_pairs_hook=unique,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        found = f"is not JSON: {error.msg} at {where}"
    except _NotJson as error:
        found = f"is not JSON: {error}"
    except RecursionError:
        found = "is nested too deeply"
    raise InvalidAutomation([Problem("", found)])


class _NotJson(Exception):
    """What Python's reader takes for a number and JSON does not."""


def _constant(written: str) -> object:
    raise _NotJson(f"{written} is no JSON number")


def _float(written: str) -> float:
    value = float(written)
    if not math.isfinite(value):
        raise _NotJson(f"{written[:40]} is larger than a number may be; write it as text")
    return value


def _int(written: str) -> int:
    if len(written) > 1000:
        raise _NotJson(f"a number has {len(written)} digits; write it as text")
    return int(written)
