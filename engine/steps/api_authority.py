"""The right of an `apiCall` to carry its credential: the policy of hosts, the way of signing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar, cast

from engine.http.message import HttpRequest, HttpResponse, Sign, Tls
from engine.http.policy import HostPolicy
from engine.http.url import Url
from engine.ports import Credential
from engine.signing.certificate import ClientCertificate
from engine.signing.digest import Login
from engine.signing.digest_keeper import DigestKeeper
from engine.signing.oauth2 import TokenKeeper
from engine.signing.signer import signer
from engine.signing.value import role_value
from engine.steps.action import ActionContext

Kept = TypeVar("Kept")


class Keeper(Protocol):
    """What a credential learns from a service during a run, to sign with: a token, a challenge."""

    def prepare(self, is_cancelled: Callable[[], bool]) -> str:
        """What the next request is signed with, fetched if need be. Raises LoopiError."""
        ...

    def renew(self, prepared: str, response: HttpResponse) -> bool:
        """Learn from a 401; whether it is worth asking again."""
        ...


@dataclass(frozen=True, slots=True)
class CredentialAuthority:
    """A credential in a step. `put` does nothing when the step places the secret."""

    policy: HostPolicy
    literal_origin: str | None
    put: Sign
    keeper: "Keeper | None" = None
    tls: Tls | None = None

    def check(self, url: Url) -> None:
        self.policy.check(url, self.literal_origin)

    def sign(self, request: HttpRequest) -> HttpRequest:
        return self.put(request)


def signs_by_itself(params: Mapping[str, object], context: ActionContext) -> bool:
    """Whether the credential's type signs: unless a placeholder put a secret into the request.

    Where nothing is shown as bullets, no secret was placed: `{{credentials.apiUrl}}` alone is none.
    """
    return context.credential is not None and (not context.is_placed or params == context.shown)


def authority_of(context: ActionContext, *, signs: bool) -> CredentialAuthority | None:
    """The authority of the step's credential, or None when it has none. Raises SigningError."""
    credential = context.credential
    if credential is None:
        return None
    policy = _policy(credential.name, credential.hosts)
    kind = credential.signing.kind
    if kind == "certificate":
        own = _kept(f"certificate:{credential.id}", lambda: ClientCertificate(credential), context)
        return CredentialAuthority(policy, context.literal_origin, _as_it_is, tls=own)
    if not signs:
        return CredentialAuthority(policy, context.literal_origin, _as_it_is)
    if kind == "digest":
        challenged = _kept(f"digest:{credential.id}", lambda: DigestKeeper(_login(credential)), context)
        return CredentialAuthority(policy, context.literal_origin, challenged.sign, challenged)
    keeper = (
        _kept(f"oauth2:{credential.id}", lambda: _tokens(credential, context), context)
        if kind == "oauth2"
        else None
    )
    put = signer(credential, lambda: keeper.token(context.is_cancelled) if keeper is not None else "")
    return CredentialAuthority(policy, context.literal_origin, put, keeper)


@lru_cache(maxsize=256)
def _policy(name: str, hosts: tuple[str, ...]) -> HostPolicy:
    return HostPolicy.of(name, hosts)


def _as_it_is(request: HttpRequest) -> HttpRequest:
    return request


def _login(credential: Credential) -> Login:
    return Login(role_value(credential, "username"), role_value(credential, "password"))


def _tokens(credential: Credential, context: ActionContext) -> TokenKeeper:
    resources = context.resources
    return TokenKeeper(
        credential, resources.http, learn=resources.redactor.add, monotonic=resources.clock.monotonic
    )


def _kept(key: str, make: Callable[[], Kept], context: ActionContext) -> Kept:
    """What the run has under this key, made when it has nothing. Threads that ask at once get the same."""
    sessions = context.resources.sessions
    found = sessions.get(key)
    return cast("Kept", sessions.setdefault(key, make()) if found is None else found)
