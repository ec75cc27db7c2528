"""Sorts the words of a curl command into options and others. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.importers.curl_table import LONG, REFUSED, REFUSED_VALUED, SWITCHES, VALUED


@dataclass(slots=True)
class Given:
    """The options of one command in their order; `others` are words that belong to no option."""

    options: list[tuple[str, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    has_next: bool = False

    def has(self, name: str) -> bool:
        """Whether a switch, or an option with a value, was given."""
        return any(each == name for each, _ in self.options)

    def last(self, *names: str) -> str | None:
        """The value of the last of these options."""
        return next((value for each, value in reversed(self.options) if each in names), None)

    def all(self, *names: str) -> list[str]:
        """The values of these options, in order."""
        return [value for each, value in self.options if each in names]


def read_options(words: Sequence[str]) -> Given:
    """Sort the words behind `curl` into options and others."""
    given, rest = Given(), list(reversed(words))
    while rest:
        word = rest.pop()
        if word == "--":
            given.others += reversed(rest)
            break
        if word in {"--next", "-:"}:
            given.has_next = True
            break
        if word.startswith("--") and len(word) > 2:
            _long(word[2:], word, rest, given)
        elif word.startswith("-") and len(word) > 1:
            _shorts(word[1:], rest, given)
        else:
            given.others.append(word)
    return given


def _shorts(letters: str, rest: list[str], given: Given) -> None:
    """`-sSL`, `-XPOST`: switches may be joined, and a value may follow its letter at once."""
    for place, letter in enumerate(letters):
        name = LONG.get(letter)
        if name is None:
            given.notes.append(f"-{letter} is not known here and was not taken.")
        elif name in VALUED or name in REFUSED_VALUED:
            if letters[place + 1 :]:
                rest.append(letters[place + 1 :])
            _long(name, f"-{letter}", rest, given)
            return
        else:
            _long(name, f"-{letter}", rest, given)


def _long(name: str, written: str, rest: list[str], given: Given) -> None:
    if name in VALUED or name in REFUSED_VALUED:
        if not rest:
            given.notes.append(f"{written} has no value and was not taken.")
            return
        value = rest.pop()
        if name in VALUED:
            given.options.append((name, value))
        else:
            given.notes.append(REFUSED_VALUED[name].format(written))
    elif name in SWITCHES:
        given.options.append((name, ""))
    elif name in REFUSED:
        given.notes.append(REFUSED[name].format(written))
    else:
        given.notes.append(f"{written.partition('=')[0][:40]} is not known here and was not taken.")
