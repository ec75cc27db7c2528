"""Searches for every form of every secret at once and puts bullets there. Fails closed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import NoReturn, SupportsIndex

from engine.redact.forms import MIN_SEARCHED, exact_forms, inner_forms, pair_texts
from engine.redact.scanner import Scanner, Span, scanner_of
from engine.redact.tree import leaf_text, rebuild, texts_of
from engine.redact.writing import written
from engine.secrets import BULLETS

__all__ = ["MIN_SEARCHED", "WITHHELD", "Redactor", "mask"]

WITHHELD = "[withheld: could not be checked for secrets]"
"""Stands for a text that could not be searched."""

# What searching can raise. Anything else is raised on: the text does not get out that way either.
_FAULTS = (ArithmeticError, AttributeError, LookupError, MemoryError, RuntimeError, TypeError, ValueError)
# Python writes the sign always; without it, half of all run ids would look like such a number.
_EXPONENT = re.compile(r"[0-9]e[+-][0-9]")
# An output is looked at twice, by who acts and by who tells of it. Longer ones are not held for the second.
_MAX_HELD = 64 * 1024


class Redactor:
    """Replaces secrets by bullets in texts and in JSON-like values. Safe to share between threads.

    `secrets` are texts; those under MIN_SEARCHED characters are left out. `pairs` are (user, password) as
    Basic authentication joins them; a joined pair is masked with its user.
    """

    __slots__ = ("_exact", "_inner", "_last", "_lock", "_scanner")

    def __init__(self, secrets: Iterable[str] = (), *, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._lock = Lock()
        self._exact: frozenset[str] = frozenset()
        self._inner: frozenset[str] = frozenset()
        self._scanner: Scanner | None = None
        self._last: _Cleared | None = None
        self._learn([*secrets, *(text for pair in pairs for text in pair_texts(*pair))])

    def add(self, secret: str) -> None:
        """Search for `secret` too from now on, such as a token that the run was given."""
        if secret not in self._exact:
            self._learn([secret])

    def text(self, text: str) -> str:
        """`text` with the union of all matches in BULLETS, or WITHHELD when it cannot be searched."""
        try:
            return mask(text, self.spans(text))
        except _FAULTS:
            return WITHHELD

    def value(self, value: object) -> object:
        """`value` with its texts and keys redacted; the same object when it holds no secret.

        dict, list and tuple are walked, however deep; there must be no cycle. A number or any other object
        whose text holds a secret becomes BULLETS. Of keys that become equal, one stays.
        """
        scanner = self._scanner
        if scanner is None or self._clears_as_json(value, scanner):
            return value
        try:
            # A line break between the texts can only find too much here; then each is looked at by itself.
            if not scanner.spans("\n".join(texts_of(value, has_numbers=scanner.finds_numbers))):
                return value
        except _FAULTS:
            pass
        return rebuild(value, self._leaf)

    def json_of(self, value: object) -> str | None:
        """The JSON of the very object that `value` cleared just now, unless a secret was added since."""
        last = self._last
        is_known = last is not None and last.value is value and last.scanner is self._scanner
        return last.json_text if last is not None and is_known else None

    def _clears_as_json(self, value: object, scanner: Scanner) -> bool:
        # The C encoder is faster than any walk; what is no JSON, or too deep for it, is walked.
        try:
            json_text = written(value)
        except (TypeError, ValueError, RecursionError):
            return False
        if not _clears(json_text, scanner):
            return False
        self._last = _Cleared(scanner, value, json_text) if len(json_text) <= _MAX_HELD else None
        return True

    def clears(self, json_text: str) -> bool:
        """Whether what `json.dumps(…, ensure_ascii=False)` wrote surely holds no secret; False: look closer.

        Without a backslash in it, every text of the value stands there letter by letter, and so does every
        number that is not written with an exponent.
        """
        scanner = self._scanner
        return scanner is None or _clears(json_text, scanner)

    def spans(self, text: str) -> list[Span]:
        """Where `text` holds secrets, in no order and perhaps overlapping. Raises instead of guessing."""
        scanner = self._scanner
        return scanner.spans(text) if scanner is not None else []

    def __repr__(self) -> str:
        return "Redactor()"

    def __reduce_ex__(self, _protocol: SupportsIndex) -> NoReturn:
        raise TypeError("A redactor holds secrets: it is neither copied nor pickled.")

    def _learn(self, secrets: Iterable[str]) -> None:
        # A run names the same secret once for each step that uses it; its forms are derived once.
        searched = {secret for secret in secrets if len(secret) >= MIN_SEARCHED}
        if not searched:
            return
        exact = frozenset().union(*map(exact_forms, searched))
        inner = frozenset().union(*map(inner_forms, searched))
        with self._lock:
            self._exact |= exact
            self._inner |= inner
            self._scanner = scanner_of(self._exact, self._inner)

    def _leaf(self, leaf: object) -> object:
        if leaf is None or isinstance(leaf, bool):
            return leaf
        if isinstance(leaf, str):
            return self.text(leaf)
        try:
            return BULLETS if self.spans(leaf_text(leaf)) else leaf
        except _FAULTS:
            return WITHHELD


def mask(text: str, spans: list[Span]) -> str:
    """`text` with the union of `spans` replaced, one BULLETS for each stretch of it."""
    if not spans:
        return text
    pieces: list[str] = []
    shown_from = -1
    for start, end in sorted(spans):
        if start > shown_from:
            pieces.append(text[max(shown_from, 0) : start])
            pieces.append(BULLETS)
        shown_from = max(shown_from, end)
    return "".join([*pieces, text[shown_from:]])


def _clears(json_text: str, scanner: Scanner) -> bool:
    if "\\" in json_text or (scanner.finds_numbers and _EXPONENT.search(json_text)):
        return False
    try:
        return not scanner.spans(json_text)
    except _FAULTS:
        return False


@dataclass(frozen=True, slots=True, repr=False)
class _Cleared:
    """What a scanner found nothing in."""

    scanner: Scanner
    value: object
    json_text: str
