"""The door from outside: what a stranger, another page or a broken program gets."""

import pytest

from backend.bridge.answer import GUARDS
from backend.serve import Serving
from servers.browser import Browser, raw


def test_the_link_lets_a_browser_in_and_leaves_its_address(stranger: Browser) -> None:
    reply = stranger.enter()
    assert (reply.status, reply.headers["Location"]) == (303, "/")
    assert stranger.send("GET", "/", headers={"Cookie": stranger.cookie}).status == 200


def test_the_cookie_is_hidden_from_scripts_and_from_other_sites(stranger: Browser) -> None:
    attributes = stranger.enter().headers["Set-Cookie"].split("; ")[1:]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} == set(attributes)


def test_the_link_is_dead_after_one_use(browser: Browser) -> None:
    reply = browser.send("GET", browser.serving.link.removeprefix(browser.origin))
    assert (reply.status, reply.code) == (403, "bridge.link_used")


def test_a_used_link_leads_the_browser_that_used_it_to_the_page(browser: Browser) -> None:
    path = browser.serving.link.removeprefix(browser.origin)
    reply = browser.send("GET", path, headers={"Cookie": browser.cookie})
    assert (reply.status, reply.headers["Location"]) == (303, "/")


@pytest.mark.parametrize(
    "link", ["", "x", "%00", "%C3%A9", "a" * 5000, "%0d%0aSet-Cookie:%20a=b", "x&link=y", "*", "%"]
)
def test_a_guessed_link_opens_nothing_and_spoils_nothing(stranger: Browser, link: str) -> None:
    assert stranger.send("GET", f"/?link={link}").status == 403
    assert stranger.enter().status == 303


@pytest.mark.parametrize("cookie", [None, "", "loopi=1", "x" * 9000, "loopi-{port}=", "loopi-{port}=guess"])
@pytest.mark.parametrize("path", ["/", "/assets/app.js", "/api/session", "/api/events"])
def test_without_the_cookie_nothing_is_shown(browser: Browser, cookie: str | None, path: str) -> None:
    headers = {} if cookie is None else {"Cookie": cookie.format(port=browser.serving.port)}
    reply = browser.send("GET", path, headers=headers)
    assert (reply.status, reply.code) == (403, "bridge.no_session")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "localhost:{port}", "127.0.0.1", "127.0.0.1:1", ""]
)
def test_another_host_is_refused_even_with_the_cookie(browser: Browser, host: str) -> None:
    headers = browser.headers(Host=host.format(port=browser.serving.port))
    for reply in (
        browser.send("GET", "/", headers=headers),
        browser.send("POST", "/api/app.info", b"{}", headers),
    ):
        assert (reply.status, reply.code) == (421, "bridge.wrong_host")


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://127.0.0.1:1", "HTTP://127.0.0.1"]
)
def test_a_call_from_another_origin_is_refused(browser: Browser, origin: str | None) -> None:
    reply = browser.post("app.info", Origin=origin)
    assert (reply.status, reply.code) == (403, "bridge.foreign_origin")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_the_browser_calls_foreign_cannot_ask_for_the_token(browser: Browser, site: str) -> None:
    reply = browser.send("GET", "/api/session", headers={"Cookie": browser.cookie, "Sec-Fetch-Site": site})
    assert (reply.status, reply.code) == (403, "bridge.foreign_origin")


@pytest.mark.parametrize("token", [None, "", "guess", "ü"])
def test_a_call_without_the_token_is_refused(browser: Browser, token: str | None) -> None:
    reply = browser.post("app.info", X_Loopi=token)
    assert (reply.status, reply.code) == (403, "bridge.no_token")


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"]
)
def test_a_call_that_a_form_could_make_is_refused(browser: Browser, kind: str | None) -> None:
    reply = browser.post("app.info", Content_Type=kind)
    assert (reply.status, reply.code) == (415, "bridge.wrong_content")


