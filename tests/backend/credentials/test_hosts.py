import pytest

from backend.credentials.hosts import HostSyntaxError, host_of_url, normalise, normalise_all


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("api.github.com", "api.github.com"),
        (" API.GitHub.com. ", "api.github.com"),
        ("api.github.com:8443", "api.github.com:8443"),
        ("*.example.com", "*.example.com"),
        ("http://printer.local:631", "http://printer.local:631"),
        ("http://printer", "http://printer"),
        ("https://api.github.com/", "api.github.com"),
        ("localhost", "localhost"),
        ("127.0.0.1:8080", "127.0.0.1:8080"),
        ("[::1]:8080", "[::1]:8080"),
        ("[2001:DB8:0:0::1]", "[2001:db8::1]"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("ＡＰＩ．example", "api.example"),
    ],
)
def test_a_host_is_kept_in_the_form_that_goes_over_the_wire(written: str, kept: str) -> None:
    assert normalise(written) == kept
    assert normalise(kept) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "*",
        "*.com",
        "*.1.2.3.4",
        "a.*.com",
        "http://*.example.com",
        "ftp://example.com",
        "example.com/path",
        "https://example.com/path",
        "user@example.com",
        "example.com:",
        "example.com:0",
        "example.com:65536",
        "example.com:٤٤٣",
        "example..com",
        "-a.example",
        "a b.example",
        "a\n.example",
        "127.1",
        "0x7f.0.0.1",
        "1.2.3.256",
        "2130706433",
        "::1",
        "[::1",
        "[::1]x",
        "[fe80::1%eth0]",
        "good.example\\@evil.example",
        "xn--.example\u200b-.com",
        "a" * 64 + ".example",
        ".".join(["a" * 60] * 5),
    ],
)
def test_what_is_no_host_is_refused(written: str) -> None:
    with pytest.raises(HostSyntaxError):
        normalise(written)


def test_a_message_repeats_no_endless_text() -> None:
    with pytest.raises(HostSyntaxError) as caught:
        normalise("x" * 1_000_000)
    assert len(str(caught.value)) < 200


def test_an_entry_given_twice_is_kept_once() -> None:
    assert normalise_all(["b.example", "A.example", "B.example."]) == ("b.example", "a.example")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://api.github.com/", "api.github.com"),
        ("https://api.example:8443/v1", "api.example:8443"),
        ("http://127.0.0.1:5000/", "127.0.0.1:5000"),
        ("http://plain.example/", "plain.example"),
        ("https://[::1]:99/", "[::1]:99"),
        ("https://user:pass@api.example/", None),
        ("https://good.example\\@evil.example/", None),
        ("https:///nothing", None),
        ("https://api.example:port/", None),
        ("", None),
    ],
)
def test_an_address_allows_its_own_host_and_never_the_clear_line(url: str, host: str | None) -> None:
    assert host_of_url(url) == host
