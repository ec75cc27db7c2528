"""The forms that a secret takes on its way: escaped, encoded, wrapped into a header. Pure.

Covered: the text itself (also stripped, NFC, NFD, and each of its lines), percent once and twice, JSON, repr,
HTML, one of them around JSON, hex, base64 wherever it begins in a longer text, `user:pass`.
Not covered: base64 broken into lines in the middle of a secret, escapes of which only some are in capitals,
compression, encryption, a secret reversed or cut into pieces, lines and pieces shorter than MIN_SEARCHED.
"""

import base64
import html
import json
import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from engine.redact.escapes import html_forms, json_forms, percent, percent_forms, python_forms

MIN_SEARCHED = 6
"""Characters. A shorter secret is not searched for: it would mask half of every text and so give itself away.
It is warned of when it is saved and masked by its position instead."""

# Characters that no rule escapes: most tokens and keys hold no others.
_PLAIN = re.compile(r"[A-Za-z0-9._-]+")
_URL_SAFE = str.maketrans("+/", "-_")


def derived_forms(secret: str) -> frozenset[str]:
    """Every text in which `secret` is looked for. Not for showing: each of them is the secret."""
    return exact_forms(secret) | inner_forms(secret)


def exact_forms(secret: str) -> frozenset[str]:
    """The forms that begin and end with the secret."""
    return frozenset(chain.from_iterable(_exact(part) for part in _parts(secret))) - {""}


def inner_forms(secret: str) -> frozenset[str]:
    """The base64 forms: the characters that come from the secret alone, for each of the three alignments.

    The character before and the one after may hold some bits of the secret too.
    """
    return frozenset(chain.from_iterable(_base64(part) for part in _parts(secret))) - {""}


def pair_texts(user: str, password: str) -> frozenset[str]:
    """What Basic authentication encodes: plain (RFC 7617), and percent-encoded first (RFC 6749, 2.3.1)."""
    as_form = (percent(_bytes(part), b" ").replace(" ", "+") for part in (user, password))
    return frozenset({f"{user}:{password}", ":".join(as_form)})


def _parts(secret: str) -> set[str]:
    lines = [line.strip() for line in (secret, *secret.splitlines())]
    whole = {secret, *(line for line in lines if len(line) >= MIN_SEARCHED)}
    return whole | {unicodedata.normalize(form, part) for part in whole for form in ("NFC", "NFD")}


def _exact(text: str) -> set[str]:
    data = _bytes(text)
    forms = {text, data.hex(), data.hex().upper()}
    if _PLAIN.fullmatch(text):
        return forms
    forms.update(json_forms(text), python_forms(text, data), html_forms(text))
    for each in _byte_strings(text):
        in_urls = set(percent_forms(each))
        # Twice: the base string of an OAuth 1.0a signature, which its library logs.
        forms.update(in_urls, (percent(url.encode()) for url in in_urls), (each.hex(), each.hex().upper()))
    forms.update(chain.from_iterable(_wrapped(inner) for inner in {*_quoted(text), repr('"' + text)[2:-1]}))
    # HTML inside JSON: X returns its texts so.
    return forms.union(*(_quoted(page) for page in html_forms(text)))


def _wrapped(inner: str) -> Iterator[str]:
    """A text that is JSON or a repr already, inside another: JSON in a log, in an exception, in a URL."""
    data = _bytes(inner)
    yield from _quoted(inner)
    yield from python_forms(inner, data)
    page = html.escape(inner)
    yield from (page, page.replace("&#x27;", "&#39;"), html.escape(inner, quote=False))
    yield from (percent(data), percent(data, upper=False), percent(data, b" ").replace(" ", "+"))


def _base64(text: str) -> Iterator[str]:
    sources = set(_byte_strings(text))
    if not _PLAIN.fullmatch(text):
        as_form = percent(_bytes(text), b" ").replace(" ", "+")
        sources.update(_bytes(each) for each in (*_quoted(text), percent(_bytes(text)), as_form))
    for data in sources:
        for before in range(3):
            encoded = base64.b64encode(bytes(before) + data).decode()
            inner = encoded[(0, 2, 3)[before] : (before + len(data)) * 8 // 6]
            yield inner
            yield inner.translate(_URL_SAFE)


def _quoted(text: str) -> set[str]:
    """The two common JSON spellings: those that other rules are then applied to."""
    return {json.dumps(text, ensure_ascii=is_ascii)[1:-1] for is_ascii in (True, False)}


def _byte_strings(text: str) -> set[bytes]:
    """UTF-8, and Latin-1 where it can be: requests encodes Basic authentication so."""
    try:
        return {_bytes(text), text.encode("latin-1")}
    except UnicodeEncodeError:
        return {_bytes(text)}


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
