"""What a JSON Schema finds wrong with a document, in words for a person. No message shows a value."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias, cast

from engine.template.errors import nearest

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

Found: TypeAlias = Iterator[tuple[str, str]]
_KINDS = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


def complaints(validator: "Draft202012Validator", document: object) -> Found:
    """All that is wrong, in the order of the paths: `(path, message)`, with a path as in `retry.attempts`."""
    errors = validator.iter_errors(document)
    for error in sorted(errors, key=lambda each: [str(part) for part in each.absolute_path]):
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path)
        for name, message in _WORDS.get(str(error.validator), _other)(error):
            yield f"{path}.{name}".lstrip(".") if name else path.lstrip("."), message


def _other(_error: "ValidationError") -> Found:
    yield "", "does not fit here"


def _required(error: "ValidationError") -> Found:
    given = cast("Mapping[str, object]", error.instance)
    name = next(each for each in _list(error) if repr(each) in error.message and each not in given)
    yield str(name), "is missing"


def _extra(error: "ValidationError") -> Found:
    known = list(cast("Mapping[str, Mapping[str, object]]", error.schema)["properties"])
    for name in sorted(set(cast("Mapping[str, object]", error.instance)) - set(known)):
        near = nearest(name, known)
        yield name[:60], "is not a field here" + (f"; did you mean {near}?" if near else "")


def _list(error: "ValidationError") -> list[object]:
    wanted = error.validator_value
    return wanted if isinstance(wanted, list) else [wanted]


def _type(error: "ValidationError") -> Found:
    yield "", "must be " + " or ".join(_KINDS[str(each)] for each in _list(error))


def _enum(error: "ValidationError") -> Found:
    listed = _list(error)
    near = nearest(error.instance, map(str, listed)) if isinstance(error.instance, str) else None
    yield "", f"must be one of {', '.join(map(str, listed))}" + (f"; did you mean {near}?" if near else "")


def _pattern(error: "ValidationError") -> Found:
    yield "", _PATTERNS.get(str(error.validator_value), f"must match {error.validator_value}")


def _one(message: Callable[[object], str]) -> Callable[["ValidationError"], Found]:
    def found(error: "ValidationError") -> Found:
        yield "", message(error.validator_value)

    return found


_PATTERNS = {
    "^[A-Za-z0-9_-]{1,100}$": "must be 1 to 100 letters, digits, _ or -",
    "^[A-Za-z_][A-Za-z0-9_]{0,99}$": "must be letters, digits and _, and not begin with a digit",
}
_COMPARISON = "must be a comparison (left, operator, right), or one of all, any, not"
_WORDS: Mapping[str, Callable[["ValidationError"], Found]] = {
    "required": _required,
    "additionalProperties": _extra,
    "type": _type,
    "enum": _enum,
    "const": _one(lambda wanted: f"must be {wanted!r}"),
    "minLength": _one(lambda least: "must not be empty" if least == 1 else f"must have {least} characters"),
    "maxLength": _one(lambda most: f"must have {most} characters at most"),
    "minimum": _one(lambda least: f"must be {least} or more"),
    "maximum": _one(lambda most: f"must be {most} or less"),
    "minItems": _one(lambda least: f"must have {least} items or more"),
    "exclusiveMinimum": _one(lambda least: f"must be more than {least}"),
    "minProperties": _one(lambda _least: "must not be empty"),
    "maxProperties": _one(lambda most: f"must have {most} field{'s' if most != 1 else ''} at most"),
    "maxItems": _one(lambda most: f"must have {most} items at most"),
    "pattern": _pattern,
    "oneOf": _one(lambda _branches: _COMPARISON),
}
