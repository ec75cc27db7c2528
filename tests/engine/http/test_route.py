import pytest

from engine.http.proxy import Proxy
from engine.http.route import Route
from engine.http.url import parse_url

PROXY = Proxy("proxy.test", 3128, b"Basic bWU6cGFzcw==")


@pytest.mark.parametrize(
    ("url", "proxy", "target"),
    [
        ("http://api.test/x?q=1", None, b"/x?q=1"),
        ("https://api.test/x?q=1", None, b"/x?q=1"),
        ("http://api.test/x?q=1", PROXY, b"http://api.test:80/x?q=1"),
        ("http://[2001:db8::1]:8080/", PROXY, b"http://[2001:db8::1]:8080/"),
        ("https://api.test/x?q=1", PROXY, b"/x?q=1"),
    ],
)
def test_only_a_proxy_that_forwards_gets_the_whole_url(url: str, proxy: Proxy | None, target: bytes) -> None:
    assert Route.to(parse_url(url), proxy).target(parse_url(url)) == target


def test_the_login_of_a_proxy_never_goes_through_its_tunnel() -> None:
    assert (b"Proxy-Authorization", PROXY.login) in Route.to(parse_url("http://api.test/"), PROXY).lines
    assert Route.to(parse_url("https://api.test/"), PROXY).lines == ((b"Host", b"api.test"),)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://api.test/", b"api.test"),
        ("https://api.test:444/", b"api.test:444"),
        ("http://[::1]:80/", b"[::1]"),
    ],
)
def test_the_host_line_names_the_port_only_when_it_is_not_the_usual_one(url: str, host: bytes) -> None:
    assert Route.to(parse_url(url), None).lines == ((b"Host", host),)
