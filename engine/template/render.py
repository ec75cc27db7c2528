"""Fields with placeholders: what variables fill now, and what only a credential can fill later.

A value is inserted once and never read as a template again. What refers to `credentials` stays a hole
(`Slot`) in a `Deferred` text, so nothing that came from a variable or an answer can ever turn into a
reference to a secret.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias
from urllib.parse import quote

from engine.template import CREDENTIALS
from engine.template.errors import TemplateError, shown, too_large
from engine.template.expression import Expression, Lookup, expression
from engine.template.operators import MAX_SIZE, encodable, text

Place: TypeAlias = Literal["plain", "base", "authority", "path", "part"]

_RAW = re.compile(r"\|\s{0,20}raw\s{0,20}$")
_AUTHORITY = re.compile(r"[a-z][a-z0-9+.-]*:[/\\]*[^/?#]*", re.IGNORECASE)
_ENOUGH = 2_000
_HOST = re.compile(r"[\w.:\[\]-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One `{{ … }}`; `is_raw` when it ends in `| raw`."""

    expression: Expression
    is_raw: bool

    @property
    def is_credential(self) -> bool:
        """Whether a credential fills it, when a request is made."""
        return CREDENTIALS in self.expression.names


@dataclass(frozen=True, slots=True)
class Slot:
    """A hole that a credential fills; `place` says how its value is written there.

    `values` are those of the variables beside it: what a signature signs is settled before the key comes.
    """

    expression: Expression
    place: Place
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deferred:
    """A text that waits for a credential."""

    parts: tuple[str | Slot, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A field, taken apart. `names` are the variables that it starts from."""

    parts: tuple[str | Placeholder, ...]
    names: frozenset[str]


@lru_cache(maxsize=4096)
def template(source: str) -> Template:
    """Take a field apart. Raises TemplateError `template.…`, also for an expression inside."""
    parts: list[str | Placeholder] = []
    position = 0
    while (start := source.find("{{", position)) >= 0:
        if start > position:
            parts.append(source[position:start])
        end = _end(source, start + 2)
        inner = source[start + 2 : end]
        stripped = _RAW.sub("", inner)
        parts.append(Placeholder(expression(stripped), is_raw=stripped != inner))
        position = end + 2
    if position < len(source) or not parts:
        parts.append(source[position:])
    names = frozenset().union(*(part.expression.names for part in parts if isinstance(part, Placeholder)))
    return Template(tuple(parts), names)


def _end(source: str, start: int) -> int:
    """Where the `}}` stands that closes the placeholder: quoted text and nested braces are passed over."""
    quoted, depth, position = "", 0, start
    while position < len(source):
        character = source[position]
        if quoted:
            position += character == "\\"
            quoted = "" if character == quoted else quoted
        elif character in "\"'":
            quoted = character
        elif character == "{":
            depth += 1
        elif character == "}" and depth:
            depth -= 1
        elif source.startswith("}}", position):
            return position
        position += 1
    opened = source[start - 2 : start + 30]
    message = f"{opened!r} opens a placeholder that never ends."
    raise TemplateError("template.syntax", message, hint="Close it with }}.")


def render(source: str, lookup: Lookup) -> object:
    """Fill a field: a text, or a Deferred with credentials in it.

    One placeholder alone keeps its value's type.
    """
    parts = template(source).parts
    only = parts[0]
    if len(parts) == 1 and isinstance(only, Placeholder) and not only.is_credential:
        return only.expression.compute(lookup)
    filled = [part if isinstance(part, str) else _filled(part, lookup, "plain") for part in parts]
    return _assembled(filled, source)


def render_url(source: str, lookup: Lookup) -> str | Deferred:
    """Fill a URL. Each value is percent-encoded for the place where it stands.

    A base URL at the very start is not, and neither is what ends in `| raw`.
    """
    written: list[str | Slot] = []
    head = ""
    for part in template(source).parts:
        filled = part if isinstance(part, str) else _filled(part, lookup, _place(written, head, part))
        written.append(filled)
        if isinstance(filled, str):
            head = _enough(head + filled)
    return _assembled(written, source)


def _enough(head: str) -> str:
    """Of the text before a placeholder, what says where that stands: not all of it is read for each again."""
    if "?" in head or "#" in head:
        return "?"
    if len(head) <= _ENOUGH:
        return head
    return head[:_ENOUGH] if _AUTHORITY.fullmatch(head) else "/"


def _place(before: Sequence[str | Slot], head: str, part: Placeholder) -> Place:
    if not before:
        return "base"
    if part.is_raw:
        return "plain"
    # What follows a credential's own URL never counts as its host: a dot, a colon or an @ would change it.
    if isinstance(before[0], str) and _AUTHORITY.fullmatch(head):
        return "authority"
    return "part" if "?" in head or "#" in head else "path"


def _filled(part: Placeholder, lookup: Lookup, place: Place) -> str | Slot:
    if part.is_credential:
        beside = part.expression.names - {CREDENTIALS}
        return Slot(part.expression, place, {name: lookup(name) for name in sorted(beside)})
    return encoded(part.expression.compute(lookup), place)


def encoded(value: object, place: Place) -> str:
    """A value as it is written at a place of a URL, or as plain text.

    Raises TemplateError `template.host` or `template.dots`, and as `text`.
    """
    written = text(value)
    if place == "authority" and not _HOST.fullmatch(written):
        raise TemplateError(
            "template.host",
            "A value that stands where the host of a URL belongs is not a host name.",
            hint="A host has letters, digits, dots, hyphens and perhaps a port: api.example.com:8443.",
        )
    if place == "path" and written in {".", ".."}:
        raise TemplateError(
            "template.dots",
            "A value in the path of a URL is . or .., which would lead to another address.",
            hint="Look where the value comes from. If it is meant, write it with | raw.",
        )
    return quote(encodable(written), safe="") if place in {"path", "part"} else written


def _assembled(parts: list[str | Slot], source: str) -> str | Deferred:
    if sum(len(part) for part in parts if isinstance(part, str)) > MAX_SIZE:
        raise too_large(shown(source))
    texts = [part for part in parts if isinstance(part, str)]
    return "".join(texts) if len(texts) == len(parts) else Deferred(tuple(parts))


def render_tree(value: object, lookup: Lookup) -> object:
    """Fill every text inside a JSON value; keys stay as they are written."""
    if isinstance(value, str):
        return render(value, lookup) if "{{" in value else value
    if isinstance(value, Mapping | list | tuple):
        return _mapped(value, lambda inner: render_tree(inner, lookup))
    return value


def fill(value: object, compute: Callable[[Slot], tuple[str, str]]) -> tuple[object, object]:
    """Fill the holes of every Deferred inside a value, in two versions; `compute` is asked once for each."""
    if isinstance(value, str):
        return value, value
    if isinstance(value, Deferred):
        parts = [(part, part) if isinstance(part, str) else compute(part) for part in value.parts]
        # A file may name a long secret a million times over.
        if sum(len(each[0]) for each in parts) > MAX_SIZE:
            raise too_large("A text with credentials")
        return "".join(each[0] for each in parts), "".join(each[1] for each in parts)
    if isinstance(value, Mapping):
        pairs = {key: fill(inner, compute) for key, inner in value.items()}
        return {key: pair[0] for key, pair in pairs.items()}, {key: pair[1] for key, pair in pairs.items()}
    if isinstance(value, list | tuple):
        both = [fill(inner, compute) for inner in value]
        return [pair[0] for pair in both], [pair[1] for pair in both]
    return value, value


def _mapped(value: object, change: Callable[[object], object]) -> object:
    if isinstance(value, Mapping):
        return {key: change(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [change(inner) for inner in value]
    return value


def is_deferred(value: object) -> bool:
    """Whether a credential is still to be filled in somewhere inside."""
    if isinstance(value, Mapping):
        return any(map(is_deferred, value.values()))
    if isinstance(value, list | tuple):
        return any(map(is_deferred, value))
    return isinstance(value, Deferred)
