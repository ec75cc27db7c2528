import ssl
import tempfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from engine.http.client import HttpClient
from engine.http.error import HttpError
from engine.http.message import HttpRequest
from engine.http.policy import HostPolicy
from engine.http.url import parse_url
from engine.ports import Credential, Settings, Signing
from engine.secrets import Secret
from engine.signing.certificate import ClientCertificate, pem_text
from engine.signing.error import SigningError
from engine.steps.api_authority import CredentialAuthority
from servers.tls import SecureEchoServer

PHRASE = "phrase-of-the-test-01"


def credential(folder: Path, **changes: Secret | str) -> Credential:
    """The server's own certificate will do: it trusts itself only."""
    fields: dict[str, Secret | str] = {
        "certificate": (folder / "cert.pem").read_text(),
        "privateKey": Secret((folder / "key.pem").read_text()),
        "authority": (folder / "cert.pem").read_text(),
        **changes,
    }
    return Credential("c1", "Mine", "clientCertificate", fields, Signing("certificate"))


def ask(server: SecureEchoServer, http: HttpClient, found: Credential) -> int:
    policy = HostPolicy.of("Mine", [server.url])
    authority = CredentialAuthority(policy, None, lambda request: request, tls=ClientCertificate(found))
    url = parse_url(server.secure_url)
    return http.send(HttpRequest("GET", url), timeout_s=20, authority=authority).status


def sealed(folder: Path) -> str:
    key = serialization.load_pem_private_key((folder / "key.pem").read_bytes(), None)
    how = serialization.BestAvailableEncryption(PHRASE.encode())
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how).decode()


def test_a_server_that_asks_for_a_certificate_gets_it(tmp_path: Path) -> None:
    server = SecureEchoServer.made_in(tmp_path)
    server.wants_certificate = True
    with server, HttpClient(Settings()) as http:
        assert ask(server, http, credential(tmp_path)) == 200


def test_its_connections_are_for_nobody_else(tmp_path: Path) -> None:
    server = SecureEchoServer.made_in(tmp_path)
    server.wants_certificate = True
    trusting = Settings(ca_file=str(tmp_path / "cert.pem"))
    with server, HttpClient(trusting) as http:
        assert ask(server, http, credential(tmp_path)) == 200
        with pytest.raises(HttpError):
            http.send(HttpRequest("GET", parse_url(server.secure_url)), timeout_s=20)
        assert len(server.requests) == 1


def test_no_key_is_ever_on_the_disk_in_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SecureEchoServer.made_in(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    written: list[str] = []
    load = ssl.SSLContext.load_cert_chain

    def look(context: ssl.SSLContext, certfile: str, *rest: object, **more: object) -> None:
        written.append(Path(certfile).read_text())
        assert Path(certfile).stat().st_mode & 0o077 == 0
        load(context, certfile, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(ssl.SSLContext, "load_cert_chain", look)
    ClientCertificate(credential(tmp_path)).context()
    assert ["BEGIN ENCRYPTED PRIVATE KEY" in each for each in written] == [True]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["cert.pem", "key.pem"]


def test_a_key_with_a_passphrase_is_opened_by_it(tmp_path: Path) -> None:
    SecureEchoServer.made_in(tmp_path)
    found = credential(tmp_path, privateKey=Secret(sealed(tmp_path)), passphrase=Secret(PHRASE))
    made = ClientCertificate(found)
    assert made.context() is made.context()


def test_what_was_pasted_into_one_line_is_read_all_the_same(tmp_path: Path) -> None:
    SecureEchoServer.made_in(tmp_path)
    text = (tmp_path / "cert.pem").read_text()
    assert pem_text(text.replace("\n", "")) == pem_text(text.replace("\n", " ")) == text


@pytest.mark.parametrize(
    "changes",
    [
        {"privateKey": Secret("no key at all")},
        {"passphrase": Secret("not-needed-0001")},
        {"certificate": "no certificate"},
        {"certificate": ""},
    ],
)
def test_what_cannot_be_used_is_said_without_what_it_is(
    tmp_path: Path, changes: dict[str, Secret | str]
) -> None:
    SecureEchoServer.made_in(tmp_path)
    with pytest.raises(SigningError) as caught:
        ClientCertificate(credential(tmp_path, **changes)).context()
    assert caught.value.code == "credential.cannot_sign"
    assert "no key at all" not in str(caught.value)


def test_a_certificate_and_the_key_of_another_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    SecureEchoServer.made_in(tmp_path)
    SecureEchoServer.made_in(tmp_path / "other")
    other = Secret((tmp_path / "other" / "key.pem").read_text())
    with pytest.raises(SigningError):
        ClientCertificate(credential(tmp_path, privateKey=other)).context()
