"""Names and values of somebody else's variables, as credentials of ours. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar
from urllib.parse import urlsplit

from backend.credentials.hosts import normalise
from backend.importers.imported import NewCredential
from backend.importers.secret_finder import is_secret_name
from engine.secrets import Secret

Value = TypeVar("Value")

_X_KEYS: Mapping[str, str] = {
    "API_KEY": "apiKey",
    "CONSUMER_KEY": "apiKey",
    "API_SECRET": "apiSecret",
    "API_KEY_SECRET": "apiSecret",
    "CONSUMER_SECRET": "apiSecret",
    "ACCESS_TOKEN": "accessToken",
    "ACCESS_TOKEN_SECRET": "accessSecret",
    "ACCESS_SECRET": "accessSecret",
}
_X = re.compile(r"(?:TWITTER|X)_(\w+)", re.IGNORECASE)
_X_FIELDS = frozenset(_X_KEYS.values())


def has_secret(fields: Mapping[str, str]) -> bool:
    return any(is_secret_name(name) for name in fields)


def custom(name: str, fields: Mapping[str, str]) -> NewCredential:
    """A credential with all of these as fields; it may go where one of them is an address of."""
    hosts = dict.fromkeys(host for value in fields.values() if (host := host_of(value)))
    kept = {key: Secret(value) for key, value in field_names(fields).items()}
    return NewCredential(name, "custom", kept, tuple(hosts), reference=name)


def field_names(fields: Mapping[str, Value]) -> dict[str, Value]:
    """The same under names that a credential's fields may have; those that would be one get numbers."""
    named: dict[str, Value] = {}
    numbers: dict[str, int] = {}
    for key, value in fields.items():
        clean = re.sub(r"\W", "_", key.strip(), flags=re.ASCII).lstrip("_")[:50]
        wanted = clean if clean[:1].isalpha() else f"field_{clean}"
        number, free = numbers.get(wanted, 2), wanted
        while free in named:
            number, free = number + 1, f"{wanted}_{number}"
        numbers[wanted] = number
        named[free] = value
    return named


def x_account(fields: Mapping[str, str]) -> tuple[NewCredential | None, dict[str, str]]:
    """The four keys of an X account, when they are all there, and what is left."""
    keys: dict[str, str] = {}
    left: dict[str, str] = {}
    for name, value in fields.items():
        found = _X.fullmatch(name)
        key = _X_KEYS.get(found[1].upper()) if found else None
        if key is None or key in keys:
            left[name] = value
        else:
            keys[key] = value
    if keys.keys() != _X_FIELDS:
        return None, dict(fields)
    made = {key: Secret(value) for key, value in keys.items()}
    return NewCredential("X account", "twitter", made, reference="X account"), left


def by_service(fields: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Fields whose names begin alike belong together: `STRIPE_KEY` and `STRIPE_URL` to Stripe."""
    groups: dict[str, dict[str, str]] = {}
    for name, value in fields.items():
        groups.setdefault(name.partition("_")[0].capitalize() or name, {})[name] = value
    return groups


def left_out(names: Iterable[str]) -> tuple[str, ...]:
    """The note about fields that look like no secret."""
    listed = ", ".join(sorted(names)[:20])
    return (f"Not taken, since they look like no secrets: {listed}.",) if listed else ()


def host_of(value: str) -> str:
    """The host of a web address, or an empty text."""
    try:
        parts = urlsplit(value)
        return normalise(parts.netloc.rpartition("@")[2]) if parts.scheme in ("http", "https") else ""
    except ValueError:  # also of a host such as {{host}}
        return ""
