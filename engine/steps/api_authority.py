"""The right of an `apiCall` to carry its credential: the policy of hosts, the way of signing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.http.message import HttpRequest, Sign
from engine.http.policy import HostPolicy
from engine.http.url import Url
from engine.ports import Credential
from engine.signing.oauth2 import TokenKeeper
from engine.signing.signer import signer
from engine.steps.action import ActionContext


@dataclass(frozen=True, slots=True)
class CredentialAuthority:
    """A credential in a step. `put` does nothing when the step places the secret; `keeper` is OAuth 2.0's."""

    policy: HostPolicy
    literal_origin: str | None
    put: Sign
    keeper: TokenKeeper | None = None

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
    if not signs:
        return CredentialAuthority(policy, context.literal_origin, _as_it_is)
    keeper = _keeper(credential, context) if credential.signing.kind == "oauth2" else None
    put = signer(credential, lambda: keeper.token(context.is_cancelled) if keeper is not None else "")
    return CredentialAuthority(policy, context.literal_origin, put, keeper)


@lru_cache(maxsize=256)
def _policy(name: str, hosts: tuple[str, ...]) -> HostPolicy:
    return HostPolicy.of(name, hosts)


def _as_it_is(request: HttpRequest) -> HttpRequest:
    return request


def _keeper(credential: Credential, context: ActionContext) -> TokenKeeper:
    resources = context.resources
    made = TokenKeeper(
        credential, resources.http, learn=resources.redactor.add, monotonic=resources.clock.monotonic
    )
    kept = resources.sessions.setdefault(f"oauth2:{credential.id}", made)
    return kept if isinstance(kept, TokenKeeper) else made
