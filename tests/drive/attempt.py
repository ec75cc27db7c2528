"""One attempt to smuggle something through a step, and the redirects that are tried.

`<SERVER>` and `<STRANGER>` stand for `127.0.0.1:port`, `<SERVERPORT>` and `<STRANGERPORT>` for their ports.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model import Json

KEY = {"X-Key": "{{credentials.key}}"}
REDIRECTS = (
    "//<STRANGER>/x",
    "http://<STRANGER>/x?k=<SECRET>",
    "http://<SERVER>@<STRANGER>/x",
    "http://<SERVER>\\@<STRANGER>/x",
    "http://localhost:<SERVERPORT>/x",
    "http://2130706433:<STRANGERPORT>/x",
    "http://[::ffff:127.0.0.1]:<STRANGERPORT>/x",
    "http://127.0.0.1.:<STRANGERPORT>/x",
    "file:///etc/passwd",
    "gopher://<STRANGER>/x",
    "javascript:alert(1)",
    "data:text/plain,x",
    "http://169.254.169.254/latest/meta-data",
    "///<STRANGER>/x",
    "\\\\<STRANGER>/x",
    "/\\<STRANGER>/x",
    "http:\\\\<STRANGER>\\x",
    "http://<SERVER>#@<STRANGER>/x",
)
"""Where the service sends who asks for `/go0`, `/go1`, …"""
CHALLENGES = (
    'Digest realm="", nonce=""',
    'Digest realm="r\\", uri=\\"/injected", nonce="n"',
    'Digest realm="r", nonce="n", qop="auth-int"',
    'Digest realm="r", nonce="n", qop="none-of-these"',
    'Digest realm="r", nonce="n", algorithm=SHA-512-256',
    'Digest realm="r", nonce="n", algorithm="MD5-sess", qop=auth, opaque="\x01"',
    'Digest realm="\x7f", nonce="n"',
    'Digest realm="\xff\xfe", nonce="n"',
    'Digest realm="\xe5\xae\xb6", nonce="n", qop=auth',
    'Digest realm="r", nonce="' + "n" * 20_000 + '"',
    "Digest " * 2_000,
    'Digest realm="r", nonce="a", ' * 500,
    'Basic realm="r"',
    'Basic realm="r", Digest realm="r", nonce="n"',
    "Digest",
    'Digest realm="r" nonce="n" nonce="m",,,=,"',
)
"""What the service asks of who comes to `/asked0`, `/asked1`, …, whatever they answered before."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """`evil` is what a service answered before; `step` are the fields of the step that is tried with it.

    `refused` is the code it ends with; without one, `arrives` is what must be in what the service got.
    """

    name: str
    step: Mapping[str, Json]
    evil: Json = ""
    refused: str = ""
    arrives: str = ""
