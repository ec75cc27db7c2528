"""How fast secrets are taken out of text: MB/s with 10 and 1,000 secrets; the peer is `re` at 10."""

import base64
import random
import re
import time
from collections.abc import Callable
from typing import TypedDict

from engine.redact import Redactor, derived_forms
from engine.secrets import BULLETS

ROUNDS = 5


class Row(TypedDict):
    """One measurement; `ratio` is ours to the peer, above 1 is faster; both None where there is no peer."""

    what: str
    ours: float
    peer: float | None
    ratio: float | None
    unit: str


def rows() -> list[Row]:
    """Measure; takes a few seconds. The text is 1 MB of JSON-like lines with one secret in about 4 KB."""
    few, many = _secrets(10), _secrets(1000)
    pattern = re.compile("|".join(re.escape(form) for secret in few for form in derived_forms(secret)))
    text = _text(few)
    ours = _speed(Redactor(few).text, text)
    peer = _speed(lambda each: pattern.sub(BULLETS, each), text)
    return [
        _row("redaction, 10 secrets, peer: re", ours, peer),
        _row("redaction, 1,000 secrets", _speed(Redactor(many).text, _text(many)), None),
    ]


def _row(what: str, ours: float, peer: float | None) -> Row:
    ratio = None if peer is None else round(ours / peer, 2)
    rounded = None if peer is None else round(peer, 2)
    return {"what": what, "ours": round(ours, 2), "peer": rounded, "ratio": ratio, "unit": "MB/s"}


def _secrets(count: int) -> list[str]:
    drawn = random.Random(count)
    return [base64.b64encode(drawn.randbytes(30)).decode() for _ in range(count)]


def _text(secrets: list[str]) -> str:
    drawn = random.Random(7)
    lines = [
        f'{{"id": {number}, "url": "https://127.0.0.1/2/tweets?page={drawn.random()}", "text": "mild"}}'
        for number in range(10_500)
    ]
    for at in range(0, len(lines), 40):
        lines[at] += drawn.choice(secrets)
    return "\n".join(lines)


def _speed(redact: Callable[[str], str], text: str) -> float:
    best_s = min(_seconds(redact, text) for _ in range(ROUNDS))
    return len(text.encode()) / 1e6 / best_s


def _seconds(redact: Callable[[str], str], text: str) -> float:
    started = time.perf_counter()
    redact(text)
    return time.perf_counter() - started
