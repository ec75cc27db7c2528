import pytest

from engine.http.client import HttpClient, Machine
from engine.http.error import HttpError
from engine.http.message import HttpRequest
from engine.http.proxy import open_proxy, proxy_for, system_proxy
from engine.http.url import parse_url
from engine.ports import Settings
from servers.echo import EchoServer

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
    proxy = open_proxy("http://us%40er:p%3Aw@proxy.test:3128")
    assert proxy.auth == (b"us@er", b"p:w")
    assert (proxy.url.host, proxy.url.port) == (b"proxy.test", 3128)


@pytest.mark.parametrize(
    "address", ["socks5://proxy.test", "https://proxy.test", "proxy.test:1", "http://", ""]
)
def test_a_proxy_that_does_not_speak_http_is_refused(address: str) -> None:
    with pytest.raises(HttpError) as caught:
        open_proxy(address)
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
