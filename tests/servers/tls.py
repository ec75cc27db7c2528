"""The echo server behind TLS, with a certificate made up on the spot that nobody trusts but the test."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from servers.echo import EchoServer

_BIRTH = datetime(2020, 1, 1, tzinfo=UTC)


class SecureEchoServer(EchoServer):
    """`with SecureEchoServer.made_in(folder) as server`: `server.secure_url`, `server.trust()`."""

    folder: Path
    wants_certificate = False

    @classmethod
    def made_in(cls, folder: Path, *, host: str = "127.0.0.1", days: int = 36_500) -> Self:
        """A server whose certificate, for `host` and so many days from 2020 on, is written into `folder`."""
        server = cls()
        server.folder = folder
        _write_certificate(folder, host, days)
        return server

    @property
    def secure_url(self) -> str:
        return self.url.replace("http://", "https://")

    def trust(self) -> ssl.SSLContext:
        """A client's context that trusts this server only."""
        context = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
        return context

    def start(self) -> Self:
        super().start()
        assert self._listener is not None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if self.wants_certificate:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(self.folder / "cert.pem")
        context.load_cert_chain(self.folder / "cert.pem", self.folder / "key.pem")
        self._listener.socket = context.wrap_socket(self._listener.socket, server_side=True)
        return self


def _write_certificate(folder: Path, host: str, days: int) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Loopi test")])
    try:
        known: x509.GeneralName = x509.IPAddress(ip_address(host))
    except ValueError:
        known = x509.DNSName(host)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(_BIRTH)
        .not_valid_after(_BIRTH + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([known]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(pem)
