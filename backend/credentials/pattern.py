"""Which regular expressions a schema may use, so that no pattern of a user's file can hang the program.

Python's `re` backtracks: `(a+)+$` on thirty letters takes minutes. Bounding the length of a value alone does
not help, since nested repetition is exponential. So only patterns are taken whose worst case is a polynomial
that can be read off: repetition of single characters, or of groups that repeat and choose nothing inside.
With k repetitions (one more if the pattern may start anywhere) and b bars `|`, matching n characters takes
about 2^b · n^k steps at most; `safe_length` answers the n that keeps this under 4 million, well below a
second.
"""

import re
from dataclasses import dataclass

MAX_PATTERN = 256
_STEPS = 4_000_000
_LONGEST = 65_536
_USEFUL = 32

# One token each: escapes by a list, so that no backreference and no unknown meaning slips in.
_TOKEN = re.compile(
    r"""(?P<atom>\\[dDwWsStnr]|\\[^\w\s]|[^\\\[\](){}*+?|^$]|\[\^?\]?(?:\\[dDwWsStnr]|\\[^\w\s]|[^\\\]\[])+\])
      | (?P<open>\((?:\?:)?) | (?P<close>\)) | (?P<bar>\|) | (?P<anchor>[\^$])
      | (?P<repeat>(?:[*+?]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})\??)""",
    re.VERBOSE,
)


class PatternRefused(ValueError):
    """The pattern is not taken. `str()` is the end of a sentence that began with the pattern's place."""


@dataclass(slots=True)
class _Group:
    has_choice: bool = False
    has_content: bool = False


def safe_length(pattern: str) -> int:
    """The greatest length of a value (in characters) that may be tested. Raises PatternRefused."""
    if len(pattern) > MAX_PATTERN:
        raise PatternRefused(f"is longer than {MAX_PATTERN} characters")
    repeats, bars = _Reader(pattern).read()
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        raise PatternRefused("is not a regular expression") from None
    # A bar at the top level ends the reach of ^, so such a pattern may start anywhere.
    degree = repeats + (0 if pattern.startswith("^") and not bars else 1)
    length = _LONGEST if degree == 0 else int((_STEPS / 2**bars) ** (1 / degree))
    if length < _USEFUL:
        raise PatternRefused("repeats or chooses so often that testing a value could take too long")
    return min(length, _LONGEST)


class _Reader:
    """Reads a pattern once, from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._groups = [_Group()]
        self._last: _Group | None = None
        self._repeats = 0
        self._bars = 0

    def read(self) -> tuple[int, int]:
        """How many repetitions, how many bars."""
        place = 0
        while place < len(self._pattern):
            token = _TOKEN.match(self._pattern, place)
            if token is None:
                raise PatternRefused(f"has at character {place + 1} something that is not supported")
            self._take(str(token.lastgroup))
            place = token.end()
        if len(self._groups) > 1:
            raise PatternRefused("has a bracket that is not closed")
        return self._repeats, self._bars

    def _take(self, kind: str) -> None:
        group = self._groups[-1]
        if kind == "atom":
            group.has_content = True
            self._last = _Group(has_content=True)
        elif kind == "open":
            self._groups.append(_Group())
            self._last = None
        elif kind == "close":
            self._close()
        elif kind == "repeat":
            self._repeat(group)
        else:
            self._bars += kind == "bar"
            group.has_choice |= kind == "bar"
            self._last = None

    def _close(self) -> None:
        if len(self._groups) == 1:
            raise PatternRefused("closes a bracket that was not opened")
        done = self._groups.pop()
        outer = self._groups[-1]
        outer.has_choice |= done.has_choice
        outer.has_content |= done.has_content
        self._last = done

    def _repeat(self, group: _Group) -> None:
        if self._last is None or not self._last.has_content:
            raise PatternRefused("repeats nothing")
        if self._last.has_choice:
            raise PatternRefused("repeats a group that repeats or chooses inside, which can take for ever")
        group.has_choice = True
        self._repeats += 1
        self._last = None
