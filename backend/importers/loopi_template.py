"""Placeholders of the Electron app, in our notation. Pure.

There an unknown name is empty text, here it stops the step: a name that nothing sets gets a default.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from backend.importers.literal import literal

_PLACEHOLDER = re.compile(r"\{\{(\s*+[^{}\s][^{}]*+)\}\}")
_PATH = re.compile(r"([^.\[\]|\"'\s]+)((?:\.[^.\[\]|\"'\s]+|\[\d{1,9}\])*)")
_PART = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_PLAIN = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,15})(\.\d{1,15})?")
EMPTY = 'default("")'
"""What a name that nothing sets gets: there it was empty text."""
# What an API call left under its key from version 1.7 on: the whole answer, not its body.
_ANSWER = frozenset({"data", "status", "headers"})


@dataclass(frozen=True, slots=True)
class Names:
    """`known` are the names that something sets; `answers` the API call's step id by its storeKey."""

    known: frozenset[str]
    answers: Mapping[str, str]

    def text(self, value: object) -> object:
        """A field as we write it. What is no text stays as it is."""
        if not isinstance(value, str):
            return value
        parts: list[str] = []
        end = 0
        for found in _PLACEHOLDER.finditer(value):
            expression = self.path(found[1])
            parts.append(literal(value[end : found.start()]))
            parts.append(literal(found[0]) if expression is None else f"{{{{{expression}}}}}")
            end = found.end()
        return "".join([*parts, literal(value[end:])])

    def tree(self, value: object) -> object:
        """`text` for all texts of a value."""
        if isinstance(value, dict):
            return {key: self.tree(part) for key, part in value.items()}
        return [self.tree(part) for part in value] if isinstance(value, list) else self.text(value)

    def path(self, written: str) -> str | None:
        """The expression of a name or path, or None for what is none."""
        found = _PATH.fullmatch(written.strip().removeprefix("{{").removesuffix("}}").strip())
        if found is None:
            return None
        root, parts = variable(found[1]), _PART.findall(found[2])
        if root in self.answers and parts and parts[0][0] in _ANSWER:
            return "steps" + _rest([(self.answers[root], ""), *parts])
        expression = root + _rest(parts)
        return expression if root in self.known else f"{expression} | {EMPTY}"

    def source(self, written: object) -> str:
        """An expression for a field that holds a variable's name or path; a text that is none is itself."""
        named = self.path(str(written or ""))
        return self.operand(written) if named is None else _closed(named)

    def operand(self, written: object) -> str:
        """An expression for what a field gives: a path, a number, a text, or several of them joined."""
        if not isinstance(written, str):
            return json.dumps(written if written is not None else "", ensure_ascii=False)
        if _NUMBER.fullmatch(written.strip()):
            return written.strip()
        joined: list[str] = []
        end = 0
        for found in _PLACEHOLDER.finditer(written):
            expression = self.path(found[1])
            joined += [quoted(written[end : found.start()])] if found.start() > end else []
            joined.append(quoted(found[0]) if expression is None else _closed(expression))
            end = found.end()
        joined += [quoted(written[end:])] if end < len(written) or not joined else []
        return joined[0] if len(joined) == 1 else f"({' ~ '.join(joined)})"

    def number(self, written: object) -> str:
        """As `operand`, as a number."""
        operand = self.operand(written)
        return operand if _NUMBER.fullmatch(operand) else f"({as_number(operand)})"


def as_number(expression: str) -> str:
    """The expression as a number; a name that nothing sets is 0."""
    return f"{expression.replace(EMPTY, 'default(0)')} | number"


def variable(name: str) -> str:
    """A name that we allow, from any: `my-name` becomes `my_name`."""
    clean = re.sub(r"\W", "_", name.strip(), flags=re.ASCII)[:100]
    return clean if _PLAIN.fullmatch(clean) else f"_{clean}"[:100]


def quoted(text: str) -> str:
    """A text as an expression has it."""
    return json.dumps(text, ensure_ascii=False)


def _closed(expression: str) -> str:
    """The expression as a part of another one."""
    return f"({expression})" if "|" in expression else expression


def _rest(parts: list[tuple[str, str]]) -> str:
    return "".join(
        f"[{index}]" if index else f".{key}" if _PLAIN.fullmatch(key) else f"[{quoted(key)}]"
        for key, index in parts
    )