@pytest.mark.parametrize("verb", ["GET", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"])
def test_a_method_takes_post_only(browser: Browser, verb: str) -> None:
    assert browser.send(verb, "/api/app.info", headers=browser.headers()).status == 405


def test_a_preflight_gets_no_word_of_permission(browser: Browser) -> None:
    asked = {"Access-Control-Request-Method": "POST", **browser.headers(Origin="http://evil.example")}
    reply = browser.send("OPTIONS", "/api/app.info", headers=asked)
    assert not [name for name in reply.headers if name.lower().startswith("access-control")]


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(browser: Browser) -> None:
    head = "\r\n".join(f"{name}: {value}" for name, value in browser.headers().items())
    request = f"POST /api/app.info HTTP/1.1\r\nHost: 127.0.0.1:{browser.serving.port}\r\n{head}\r\n"
    for size in (4 * 1024 * 1024 + 1, 10**15):
        answer = raw(browser.serving, f"{request}Content-Length: {size}\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 413")
        assert b'"bridge.too_large"' in answer


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: x\r\n\r\n",
    ],
)
def test_broken_http_gets_the_envelope_and_the_guards(serving: Serving, sent: bytes) -> None:
    answer = raw(serving, sent)
    assert answer.split(b" ", 2)[1][:1] == b"4"
    assert b'{"ok":false' in answer
    assert b"Content-Security-Policy" in answer


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":1e999}',
        b'{"a":1,"a":2}',
        b'{"a":"\xff"}',
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":' + b"9" * 5000 + b"}",
        b"\xef\xbb\xbf{}",
    ],
    ids=range(12),
)
def test_what_is_not_sound_json_is_refused(browser: Browser, body: bytes) -> None:
    reply = browser.post("app.info", body)
    assert (reply.status, reply.code) == (400, "bridge.not_json")


@pytest.mark.parametrize(
    "method",
    [
        "",
        "nope",
        "app",
        "app.",
        "app.info.x",
        "app.__class__",
        "vault._vault",
        "__init__",
        "../app.info",
        "APP.INFO",
    ],
)
def test_a_method_that_is_not_in_the_table_does_not_exist(browser: Browser, method: str) -> None:
    reply = browser.post(method)
    assert (reply.status, reply.code) == (404, "bridge.no_such_method")


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/../../home",
        "/assets\\..\\..\\home",
        "//etc/passwd",
        "/assets/app.js%00.html",
        "/assets/",
        "/assets/app.js/",
        "/index.html/../index.html",
        "/.git/config",
    ],
)
def test_no_path_leads_out_of_the_page(browser: Browser, path: str) -> None:
    reply = browser.send("GET", path, headers={"Cookie": browser.cookie})
    assert (reply.status, reply.code) == (404, "bridge.no_such_page")


@pytest.mark.parametrize(
    ("verb", "path", "changes"),
    [
        ("GET", "/", {}),
        ("GET", "/nothing.js", {}),
        ("GET", "/", {"Cookie": ""}),
        ("GET", "/", {"Host": "evil.example"}),
        ("POST", "/api/app.info", {}),
        ("POST", "/api/nope", {}),
        ("OPTIONS", "/", {}),
    ],
)
def test_every_answer_carries_the_guards(
    browser: Browser, verb: str, path: str, changes: dict[str, str]
) -> None:
    reply = browser.send(verb, path, b"{}" if verb == "POST" else None, browser.headers(**changes))
    assert {name: reply.headers[name] for name, _ in GUARDS} == dict(GUARDS)
    assert "Server" not in reply.headers


def test_a_thousand_calls_go_over_one_connection(browser: Browser) -> None:
    first = browser.connection.sock
    answers = {browser.post("app.info").status for _ in range(1000)}
    assert answers == {200}
    assert browser.connection.sock is first


def test_a_fault_of_the_program_is_told_without_its_details(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("backend.bridge.handlers.settings.__version__", {1, 2})
    reply = browser.post("app.info")
    assert (reply.status, reply.code) == (500, "internal")
    assert b"Traceback" not in reply.content
    assert "A request ended unexpectedly." in caplog.text
