"""Secrets of awkward shapes, and every form they may be written in, from the standard library alone.

Tests that look for leaks search for these forms; none of it knows how the program redacts.
"""

import base64
import html
import json
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote, quote_plus, urlencode

CANARIES = {
    "plain": "s3cr3tCanaryValue",
    "shortest": "abc123",
    "quotes": 'it\'s a "quoted" secret',
    "percent": "100%25 of%20this",
    "accents": "clé-sécrète-été",
    "decomposed": "cle\u0301-secre\u0300te",
    "lines": "first line of it\nsecond line\r\nthird line of it",
    "json": '{"client_secret": "abc/def", "n": [1, 2]}',
    "random": base64.b64encode(bytes(range(200, 240))).decode(),
    "random bytes": bytes(range(160, 200)).decode("latin-1"),
    "emoji": "🔑🗝️🔐 pass🙂word",
    "backslashes": "C:\\new\\table\\u00e9\\\\x",
    "script": "</script><script>alert('&amp;')",
    "url": "https://user:p@ss/word?a=b&c=d+e#f",
    "controls": "tab\there\x01\x7fbell\x07end",
    "reserved": "a!b*c'd(e)f;g:h@i&j=k+l$m,n/o?p#q[r]s~t`u{v}w|x^y",
    "cjk": "秘密のパスワード",
    "surrogate": "broken\ud800secret",
}


def _lower_escapes(quoted: str) -> str:
    return "".join(part.lower() if at % 3 == 1 else part for at, part in enumerate(_split_escapes(quoted)))


def _split_escapes(quoted: str) -> Iterator[str]:
    first, *rest = quoted.split("%")
    yield first
    for part in rest:
        yield f"%{part[:2]}"
        yield ""
        yield part[2:]


def text_forms(secret: str) -> set[str]:
    """From the list in the design: raw, percent, JSON, HTML, hex, repr."""
    as_json = json.dumps(secret, ensure_ascii=False)[1:-1]
    forms = {
        secret,
        json.dumps(secret)[1:-1],
        as_json,
        as_json.replace("/", "\\/"),
        json.dumps(json.dumps({"k": secret})),
        repr(secret),
        ascii(secret),
        repr({"k": json.dumps(secret)}),
        html.escape(secret),
        html.escape(secret, quote=False),
        html.escape(secret).replace("&#x27;", "&#39;"),
        html.escape(secret).replace("&#x27;", "&apos;"),
    }
    if secret != "broken\ud800secret":
        data = secret.encode()
        quoted = {quote(secret), quote(secret, safe=""), quote_plus(secret), urlencode({"k": secret})}
        forms |= (
            quoted | {_lower_escapes(each) for each in quoted} | {quote(each, safe="") for each in quoted}
        )
        forms |= {data.hex(), data.hex().upper(), repr(data), quote(secret, safe="!'()*")}
        forms.add(html.escape(secret).encode("ascii", "xmlcharrefreplace").decode())
    return forms


def base64_texts(secret: str) -> Iterator[str]:
    """The secret at every position among other bytes, in both alphabets."""
    data = secret.encode("utf-8", "surrogatepass")
    for before, after in product(range(7), range(4)):
        whole = b"\xa5" * before + data + b"\x5a" * after
        yield base64.b64encode(whole).decode()
        yield base64.urlsafe_b64encode(whole).decode()


def base64_cores(secret: str) -> Iterator[str]:
    """What base64 makes of the secret whatever stands around it, in three alignments and two alphabets."""
    data = secret.encode("utf-8", "surrogatepass")
    for before in range(3):
        usable = (before + len(data)) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(bytes(before) + data + bytes(2)).decode()[-(-before * 8 // 6) : usable]


def traces(secret: str) -> set[bytes]:
    """Every form of the secret, and of each of its longer lines, as bytes to look for in a file."""
    parts = {secret, *(line.strip() for line in secret.splitlines() if len(line.strip()) >= 6)}
    forms = {form for part in parts for form in (*text_forms(part), *base64_cores(part))}
    return {form.encode("utf-8", "surrogatepass") for form in forms}
