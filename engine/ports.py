"""What the engine needs from its host: credentials, time, a way to know that the user pressed Stop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from engine.events import Fact
from engine.secrets import Secret

SigningKind: TypeAlias = Literal[
    "none", "bearer", "header", "query", "basic", "digest", "oauth1", "oauth2", "aws4", "certificate"
]


@dataclass(frozen=True, slots=True)
class Signing:
    """How a credential signs a request by itself.

    `name` and `value` belong to `header` and `query`: a name, and a template over `credentials.…`.
    `fields` maps the roles of a kind (`username`, `password`, `consumer_key`, `client_id`, …) to the
    credential's field keys.
    """

    kind: SigningKind = "none"
    name: str = ""
    value: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential as a run holds it, from its start to its end. `hosts` are the rules of `http.policy`."""

    id: str
    name: str
    type: str
    fields: Mapping[str, Secret | str]
    signing: Signing = Signing()
    hosts: tuple[str, ...] = ()

    def secrets(self) -> tuple[str, ...]:
        """The plain text of every secret field, for the redactor."""
        return tuple(value.reveal() for value in self.fields.values() if isinstance(value, Secret))

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(user, password) as Basic authentication joins them, for the redactor."""
        roles = self.signing.fields
        if self.signing.kind not in {"basic", "digest"}:
            return ()
        found = [self.fields.get(roles.get(role, role), "") for role in ("username", "password")]
        user, password = (value.reveal() if isinstance(value, Secret) else value for value in found)
        return ((user, password),)


class Credentials(Protocol):
    """Finds credentials by id, or by exact name."""

    def find(self, reference: str) -> Credential | None:
        """The credential, or None when there is none. May raise a LoopiError (locked, damaged)."""
        ...


class Clock(Protocol):
    """Time, which tests hold in their hands."""

    def now(self) -> float:
        """Unix time in seconds."""
        ...

    def monotonic(self) -> float:
        """Seconds that only grow."""
        ...

    def wait(self, seconds: float, is_cancelled: Callable[[], bool]) -> None:
        """Return after `seconds`, or at once when cancelled."""
        ...


class Intents(Protocol):
    """Remembers, durably, that something is about to be done which must be done once."""

    def intend(self, path: str, attempt: int) -> None:
        """Return only when the intent has reached the disk. Raises a LoopiError when it cannot."""
        ...

    def withdraw(self, path: str, attempt: int) -> None:
        """Forget an intent: the service said that it did nothing. Raises a LoopiError when it cannot."""
        ...


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user set for all runs. URLs without a trailing slash, times in seconds, sizes in bytes.

    `ca_file` names authorities that are trusted besides the system's (PEM).
    Steps send and write files in `files_folder` only, and none of `private_folder`, where Loopi's own are.
    """

    x_base_url: str = "https://api.x.com"
    request_timeout_s: float = 60.0
    max_response_bytes: int = 10 * 1024 * 1024
    max_redirects: int = 10
    # X counts in windows of 15 minutes; a minute more, since no two clocks agree.
    max_limit_wait_s: float = 960
    proxy_url: str | None = None
    may_reach_link_local: bool = False
    ca_file: str = ""
    files_folder: str = ""
    private_folder: str = ""


Emit: TypeAlias = Callable[[Fact], None]
