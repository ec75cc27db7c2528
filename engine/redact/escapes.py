"""How a text looks once percent, JSON, Python or HTML rules have escaped it. Pure."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

# Which characters stay as they are besides the unreserved ones, for each writer of URLs that we meet.
_KEPT_IN_URLS = (
    b"",  # RFC 3986, OAuth 1.0a, quote(safe="")
    b"/",  # quote() as it comes
    b"!'()*",  # encodeURIComponent
    b"!#$&'()*+,/:;=?@",  # encodeURI
    b"!#$%&'()*+,/:;=?@[]",  # requests
    b"!$&'()*+,/:;=?@",  # urllib3
    b"!$%&'()*+,/:;=?@",  # urllib3, where the text already holds escapes
    b"!#$%&'()*+,/:;=?@[\\]^{|}",  # httpx: fragment
    b"!$%&'()*+,/:;=?@[\\]^`{|}",  # httpx: query
    b"!$%&'()*+,/:;=@[\\]^|",  # httpx: path
    b"!$%&'()*+,",  # httpx: user and password
)
_XML = {"&": "&amp;", "<": "&lt;"}
_HTML = {**_XML, ">": "&gt;"}
_HTML_STYLES: tuple[dict[str, str], ...] = (
    _XML,
    _HTML,
    {**_HTML, '"': "&quot;"},
    {**_HTML, '"': "&quot;", "'": "&#x27;"},  # html.escape
    {**_HTML, '"': "&quot;", "'": "&#39;"},
    {**_HTML, '"': "&quot;", "'": "&apos;"},
    {**_HTML, '"': "&#34;", "'": "&#39;"},  # MarkupSafe, Go
    {**_HTML, '"': "&quot;", "'": "&#x27;", "/": "&#x2F;"},  # OWASP's advice
    {**_HTML, '"': "&quot;", "'": "&#39;", "/": "&#x2F;", "`": "&#x60;", "=": "&#x3D;"},  # mustache
    {**_HTML, '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#09;"},  # XML attributes
    {sign: f"&#{ord(sign)};" for sign in "&<>\"'"},
    {sign: f"&#x{ord(sign):x};" for sign in "&<>\"'"},
    {sign: f"&#x{ord(sign):X};" for sign in "&<>\"'"},
)
# Signs that some JSON writers give as \uXXXX: Go and Jinja (<>& and '), PHP's HEX options, .NET.
_JSON_HEX_STYLES = ("", "<>&\u2028\u2029", "<>&'", "<>&'\"", "<>&'\"+`")


def percent(data: bytes, kept: bytes = b"", *, upper: bool = True) -> str:
    """`data` with each byte that is neither unreserved (RFC 3986) nor in `kept` written as %XX."""
    table = _table(kept, upper=upper)
    return "".join([table[byte] for byte in data])


@cache
def _table(kept: bytes, *, upper: bool) -> list[str]:
    digits = "%{:02X}" if upper else "%{:02x}"
    keep = _UNRESERVED.union(kept)
    return [chr(byte) if byte in keep else digits.format(byte) for byte in range(256)]


def percent_forms(data: bytes) -> Iterator[str]:
    """Every way in which `data` may stand in a URL or a form."""
    for upper in (True, False):
        for kept in _KEPT_IN_URLS:
            yield percent(data, kept, upper=upper)
        form = percent(data, b" ", upper=upper).replace(" ", "+")
        yield form
        # The WHATWG form encoding writes ~ as %7E and leaves *.
        yield percent(data, b" *", upper=upper).replace(" ", "+").replace("~", "%7E" if upper else "%7e")


def json_forms(text: str) -> Iterator[str]:
    """Every way in which `text` may stand between the quotes of a JSON string."""
    for is_ascii in (True, False):
        plain = json.dumps(text, ensure_ascii=is_ascii)[1:-1]
        for signs in _JSON_HEX_STYLES:
            form = _as_hex(plain, signs)
            for each in (form, form.replace("/", "\\/")):
                yield each
                yield _escapes(
                    each, lambda escape: "\\u" + escape[2:].upper() if escape[1] == "u" else escape
                )


def python_forms(text: str, data: bytes) -> Iterator[str]:
    """Every way in which `text`, or its bytes `data`, may stand in a repr, as in exceptions."""
    # A repr that holds both kinds of quotes stands in single ones and escapes these; any other escapes none.
    for quoted in (repr('"' + text)[2:-1], ascii('"' + text)[2:-1], repr(b'"' + data)[3:-1]):
        yield quoted
        yield _escapes(quoted, lambda escape: "'" if escape == "\\'" else escape)


def html_forms(text: str) -> Iterator[str]:
    """Every way in which `text` may stand in HTML or XML: names, decimal or hexadecimal references."""
    for style in _HTML_STYLES:
        form = "".join(style.get(sign, sign) for sign in text)
        yield form
        if not text.isascii():
            for reference in ("&#{};", "&#x{:x};", "&#x{:X};"):
                yield "".join(sign if sign.isascii() else reference.format(ord(sign)) for sign in form)


def _as_hex(plain: str, signs: str) -> str:
    """`signs` as hexadecimal escapes; the quote is the one that stands behind a backslash so far."""
    if '"' in signs:
        plain = _escapes(plain, lambda escape: "\\u0022" if escape == '\\"' else escape)
    return plain.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in signs})


def _escapes(text: str, change: Callable[[str], str]) -> str:
    """`text` with each backslash escape changed; a doubled backslash is one escape."""
    return re.sub(r"\\u[0-9a-fA-F]{4}|\\.", lambda match: change(match[0]), text)
