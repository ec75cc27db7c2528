"""Attempts to write a header, a part or a request of one's own: by line breaks, quotes and framing."""

from drive.attempt import Attempt
from engine.model import Json

CRLF = "a\r\nInjected: yes\r\n\r\nGET /injected HTTP/1.1\r\nHost: x\r\n\r\n"
QUOTED = "a%0D%0AInjected%3A%20yes%0D%0A%0D%0AGET%20%2Finjected%20HTTP%2F1.1%0D%0AHost%3A%20x%0D%0A%0D%0A"
HEADER, URL = "http.invalid_header", "http.invalid_url"
A_HEADER: dict[str, Json] = {"headers": {"X-A": "{{evil}}"}}
SMUGGLED: dict[str, Json] = {"text": "0\r\n\r\nGET /injected HTTP/1.1\r\n\r\n"}


def part(**fields: Json) -> dict[str, Json]:
    return {"body": {"multipart": [{"name": "f", **fields}]}}


IN_HEADERS = (
    Attempt("a header in a value", A_HEADER, CRLF, HEADER),
    Attempt("a header behind a bare LF", A_HEADER, "a\nInjected: yes", HEADER),
    Attempt("a header behind a bare CR", A_HEADER, "a\rInjected: yes", HEADER),
    Attempt("a folded line", A_HEADER, "a\r\n Injected: yes", HEADER),
    Attempt("a NUL", A_HEADER, "a\x00b", HEADER),
    Attempt("signs whose low bytes are CR and LF", A_HEADER, "a嘍嘊Injected: yes", HEADER),
    Attempt("a line separator", A_HEADER, "a\u2028Injected: yes", HEADER),
    Attempt("the next line of Latin-1", A_HEADER, "a\x85Injected: yes", arrives="X-A: a\x85Injected: yes"),
    Attempt("a header in a name", {"headers": {"X-A\r\nInjected": "yes"}}, refused=HEADER),
    Attempt("a colon in a name", {"headers": {"Injected: yes\r\nX": "yes"}}, refused=HEADER),
    Attempt("a space behind a name", {"headers": {"Injected ": "yes"}}, refused=HEADER),
    Attempt("a placeholder as a name", {"headers": {"{{evil}}": "yes"}}, "Injected", HEADER),
    Attempt("a header in a cookie", {"headers": {"Cookie": "{{evil}}"}}, "k=v\r\nInjected: yes", HEADER),
    Attempt("a header in a token", {"headers": {"Authorization": "Bearer {{evil}}"}}, CRLF, HEADER),
    Attempt("another host", {"headers": {"Host": "<STRANGER>"}}, refused=HEADER),
    Attempt("a shorter body", {"headers": {"Content-Length": "3"}, "body": SMUGGLED}, refused=HEADER),
    Attempt(
        "a chunked body", {"headers": {"Transfer-Encoding": "chunked"}, "body": SMUGGLED}, refused=HEADER
    ),
    Attempt("a header of the connection", {"headers": {"Connection": "Injected"}}, refused=HEADER),
    Attempt("a request in the body", {"body": SMUGGLED}, arrives="GET /injected"),
    Attempt(
        "a request in the method", {"method": "GET /injected HTTP/1.1\r\nX: "}, refused="automation.invalid"
    ),
    Attempt("a method of one's own", {"method": "TRACE"}, refused="automation.invalid"),
    Attempt("a value as the method", {"method": "{{evil}}"}, "GET", "automation.invalid"),
    Attempt(
        "a placeholder as the kind", {"contentType": "{{evil}}", "body": "x"}, CRLF, "automation.invalid"
    ),
)
TARGET = "http://<SERVER>/target"
IN_ADDRESSES = (
    Attempt("a request in the path", {"url": f"{TARGET}/{{{{evil}}}}"}, CRLF, arrives=f"/target/{QUOTED}"),
    Attempt("a request in the path, raw", {"url": f"{TARGET}/{{{{evil | raw}}}}"}, CRLF, URL),
    Attempt("a request in the query", {"url": f"{TARGET}?a={{{{evil}}}}"}, CRLF, arrives=f"?a={QUOTED}"),
    Attempt("a request in the query, raw", {"url": f"{TARGET}?a={{{{evil | raw}}}}"}, CRLF, URL),
    Attempt("a second parameter", {"query": {"a": "{{evil}}"}}, "1&admin=1", arrives="?a=1%26admin%3D1"),
    Attempt(
        "a line break in a parameter's name", {"query": {"a\r\nInjected: y": "1"}}, arrives="?a%0D%0AInj"
    ),
    Attempt("a protocol behind the path", {"url": f"{TARGET} HTTP/1.0"}, arrives="/target%20HTTP/1.0"),
    Attempt("the folder above", {"url": f"{TARGET}/{{{{evil}}}}/injected"}, "..", "template.dots"),
    Attempt(
        "the folder above, encoded",
        {"url": f"{TARGET}/{{{{evil}}}}/injected"},
        "%2e%2e",
        arrives="/target/%252e%252e/injected",
    ),
    Attempt(
        "another path", {"url": f"{TARGET}/{{{{evil}}}}"}, "../injected", arrives="/target/..%2Finjected"
    ),
    Attempt(
        "a backslash", {"url": f"{TARGET}/{{{{evil}}}}"}, "..\\injected", arrives="/target/..%5Cinjected"
    ),
    Attempt("a fragment", {"url": f"{TARGET}/{{{{evil}}}}"}, "x#y?z", arrives="/target/x%23y%3Fz"),
    Attempt("wide dots", {"url": f"{TARGET}/{{{{evil}}}}/x"}, "．．", arrives="/target/%EF%BC%8E%EF%BC%8E/x"),
)
IN_BODIES = (
    Attempt(
        "a header in a file's name",
        part(file="plain.txt", fileName="{{evil}}"),
        'a"\r\nInjected: yes\r\n\r\nx',
        arrives='filename="a%22%0D%0AInjected: yes%0D%0A%0D%0Ax"',
    ),
    Attempt(
        "a header in a part's name",
        part(name="{{evil}}", value="x"),
        "a\r\nB: c",
        arrives='name="a%0D%0AB: c"',
    ),
    Attempt(
        "a file's name in a part's name",
        part(name="{{evil}}", value="x"),
        'a"; filename="evil.php',
        arrives='name="a%22; filename=%22evil.php"\r\n',
    ),
    Attempt(
        "a header in a part's kind", part(value="x", contentType="{{evil}}"), CRLF, "http.invalid_request"
    ),
    Attempt(
        "a quote in JSON", {"body": {"json": {"a": "{{evil}}"}}}, '","b":"', arrives=r'{"a":"\",\"b\":\""}'
    ),
    Attempt(
        "an object in a text", {"body": {"json": {"a": "x{{evil}}"}}}, {"b": 1}, arrives=r'{"a":"x{\"b\":1}"}'
    ),
    Attempt(
        "a second field of a form", {"body": {"form": {"a": "{{evil}}"}}}, "1&b=2", arrives="a=1%26b%3D2"
    ),
)
