"""Services that repeat secrets in every encoding: in bodies, headers, errors, redirects."""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import quote

from canary import base64_texts, text_forms
from servers.echo import EchoServer, json_reply
from servers.loopback import Reply, Seen
from servers.x_api import XServer
from servers.x_state import XState

CHALLENGE = ("WWW-Authenticate", 'Digest realm="r", qop="auth", algorithm=SHA-256, nonce="n1"')


Secrets: TypeAlias = tuple[str, ...]


def forms(secrets: Secrets) -> list[str]:
    return [form for secret in secrets for form in (*sorted(text_forms(secret)), *base64_texts(secret))]


@dataclass(slots=True)
class Indiscreet(EchoServer):
    """`secrets` are what it tells; `token` is the one it gives, and tells once that was used."""

    secrets: tuple[str, ...] = ()
    token: str = ""
    is_token_used: bool = False
    is_silent: bool = False

    def handle(self, seen: Seen) -> Reply:
        if self.is_silent:
            return Reply(gate=self.gate())
        if seen.header("Authorization") == f"Bearer {self.token}":
            self.is_token_used = True
        place = seen.path.split("/")[1]
        if place == "token":
            return json_reply({"access_token": self.token, "token_type": "bearer", "expires_in": 3600})
        if place == "digest" and not seen.header("Authorization"):
            return Reply(401, b"who are you?", (CHALLENGE,))
        return self.told(place, seen) or super(Indiscreet, self).handle(seen)

    def told(self, place: str, seen: Seen) -> Reply | None:
        """What it says at the places where it does not say what it was asked."""
        known = (*self.secrets, *([self.token] if self.is_token_used else []))
        if place == "moved":
            return Reply(307, b"", (("Location", f"/echo?{seen.target.partition('?')[2]}"),))
        return TELLING[place](known) if known and place in TELLING else None


def _page(secrets: Secrets) -> Reply:
    page = "<p>" + "</p><p>".join(forms(secrets)) + "</p>"
    return Reply(200, page.encode(), (("Content-Type", "text/html; charset=utf-8"),))


def _named(secrets: Secrets) -> Reply:
    headers = [(f"X-Told-{index}", quote(secret)) for index, secret in enumerate(secrets)]
    cookies = [("Set-Cookie", f"k={quote(secret)}") for secret in secrets]
    return Reply(200, b"{}", (*headers, *cookies))


def _away(secrets: Secrets) -> Reply:
    told = quote(secrets[0], safe="")
    return Reply(302, b"", (("Location", f"http://{told[:20]}.example.invalid/{told}"),))


TELLING: Mapping[str, Callable[[Secrets], Reply]] = {
    "json": lambda secrets: json_reply({"all": forms(secrets), **dict.fromkeys(forms(secrets)[:60], 1)}),
    "failed": lambda secrets: json_reply(
        {"message": " ".join(forms(secrets)), "code": forms(secrets)[0]}, 500
    ),
    "busy": lambda secrets: json_reply({"error": {"message": forms(secrets)[-1]}}, 429, {"Retry-After": "0"}),
    "page": _page,
    "binary": lambda secrets: Reply(
        200, b"\x89PNG\0" + "".join(secrets).encode(), (("Content-Type", "image/png"),)
    ),
    "named": _named,
    "away": _away,
    "dropped": lambda _secrets: Reply(is_dropped=True),
}


class Careless(XState):
    """X without its refusal of a second tweet of the same text, so that posts are as many as were sent."""

    def has_duplicate(self, author_id: str, text: str) -> bool:
        return False


@dataclass(slots=True)
class IndiscreetX(XServer):
    """X that answers some requests with an error that names the keys, or not at all."""

    chance: random.Random = field(default_factory=lambda: random.Random(0))
    secrets: tuple[str, ...] = ()
    is_silent: bool = False

    def handle(self, seen: Seen) -> Reply:
        if self.is_silent:
            return Reply(gate=self.gate())
        if self.chance.random() < 0.3:
            status = self.chance.choice([400, 401, 403, 404, 503])
            told = " ".join(forms(self.secrets))
            problem = {"title": told, "detail": told, "status": status, "errors": [{"message": told}]}
            return Reply(status, json.dumps(problem).encode(), (("Content-Type", "application/json"),))
        if self.chance.random() < 0.1:
            return Reply(is_dropped=True)
        return super(IndiscreetX, self).handle(seen)
