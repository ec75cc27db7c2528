from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.http.client import HttpClient, Machine
from engine.http.error import HttpError
from engine.http.message import HttpRequest
from engine.http.proxy import parse_proxy, proxy_for, system_proxy
from engine.http.url import parse_url
from engine.ports import Settings
from servers.echo import EchoServer
from servers.raw import RawServer
from servers.tls import SecureEchoServer
from servers.tunnel import OPEN, to

URL = parse_url("http://api.test/x?q=1")


def test_the_setting_comes_before_the_system() -> None:
    assert proxy_for(URL, "http://own:1", lambda _: "http://system:2") == "http://own:1"
    assert proxy_for(URL, None, lambda _: "http://system:2") == "http://system:2"
    assert proxy_for(URL, None, lambda _: None) is None


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "x.localhost"])
def test_this_machine_is_never_reached_through_a_proxy(host: str) -> None:
    assert proxy_for(parse_url(f"http://{host}/"), "http://own:1", lambda _: "http://system:2") is None


def test_the_environment_names_proxies_and_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("http_proxy", "proxy.test:3128")
    monkeypatch.setenv("no_proxy", "intra.test,other.test:8080")
    assert system_proxy(URL) == "http://proxy.test:3128"
    assert system_proxy(parse_url("https://api.test/")) is None
    assert system_proxy(parse_url("http://intra.test/")) is None
    assert system_proxy(parse_url("http://other.test:8080/")) is None


def test_a_login_in_the_address_becomes_a_header() -> None:
    proxy = parse_proxy("http://us%40er:p%3Aw@proxy.test:3128")
    assert proxy.login == b"Basic " + b64encode(b"us@er:p:w")
    assert (proxy.host, proxy.port) == ("proxy.test", 3128)
    assert "us@er" not in repr(proxy)


@pytest.mark.parametrize(
    "address", ["socks5://proxy.test", "https://proxy.test", "proxy.test:1", "http://", ""]
)
def test_a_proxy_that_does_not_speak_http_is_refused(address: str) -> None:
    with pytest.raises(HttpError) as caught:
        parse_proxy(address)
    assert caught.value.code == "http.invalid_proxy"


def test_a_plain_request_goes_to_the_proxy_with_its_whole_url() -> None:
    with EchoServer() as proxy, HttpClient(Settings(proxy_url=proxy.url)) as http:
        response = http.send(HttpRequest("GET", URL), timeout_s=10)
        assert response.status == 200
        assert proxy.requests[0].target == "http://api.test:80/x?q=1"
        assert proxy.requests[0].header("Host") == "api.test"


def test_a_tunnel_that_the_proxy_does_not_open_is_an_error_of_its_own() -> None:
    request = HttpRequest("POST", parse_url("https://api.test/"))
    with EchoServer() as proxy:
        http = HttpClient(Settings(), Machine(find_proxy=lambda _: proxy.url))
        with http, pytest.raises(HttpError) as caught:
            http.send(request, timeout_s=10)
    assert caught.value.code == "http.proxy_refused"
    assert "api.test" in caught.value.message
    assert not caught.value.may_have_happened


def test_the_login_goes_to_the_proxy_with_each_plain_request() -> None:
    with EchoServer() as proxy:
        settings = Settings(proxy_url=proxy.url.replace("http://", "http://me:pass@"))
        with HttpClient(settings) as http:
            assert [http.send(HttpRequest("GET", URL), timeout_s=10).status for _ in range(2)] == [200, 200]
    logins = {seen.header("Proxy-Authorization") for seen in proxy.requests}
    assert logins == {"Basic " + b64encode(b"me:pass").decode()}


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[SecureEchoServer]:
    with SecureEchoServer.made_in(tmp_path, host="api.test") as server:
        yield server


def through(proxy: str, secure: SecureEchoServer) -> HttpClient:
    machine = Machine(tls=secure.trust, find_proxy=lambda _: proxy)
    return HttpClient(Settings(), machine)


def failure(http: HttpClient, request: HttpRequest) -> HttpError:
    with pytest.raises(HttpError) as caught:
        http.send(request, timeout_s=10)
    return caught.value


def port_of(server: SecureEchoServer) -> int:
    return int(server.url.rpartition(":")[2])


def test_an_encrypted_request_goes_through_a_tunnel_that_is_used_again(secure: SecureEchoServer) -> None:
    with (
        RawServer([to(port_of(secure))]) as proxy,
        through(f"http://me:pass@{proxy.url[7:]}", secure) as http,
    ):
        request = HttpRequest("POST", parse_url("https://api.test/x?key=1"), (("X-Key", "secret"),), b"body")
        assert [http.send(request, timeout_s=10).status for _ in range(2)] == [200, 200]
    (asked,) = proxy.requests
    assert asked.startswith(b"CONNECT api.test:443 HTTP/1.1\r\nHost: api.test:443\r\n")
    assert b"Proxy-Authorization: Basic " + b64encode(b"me:pass") in asked
    assert [(seen.target, seen.header("Proxy-Authorization")) for seen in secure.requests] == [
        ("/x?key=1", None)
    ] * 2


def test_a_tunnel_to_a_server_of_another_name_is_refused_before_anything_is_sent(
    secure: SecureEchoServer,
) -> None:
    request = HttpRequest("POST", parse_url("https://other.test/"))
    with (
        RawServer([to(port_of(secure))]) as proxy,
        through(proxy.url, secure) as http,
        pytest.raises(HttpError) as caught,
    ):
        http.send(request, timeout_s=10)
    assert (caught.value.code, caught.value.may_have_happened) == ("http.tls_failed", False)
    assert secure.requests == []


@pytest.mark.parametrize(
    "opening",
    [
        b"",
        b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
        b"SSH-2.0-x\r\n\r\n",
        OPEN + b"HTTP/1.1 200 OK\r\n\r\n",
    ],
    ids=["it hangs up", "it wants a login", "it is none", "it speaks for the server"],
)
def test_a_proxy_that_opens_no_clean_tunnel_is_refused(opening: bytes) -> None:
    request = HttpRequest("POST", parse_url("https://api.test/"))
    with (
        RawServer([opening]) as proxy,
        HttpClient(Settings(proxy_url=proxy.url)) as http,
        pytest.raises(HttpError) as caught,
    ):
        http.send(request, timeout_s=10)
    assert (caught.value.code, caught.value.may_have_happened) == ("http.proxy_refused", False)
