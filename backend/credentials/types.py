"""What a credential type is, read from its schema: fields, signing, hosts, set-up. Imports nothing heavy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from backend.credentials.hosts import host_of_url
from backend.credentials.subset import EXTENSION, Schema
from engine.secrets import Secret

SigningKind: TypeAlias = Literal[
    "none", "bearer", "header", "query", "basic", "digest", "oauth1", "oauth2", "aws4", "certificate"
]
Kind: TypeAlias = Literal["string", "number", "integer", "boolean"]

# kind of signing → the roles that fields may play in it, and whether it cannot do without
ROLES: Mapping[str, Mapping[str, bool]] = {
    "none": {},
    "header": {},
    "query": {},
    "bearer": {"token": True},
    "basic": {"username": True, "password": True},
    "digest": {"username": True, "password": True},
    "aws4": {
        "accessKeyId": True,
        "secretAccessKey": True,
        "sessionToken": False,
        "region": True,
        "service": True,
    },
    "certificate": {"certificate": True, "privateKey": True, "passphrase": False, "authority": False},
    "oauth1": {"consumerKey": True, "consumerSecret": True, "accessToken": True, "accessSecret": True},
    "oauth2": {
        "clientId": True,
        "clientSecret": True,
        "redirectUri": False,
        "authorizationUrl": False,
        "tokenUrl": False,
        "scopes": False,
    },
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a type. `choices` are the values of an enum as text; empty means free."""

    key: str
    title: str = ""
    description: str = ""
    kind: Kind = "string"
    is_secret: bool = False
    is_required: bool = False
    choices: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signing:
    """How the type signs a request, shaped like `engine.ports.Signing`: `fields` maps roles to field keys."""

    kind: SigningKind = "none"
    name: str = ""
    value: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetupStep:
    """What the user does at the provider to get the keys."""

    title: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """An address to be read harmlessly with a credential that may go to `host`, to see whether it works.

    Without a host it fits every credential of the type. `url` may hold `{{credentials.<field>}}`.
    """

    url: str
    host: str = ""


@dataclass(frozen=True, slots=True)
class CredentialType:
    """A type of credential. `list_key` is the property that holds fields of the user's own naming, if any."""

    id: str
    title: str
    description: str
    fields: tuple[Field, ...]
    signing: Signing
    hosts: tuple[str, ...]
    hosts_from_field: str | None
    setup: tuple[SetupStep, ...]
    icon: str
    probes: tuple[Probe, ...]
    list_key: str | None
    is_builtin: bool
    schema: Schema = field(repr=False)

    def field(self, key: str) -> Field | None:
        """The field that the type declares under this key; None for one of the user's own naming."""
        return next((found for found in self.fields if found.key == key), None)

    def is_secret(self, key: str) -> bool:
        """Whether the value of `key` is to be hidden. A key the type does not know is."""
        found = self.field(key)
        return found is None or found.is_secret

    def hosts_for(self, values: Mapping[str, Secret | str]) -> tuple[str, ...]:
        """Where a credential may go when it names no allowed hosts itself. Empty: the type has no say."""
        if self.hosts_from_field is None:
            return self.hosts
        value = values.get(self.hosts_from_field, "")
        host = host_of_url(value) if isinstance(value, str) else None
        return (host, *self.hosts) if host else self.hosts


def read_type(type_id: str, schema: Schema, *, is_builtin: bool) -> CredentialType:
    """The type of a schema that is inside the subset, and sound by `extension.problems`."""
    more = _mapping(schema.get(EXTENSION))
    own_list = [key for key, value in _properties(schema) if value.get("type") == "array"]
    from_field = more.get("hostsFromField")
    return CredentialType(
        id=type_id,
        title=_text(schema, "title") or type_id,
        description=_text(schema, "description"),
        fields=read_fields(schema),
        signing=_signing(_mapping(more.get("signing"))),
        hosts=tuple(_texts(more.get("hosts"))),
        hosts_from_field=from_field if isinstance(from_field, str) else None,
        setup=tuple(_setup(item) for item in _sequence(more.get("setup"))),
        icon=_text(more, "icon") or "key-round",
        probes=tuple(_probe(item) for item in _sequence(more.get("test"))),
        list_key=own_list[0] if own_list else None,
        is_builtin=is_builtin,
        schema=schema,
    )


def read_fields(schema: Schema) -> tuple[Field, ...]:
    """The fields in the order of the file, those that depend on another one (`then`) after them."""
    found: dict[str, Field] = {}
    required = set(_texts(schema.get("required")))
    for key, value in declarations(schema):
        # A field stays secret whatever a branch says.
        was_secret = key in found and found[key].is_secret
        if value.get("type") != "array":
            found[key] = _field(key, value, is_required=key in required, is_secret=was_secret)
    return tuple(found.values())


def declarations(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Every property with its schema; one that a branch (`then`) declares again comes again."""
    yield from _properties(schema)
    for branch in _sequence(schema.get("allOf")):
        yield from _properties(_mapping(_mapping(branch).get("then")))


def _field(key: str, value: Schema, *, is_required: bool, is_secret: bool) -> Field:
    kind = value.get("type")
    return Field(
        key=key,
        title=_text(value, "title") or key,
        description=_text(value, "description"),
        kind=kind if kind in ("number", "integer", "boolean") else "string",
        is_secret=is_secret or value.get("writeOnly") is True,
        is_required=is_required,
        choices=tuple(str(item) for item in _sequence(value.get("enum"))),
        examples=tuple(str(item) for item in _sequence(value.get("examples"))),
    )


def _signing(found: Schema) -> Signing:
    kind = found.get("kind", "none")
    for known in get_args(SigningKind):
        if kind == known:
            roles = {role: str(key) for role, key in _mapping(found.get("fields")).items()}
            return Signing(known, _text(found, "name"), _text(found, "value"), roles)
    return Signing()


def _setup(item: object) -> SetupStep:
    step = _mapping(item)
    return SetupStep(_text(step, "title"), _text(step, "text"), _text(step, "url"))


def _probe(item: object) -> Probe:
    probe = _mapping(item)
    return Probe(_text(probe, "url"), _text(probe, "host"))


def _properties(schema: Schema) -> list[tuple[str, Schema]]:
    return [(key, _mapping(value)) for key, value in _mapping(schema.get("properties")).items()]


def _mapping(value: object) -> Schema:
    return value if isinstance(value, dict) else {}


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _texts(value: object) -> list[str]:
    return [item for item in _sequence(value) if isinstance(item, str)]


def _text(schema: Schema, key: str) -> str:
    value = schema.get(key)
    return value if isinstance(value, str) else ""
