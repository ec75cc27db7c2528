"""The Electron app's steps that work on data, as one `setVariable` with a template each. Pure.

Which filter stands for which operation is in docs/templates.md, under Steps of the Electron app.
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from backend.importers.loopi_template import Names, quoted

Fields: TypeAlias = Mapping[str, object]
Expression: TypeAlias = Callable[[Fields, Names], str | None]
_PLACE = re.compile(r"\{([abvnu])\}")


def expression(step: Fields, names: Names) -> str | None:
    """What the step computes, or None for an operation that is not known."""
    make = _TYPES.get(str(step.get("type")))
    return make(step, names) if make else None


def _math(step: Fields, names: Names) -> str | None:
    first, second = names.number(step.get("valueA")), names.number(step.get("valueB"))
    templates = {
        "add": "{a} + {b}",
        "subtract": "{a} - {b}",
        "multiply": "{a} * {b}",
        "divide": "{a} / {b}",
        "modulo": "{a} | remainder({b})",
        "power": "{a} | power({b})",
        "abs": "{a} | abs",
        "round": "{a} | round",
        "floor": "{a} | floor",
        "ceil": "{a} | ceil",
        "min": "[{a}, {b}] | min",
        "max": "[{a}, {b}] | max",
        "random": "random | between({a}, {b})",
    }
    return _filled(templates, step, a=first, b=second)


def _string(step: Fields, names: Names) -> str | None:
    value = names.operand(step.get("value"))
    first, second = names.operand(step.get("param1")), names.operand(step.get("param2"))
    has_second = step.get("param2") not in (None, "")
    templates = {
        "uppercase": "{v} | upper",
        "lowercase": "{v} | lower",
        "trim": "{v} | trim",
        "replace": "{v} | replace({a}, {b})",
        "split": "{v} | split({a})",
        "join": "{v} | join({a})",
        "substring": "{v} | slice({a}, {b})" if has_second else "{v} | slice({a})",
        "length": "{v} | length",
        "includes": "{v} | contains({a})",
        "startsWith": "{v} | startsWith({a})",
        "endsWith": "{v} | endsWith({a})",
        "padStart": "{v} | padStart({a}, {b})" if has_second else "{v} | padStart({a})",
        "padEnd": "{v} | padEnd({a}, {b})" if has_second else "{v} | padEnd({a})",
        "repeat": "{v} | repeat({a})",
        "reverse": "{v} | reverse",
    }
    return _filled(templates, step, v=value, a=first, b=second)


def _date(step: Fields, names: Names) -> str | None:
    value = names.operand(step.get("value")) if step.get("value") else "now"
    form = quoted(str(step["format"])) if step.get("format") else ""
    amount, unit = names.number(step.get("amount") or 0), quoted(str(step.get("unit") or "days"))
    templates = {
        "now": "now | date({a})" if form else "now",
        "timestamp": "{v} | timestamp",
        "parse": "{v} | parseDate({a})" if form else '{v} | inZone("UTC")',
        "format": "{v} | date({a})" if form else '{v} | inZone("UTC")',
        "add": "{v} | addTime({n}, {u})",
        "subtract": "{v} | addTime(-{n}, {u})",
        "diff": "{v} | diff({n}, {u})",
        "dayOfWeek": "{v} | dayOfWeek",
        "startOf": "{v} | startOf({u})",
        "endOf": "{v} | endOf({u})",
    }
    if step.get("operation") == "diff":
        amount = names.operand(step.get("amount"))
    return _filled(templates, step, v=value, a=form, n=amount, u=unit)


def _filter(step: Fields, names: Names) -> str | None:
    condition = str(step.get("condition"))
    ours = {"truthy": "isNotEmpty", "falsy": "isEmpty"}.get(condition, condition)
    known = ("equals", "notEquals", "contains", "greaterThan", "lessThan", "exists", "isNotEmpty", "isEmpty")
    if ours not in known:
        return None
    compared = names.operand(step.get("compareValue"))
    source = names.source(step.get("sourceVariable"))
    return f"{source} | where({_field(step, 'field')}, {compared}, {quoted(ours)})"


def _map(step: Fields, names: Names) -> str | None:
    return f"{names.source(step.get('sourceVariable'))} | pluck({_field(step, 'expression')})"


def _parse(step: Fields, names: Names) -> str | None:
    path = f" | get({_field(step, 'path')})" if step.get("path") else ""
    return f"{_input(step, names)} | fromJson{path}"


def _stringify(step: Fields, names: Names) -> str | None:
    path = f" | get({_field(step, 'path')})" if step.get("path") else ""
    return f"{_input(step, names)}{path} | json{'(2)' if step.get('pretty') else ''}"


def _input(step: Fields, names: Names) -> str:
    if step.get("sourceVariable"):
        return names.source(step["sourceVariable"])
    return names.operand(step.get("input"))


def _field(step: Fields, key: str) -> str:
    """A path into an item, without the braces or the item's name that some have."""
    return quoted(str(step.get(key) or "").strip().removeprefix("{{").removesuffix("}}").strip())


def _filled(templates: Mapping[str, str], step: Fields, **parts: str) -> str | None:
    template = templates.get(str(step.get("operation")))
    # In one pass: what a part brings along is no place for another one.
    return None if template is None else _PLACE.sub(lambda found: parts[found[1]], template)


_TYPES: Mapping[str, Expression] = {
    "mathOperation": _math,
    "stringOperation": _string,
    "dateTime": _date,
    "filterArray": _filter,
    "mapArray": _map,
    "jsonParse": _parse,
    "jsonStringify": _stringify,
}
DATA_TYPES = frozenset(_TYPES)
