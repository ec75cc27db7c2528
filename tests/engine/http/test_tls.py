import ssl
from pathlib import Path

import pytest

from engine.http.client import HttpClient, Machine
from engine.http.error import HttpError
from engine.http.message import HttpRequest
from engine.http.tls import fresh_tls, system_tls, tls_with
from engine.http.url import parse_url
from engine.ports import Settings
from servers.tls import SecureEchoServer


def test_the_context_is_made_once_and_verifies_name_and_chain() -> None:
    context = system_tls()
    assert context is system_tls()
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname


def test_nothing_is_trusted_that_the_system_does_not_trust(tmp_path: Path) -> None:
    with SecureEchoServer.made_in(tmp_path) as server, HttpClient(Settings()) as http:
        with pytest.raises(HttpError) as caught:
            http.send(HttpRequest("GET", parse_url(server.secure_url)), timeout_s=20)
        assert caught.value.code == "http.tls_failed"
        assert server.requests == []


@pytest.mark.skipif(
    not Path("/etc/ssl").is_dir(), reason="only OpenSSL's own store is named by an environment variable"
)
def test_an_authority_that_the_system_trusts_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    fresh = Machine(tls=system_tls.__wrapped__)
    with SecureEchoServer.made_in(tmp_path) as server, HttpClient(Settings(), fresh) as http:
        for _ in range(2):
            assert http.send(HttpRequest("GET", parse_url(server.secure_url)), timeout_s=20).status == 200


def test_an_authority_of_the_settings_is_trusted_besides(tmp_path: Path) -> None:
    own = Settings(ca_file=str(tmp_path / "cert.pem"))
    with SecureEchoServer.made_in(tmp_path) as server, HttpClient(own) as http:
        assert http.send(HttpRequest("GET", parse_url(server.secure_url)), timeout_s=20).status == 200


@pytest.mark.parametrize("content", [None, "no certificate", "ü"])
def test_what_names_no_authority_says_so(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content, "utf-8")
    with pytest.raises(HttpError) as caught:
        tls_with(str(file))
    assert caught.value.code == "http.tls_failed"


def test_a_fresh_context_is_nobody_else_s() -> None:
    assert fresh_tls() is not fresh_tls()
