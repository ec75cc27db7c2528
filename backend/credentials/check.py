"""Checks the values of a credential against its type. Slow to import (jsonschema), so only an edit calls it.

Messages are our own: those of jsonschema repeat the value, which may be a secret.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from backend.credentials.changes import is_mask
from backend.credentials.hosts import host_of_url
from backend.credentials.pattern import safe_length
from backend.credentials.subset import KEY
from backend.credentials.types import CredentialType, Field, declarations

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

MAX_VALUE_BYTES = 64 * 1024
_NO_ADDRESS = ("javascript", "data", "file", "vbscript", "about", "blob")

Scalar: TypeAlias = str | int | float | bool


def load() -> None:
    """Import what is slow now, so that nobody waits for it under a lock."""
    import jsonschema  # noqa: F401 – for its effect


def field_problems(
    kind: CredentialType, values: Mapping[str, str], *, open_fields: frozenset[str]
) -> dict[str, str]:
    """What is wrong, by field key; empty when the values fit. A value that is empty counts as left out."""
    given = {key: value for key, value in values.items() if value}
    problems = {key: message for key, value in given.items() if (message := _alone(kind, key, value))}
    for key, declared in declarations(kind.schema):
        if key in given and key not in problems and (message := _declared(declared, given[key])):
            problems[key] = message
    instance = {key: value for key, value in given.items() if key not in problems}
    for key, message in _by_schema(kind, instance, open_fields):
        if key not in problems:
            problems[key] = message
    return problems


def _alone(kind: CredentialType, key: str, value: str) -> str | None:
    """What can be said of one value without the schema."""
    field = kind.field(key)
    if field is None and kind.list_key is None:
        return f"{kind.title} has no field of this name."
    if not KEY.fullmatch(key):
        return "A field's name is a letter, then letters, digits and _, 64 at most: {{credentials.name}}."
    if field is not None and _scalar(field, value) is None:
        return "Enter true or false." if field.kind == "boolean" else "Enter a number."
    return _text(value)


def _text(value: str) -> str | None:
    try:
        size_bytes = len(value.encode("utf-8"))
    except UnicodeEncodeError:
        return "This is not valid text. Enter it again."
    if size_bytes > MAX_VALUE_BYTES:
        return f"This is longer than {MAX_VALUE_BYTES // 1024} KB."
    if is_mask(value):
        return "These are only bullets, not a value. Leave the field empty to keep what is stored."
    return None


def _declared(declared: Mapping[str, object], value: str) -> str | None:
    pattern = declared.get("pattern")
    if isinstance(pattern, str) and len(value) > (longest := safe_length(pattern)):
        return f"This is longer than {longest:,} characters, so its form cannot be checked."
    return _address(value) if declared.get("format") == "uri" else None


def _address(value: str) -> str | None:
    """An address in the sense of RFC 3986, in what URL parsers agree on, and without a password in it."""
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    is_odd = not value.isprintable() or bool(re.search(r"[\s\\<>\"]", value))
    if is_odd or not parts.scheme or parts.scheme in _NO_ADDRESS or not (parts.netloc or parts.path):
        return "Enter a whole address, like https://api.example.com/."
    if "@" in parts.netloc:
        return "Leave user name and password out of the address: they would be shown."
    if parts.scheme in ("http", "https") and host_of_url(value) is None:
        return "This address names no valid host."
    return None


def _scalar(field: Field, value: str) -> Scalar | None:
    """The text as the schema's kind of value, or None when it is not one."""
    if field.kind == "boolean":
        return {"true": True, "false": False}.get(value)
    if field.kind == "integer":
        return int(value) if re.fullmatch(r"-?[0-9]{1,18}", value) else None
    if field.kind == "number":
        return float(value) if re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", value) else None
    return value


def _by_schema(
    kind: CredentialType, given: Mapping[str, str], open_fields: frozenset[str]
) -> Iterator[tuple[str, str]]:
    from jsonschema import Draft202012Validator

    instance: dict[str, object] = {}
    pairs: list[dict[str, object]] = []
    for key, value in given.items():
        field = kind.field(key)
        if field is not None:
            instance[key] = _scalar(field, value)
        else:
            pairs.append({"key": key, "value": value, "secret": key not in open_fields})
    if kind.list_key is not None and pairs:
        instance[kind.list_key] = pairs
    keys = [str(pair["key"]) for pair in pairs]
    for error in Draft202012Validator(kind.schema).iter_errors(instance):
        yield from _explain(error, kind, keys)


def _explain(error: "ValidationError", kind: CredentialType, pairs: list[str]) -> Iterator[tuple[str, str]]:
    path = list(error.absolute_path)
    wanted = error.validator_value
    if error.validator == "required" and isinstance(wanted, list) and isinstance(error.instance, dict):
        yield from ((str(key), "This is required.") for key in wanted if key not in error.instance)
    elif path:
        # fields[2].value: the third of the pairs
        is_pair = path[0] == kind.list_key and len(path) > 1 and isinstance(path[1], int)
        key = pairs[int(path[1])] if is_pair else str(path[0])
        yield key, _sentence(str(error.validator), wanted)


def _sentence(keyword: str, wanted: object) -> str:
    match keyword:
        case "minLength":
            return f"This must have at least {wanted} characters."
        case "maxLength":
            return f"This must have at most {wanted} characters."
        case "minimum":
            return f"This must be at least {wanted}."
        case "maximum":
            return f"This must be at most {wanted}."
        case "enum" if isinstance(wanted, list):
            return f"This must be one of {', '.join(map(str, wanted))}."
        case _:
            return "This does not have the expected form. See the field's description."
