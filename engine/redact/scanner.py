"""Looks for all forms of all secrets in one pass over a text. Knows no values and masks nothing."""

import re
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

Span = tuple[int, int]

_SURROGATES = re.compile("[\ud800-\udfff]")
_BASE64 = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
_NUMBER = re.compile(r"[0-9.e+-]+")


@dataclass(frozen=True, slots=True, repr=False)
class Scanner:
    """A search for many texts at once. The patterns from `first_inner` on are those of base64."""

    automaton: AhoCorasick
    first_inner: int
    finds_numbers: bool

    def spans(self, text: str) -> list[Span]:
        """Where they stand. Raises what searching raises."""
        try:
            found = self.automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:
            # Lone surrogates have no UTF-8; the stand-in is one character too, so positions stay.
            found = self.automaton.find_matches_as_indexes(_encodable(text), overlapping=True)
        return [
            (start, end) if which < self.first_inner else _with_neighbours(text, start, end)
            for which, start, end in found
        ]


def scanner_of(exact: frozenset[str], inner: frozenset[str]) -> Scanner:
    """The search for these forms."""
    patterns = [_encodable(form) for form in (*exact, *(inner - exact))]
    finds_numbers = any(_NUMBER.fullmatch(form) for form in patterns)
    return Scanner(AhoCorasick(patterns, store_patterns=False), len(exact), finds_numbers)


def _with_neighbours(text: str, start: int, end: int) -> Span:
    """A base64 match with the character on either side, which may hold up to four bits of the secret."""
    if start and text[start - 1] in _BASE64:
        start -= 1
    if text[end : end + 1] in _BASE64:
        end += 1
    return start, end


def _encodable(text: str) -> str:
    return _SURROGATES.sub("\ufffd", text)
