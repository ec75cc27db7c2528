"""Checks what a credential type's schema says under `x-loopi`: signing, hosts, set-up steps, icon. Pure."""

import re
from collections.abc import Iterator, Mapping

from backend.credentials.hosts import HostSyntaxError, normalise
from backend.credentials.subset import EXTENSION, Problem, Schema
from backend.credentials.types import ROLES, Field, read_fields
from engine.http.header import FRAMING

_KEYS = {"signing", "hosts", "hostsFromField", "setup", "test", "icon"}
_SIGNING_KEYS = {"kind", "name", "value", "fields"}
_ICON = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a token of RFC 9110, section 5.6.2
_PLACEHOLDER = re.compile(r"\{\{\s*credentials\.([A-Za-z0-9_]+)\s*\}\}")


def problems(schema: Schema) -> tuple[Problem, ...]:
    """What is wrong with `x-loopi` and with what it says about the fields. Empty when all is well."""
    fields = {field.key: field for field in read_fields(schema)}
    return tuple(_problems(schema, schema.get(EXTENSION, {}), fields))


def _problems(schema: Schema, found: object, fields: Mapping[str, Field]) -> Iterator[Problem]:
    if not isinstance(found, dict):
        yield Problem(EXTENSION, "must be an object")
        return
    for key in found.keys() - _KEYS:
        yield Problem(f"{EXTENSION}.{key}", "is not known")
    yield from _lists(schema)
    yield from _signing(found.get("signing", {"kind": "none"}), fields)
    yield from _hosts(found.get("hosts", []))
    yield from _hosts_from_field(found.get("hostsFromField"), fields)
    yield from _setup(found.get("setup", []))
    yield from _tests(found.get("test", []), fields)
    icon = found.get("icon", "key-round")
    if not isinstance(icon, str) or not _ICON.fullmatch(icon):
        yield Problem(f"{EXTENSION}.icon", "must be the name of a Lucide icon, like key-round")


def _lists(schema: Schema) -> Iterator[Problem]:
    properties = schema.get("properties")
    fields = properties.values() if isinstance(properties, dict) else ()
    if sum(isinstance(field, dict) and field.get("type") == "array" for field in fields) > 1:
        yield Problem("properties", "must hold one list of named values at most")


def _signing(found: object, fields: Mapping[str, Field]) -> Iterator[Problem]:
    place = f"{EXTENSION}.signing"
    if not isinstance(found, dict) or found.get("kind") not in ROLES:
        yield Problem(f"{place}.kind", f"must be one of {', '.join(ROLES)}")
        return
    for key in found.keys() - _SIGNING_KEYS:
        yield Problem(f"{place}.{key}", "is not known")
    yield from _roles(found["kind"], found.get("fields", {}), fields)
    if found["kind"] in ("header", "query"):
        yield from _placed(found, fields)
    elif found.keys() & {"name", "value"}:
        yield Problem(place, "takes name and value with the kinds header and query only")


def _roles(kind: str, found: object, fields: Mapping[str, Field]) -> Iterator[Problem]:
    place = f"{EXTENSION}.signing.fields"
    if not isinstance(found, dict):
        yield Problem(place, "must be an object")
        return
    for role, key in found.items():
        if role not in ROLES[kind]:
            yield Problem(f"{place}.{role}", f"is not a role of {kind}")
        elif key not in fields:
            yield Problem(f"{place}.{role}", "must name one of the properties")
    for role, is_needed in ROLES[kind].items():
        if is_needed and role not in found:
            yield Problem(f"{place}.{role}", f"must be there for {kind}")


def _placed(found: Mapping[str, object], fields: Mapping[str, Field]) -> Iterator[Problem]:
    place = f"{EXTENSION}.signing"
    name, value = found.get("name"), found.get("value")
    if not isinstance(name, str) or not _HEADER.fullmatch(name) or name.lower() in FRAMING:
        yield Problem(f"{place}.name", "must be the name of a header or query parameter that may be set")
    if not isinstance(value, str) or not value.isprintable():
        yield Problem(f"{place}.value", "must be a text with {{credentials.…}} in it")
        return
    if not _PLACEHOLDER.search(value):
        yield Problem(f"{place}.value", "must hold {{credentials.<property>}}, and no other placeholder")
    yield from _placeholders(f"{place}.value", value, fields)


def _placeholders(place: str, value: str, fields: Mapping[str, Field]) -> Iterator[Problem]:
    if "{" in _PLACEHOLDER.sub("", value):
        yield Problem(place, "must hold {{credentials.<property>}}, and no other placeholder")
    for key in _PLACEHOLDER.findall(value):
        if key not in fields:
            yield Problem(place, f"names credentials.{key}, which is not among the properties")


def _hosts(found: object) -> Iterator[Problem]:
    place = f"{EXTENSION}.hosts"
    if not isinstance(found, list) or not all(isinstance(entry, str) for entry in found):
        yield Problem(place, "must be a list of hosts")
        return
    for index, entry in enumerate(found):
        try:
            normalised = normalise(entry)
        except HostSyntaxError as wrong:
            yield Problem(f"{place}[{index}]", f"must be a host: {wrong}")
            continue
        if normalised != entry:
            yield Problem(f"{place}[{index}]", f"must be written {normalised}")


def _hosts_from_field(found: object, fields: Mapping[str, Field]) -> Iterator[Problem]:
    place = f"{EXTENSION}.hostsFromField"
    if found is not None and (not isinstance(found, str) or found not in fields):
        yield Problem(place, "must name one of the properties")
    elif isinstance(found, str) and fields[found].is_secret:
        yield Problem(place, "must name a property that is not secret")


def _setup(found: object) -> Iterator[Problem]:
    place = f"{EXTENSION}.setup"
    if not isinstance(found, list):
        yield Problem(place, "must be a list")
        return
    for index, step in enumerate(found):
        texts = isinstance(step, dict) and all(isinstance(value, str) for value in step.values())
        if not texts or not {"title", "text"} <= step.keys() <= {"title", "text", "url"}:
            yield Problem(f"{place}[{index}]", "must hold title, text and perhaps url, all texts")
        elif not step.get("url", "https://").startswith("https://"):
            yield Problem(f"{place}[{index}].url", "must begin with https://")


def _tests(found: object, fields: Mapping[str, Field]) -> Iterator[Problem]:
    place = f"{EXTENSION}.test"
    if not isinstance(found, list):
        yield Problem(place, "must be a list")
        return
    for index, probe in enumerate(found):
        here = f"{place}[{index}]"
        texts = isinstance(probe, dict) and all(isinstance(value, str) for value in probe.values())
        if not texts or not {"url"} <= probe.keys() <= {"host", "url"}:
            yield Problem(here, "must hold url and perhaps host, both texts")
            continue
        if not probe["url"].startswith("https://") or not probe["url"].isprintable():
            yield Problem(f"{here}.url", "must begin with https://")
        yield from _placeholders(f"{here}.url", probe["url"], fields)
        if "host" in probe:
            yield from _hosts([probe["host"]])
