"""How an `apiCall` goes from page to page: what `pagination` says, and where the next page is. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast
from urllib.parse import quote, unquote_plus

from engine.http.error import HttpError
from engine.http.header import Headers
from engine.model import Json
from engine.steps.api_body import refuse

Position: TypeAlias = int | float | str
"""Where a page is: a number, a cursor, or for `link` and `nextUrl` its address."""

MAX_PAGES = 1000
MAX_ITEMS = 100_000
BY_ADDRESS = frozenset({"link", "nextUrl"})
BY_NUMBER = frozenset({"page", "offset"})
KINDS = (*BY_ADDRESS, "cursor", *BY_NUMBER)

_PARAMETER = re.compile(r';\s*([\w*-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]+)))?')
_LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w*-]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]+))?)*)')
_STEP = re.compile(r"\[(\d{1,6})\]|\.?([^.\[\]]+)")


@dataclass(frozen=True, slots=True)
class PagePlan:
    """What the step's `pagination` says, checked."""

    kind: str
    items_path: str = ""
    next_path: str = ""
    parameter: str = ""
    body_field: str = ""
    start: int = 1
    page_size: int | None = None
    max_pages: int = 10
    max_items: int = 10_000

    @property
    def first(self) -> int | None:
        """The number of the first page, where pages have numbers."""
        return self.start if self.kind in BY_NUMBER else None


def page_plan(given: object) -> PagePlan | None:
    """The plan, or None for one answer. Raises HttpError `http.invalid_request`."""
    if given is None:
        return None
    if not isinstance(given, Mapping):
        refuse("pagination", "must be an object with a kind")
    kind = str(given.get("kind"))
    if kind not in KINDS:
        refuse("pagination.kind", "must be link, nextUrl, cursor, page or offset")
    plan = PagePlan(
        kind=kind,
        items_path=str(given.get("itemsPath", "")),
        next_path=str(given.get("nextPath", "")),
        parameter=str(given.get("parameter") or (kind if kind in BY_NUMBER else "")),
        body_field=str(given.get("bodyField", "")),
        start=_whole(given, "start", 0 if kind == "offset" else 1, least=0),
        page_size=_whole(given, "pageSize", 0, least=0) or None,
        max_pages=min(_whole(given, "maxPages", 10), MAX_PAGES),
        max_items=min(_whole(given, "maxItems", 10_000), MAX_ITEMS),
    )
    if kind in {"cursor", "nextUrl"} and not plan.next_path:
        refuse("pagination.nextPath", "must say where the answer names the next page")
    if kind == "cursor" and not plan.parameter and not plan.body_field:
        refuse("pagination.parameter", "must say under which name the cursor is sent")
    return plan


def _whole(given: Mapping[str, object], name: str, usual: int, *, least: int = 1) -> int:
    value = given.get(name, usual)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        refuse(f"pagination.{name}", f"must be a whole number from {least}")
    return value


def items_of(plan: PagePlan, data: Json, *, is_first: bool) -> list[Json]:
    """The items of a page. Raises HttpError `http.no_items`.

    null is an empty list, and so is what a later page leaves out. On the first it may be a misspelt path.
    """
    found = at_path(data, plan.items_path, missing=None if not is_first else "")
    if found is None:
        return []
    if isinstance(found, list):
        return found
    where = f"has no list at {plan.items_path}" if plan.items_path else "is not a list"
    raise HttpError(
        "http.no_items",
        f"The answer {where}, so its pages cannot be joined.",
        hint="Set pagination.itemsPath to where the items stand in an answer, such as data.items.",
    )


def next_position(
    plan: PagePlan, position: Position | None, data: Json, headers: Headers, *, count: int
) -> Position | None:
    """Where the page after one with `count` items is, or None when that was the last.

    Raises HttpError `http.invalid_request` for a next page that cannot be named.
    """
    if plan.kind == "link":
        return next_link(headers.get("link") or "")
    if plan.kind not in BY_NUMBER:
        found = at_path(data, plan.next_path)
        if found is None or found is False or (isinstance(found, str | list | Mapping) and not found):
            return None
        if not isinstance(found, str | int | float) or found is True:
            refuse("pagination.nextPath", "leads to what is neither a text nor a number")
        return found
    if not count or (plan.page_size is not None and count < plan.page_size):
        return None
    return cast("int", position) + (1 if plan.kind == "page" else count)


def next_link(header: str) -> str | None:
    """The target whose relation is `next`, of a Link header (RFC 8288)."""
    for target, parameters in _LINK.findall(header):
        relations = [
            quoted or token for name, quoted, token in _PARAMETER.findall(parameters) if name.lower() == "rel"
        ]
        if relations and "next" in relations[0].lower().split():
            return str(target)
    return None


def at_path(data: Json, path: str, *, missing: Json = None) -> Json:
    """What stands at `data.items[0].id`, or `missing`. A name with dots in it is found, too."""
    value = data
    position = 0
    while position < len(path):
        rest = path[position:].removeprefix(".")
        if isinstance(value, Mapping) and rest in value:
            return value[rest]
        found = _STEP.match(path, position)
        if found is None:
            return missing
        position = found.end()
        try:
            value = value[int(found[1])] if found[1] else value[found[2]]  # type: ignore[index]
        except (LookupError, TypeError):
            return missing
    return value


def at_position(
    params: Mapping[str, object], address: str, plan: PagePlan, position: Position
) -> Mapping[str, object]:
    """The step's params for the page at `position`; `address` is their URL with its query."""
    if plan.kind in BY_ADDRESS:
        return {**params, "url": str(position), "query": None}
    if plan.body_field:
        return {**params, "body": _with_field(params.get("body"), plan.body_field, position)}
    return {**params, "url": with_parameter(address, plan.parameter, str(position)), "query": None}


def with_parameter(address: str, name: str, value: str) -> str:
    """The address with this query parameter in place of any of its name."""
    path, _, query = address.partition("#")[0].partition("?")
    others = [each for each in query.split("&") if each and unquote_plus(each.partition("=")[0]) != name]
    own = f"{quote(name, safe='')}={quote(value, safe='')}"
    return f"{path}?{'&'.join([*others, own])}"


def _with_field(body: object, path: str, value: Position) -> Mapping[str, object]:
    kind = next(iter(body), "") if isinstance(body, Mapping) else ""
    inner = body.get(kind) if isinstance(body, Mapping) else None
    if kind not in {"json", "form"} or not isinstance(inner, Mapping):
        refuse("pagination.bodyField", "needs a body of the kind json or form, an object")
    names = path.split(".") if kind == "json" else [path]
    return {kind: _set(inner, names, value)}


def _set(inside: object, names: list[str], value: Position) -> dict[str, object]:
    copied = dict(inside) if isinstance(inside, Mapping) else {}
    first, *rest = names
    copied[first] = _set(copied.get(first), rest, value) if rest else value
    return copied
