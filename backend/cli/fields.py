"""The fields of a credential as a person or a program gives them. A value is never an argument."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from backend.cli.prompt import UsageProblem, ask_secret, ask_text
from backend.cli.session import MAX_STDIN_BYTES, Session, decode
from engine.errors import LoopiError
from engine.secrets import Secret

if TYPE_CHECKING:
    from backend.credentials.records import Record
    from backend.credentials.types import CredentialType, Field

INSTEAD = "Give the fields as JSON with --stdin or --file."


@dataclass(frozen=True, slots=True)
class Given:
    """New values by key, keys to clear, and which fields are said to be secret or not."""

    values: Mapping[str, Secret] = field(default_factory=dict)
    cleared: frozenset[str] = frozenset()
    is_secret: Mapping[str, bool] = field(default_factory=dict)

    def open_fields(self, before: frozenset[str] = frozenset()) -> frozenset[str]:
        """The fields that may be shown, `before` being those that could be until now."""
        opened = {key for key, is_secret in self.is_secret.items() if not is_secret}
        return (before | opened) - (self.is_secret.keys() - opened)


def read_fields(session: Session, *, file: Path | None, from_stdin: bool) -> Given | None:
    """The fields in a JSON object, or None when neither source was named. Raises UsageProblem."""
    if file is not None and from_stdin:
        raise UsageProblem(
            "usage.two_sources", "--stdin and --file exclude each other.", hint="Give one of them."
        )
    if from_stdin:
        return parse_fields(session.read_stdin())
    return None if file is None else parse_fields(decode(_content(file), what=str(file)))


def parse_fields(text: str) -> Given:
    """From `{key: value}`, `{key: {"value", "secret"}}` or `{key: {"op", "value"}}`; shows no value."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        # `from None`: the exception holds the text.
        raise _not_fields("it is not JSON") from None
    if not isinstance(document, dict):
        raise _not_fields("it is no JSON object")
    values: dict[str, Secret] = {}
    cleared: set[str] = set()
    is_secret: dict[str, bool] = {}
    for key, found in document.items():
        match found:
            case {"op": "keep", **rest} if not rest:
                continue
            case {"op": "clear", **rest} if not rest:
                cleared.add(key)
            case {"op": "set", "value": value, **rest} if not rest:
                values[key] = _value(key, value)
            case {"value": value, "secret": bool(secret), **rest} if not rest:
                values[key], is_secret[key] = _value(key, value), secret
            case _:
                values[key] = _value(key, found)
    return Given(values, frozenset(cleared), is_secret)


def ask_fields(kind: "CredentialType", record: "Record | None" = None) -> Given:
    """Ask for each field, the secret ones unseen. With a record, an empty answer keeps what is there."""
    values: dict[str, Secret] = {}
    for each in kind.fields:
        answer = _ask(each, record)
        if answer:
            values[each.key] = Secret(answer)
    is_secret: dict[str, bool] = {}
    if kind.list_key is not None:
        _ask_own(values, is_secret)
    return Given(values, is_secret=is_secret)


def _ask(each: "Field", record: "Record | None") -> str:
    question = each.title or each.key
    if each.choices:
        question += f" ({', '.join(each.choices)})"
    before = record.fields.get(each.key) if record else None
    if record is not None:
        question += " (empty keeps it)" if before is not None else " (empty leaves it out)"
    elif not each.is_required:
        question += " (optional)"
    return ask_secret(question, instead=INSTEAD) if each.is_secret else ask_text(question, instead=INSTEAD)


def _ask_own(values: dict[str, Secret], is_secret: dict[str, bool]) -> None:
    """Fields with names of one's own, until a name is left empty."""
    while key := ask_text("Name of a field (empty when done)", instead=INSTEAD).strip():
        secret = ask_text("Is it secret? (Y/n)", instead=INSTEAD).strip().lower() not in {"n", "no"}
        ask = ask_secret if secret else ask_text
        values[key], is_secret[key] = Secret(ask(f"Value of {key}", instead=INSTEAD)), secret


def _content(file: Path) -> bytes:
    from backend.store.errors import unreadable

    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_STDIN_BYTES + 1)
    except OSError as error:
        raise unreadable(file, error) from error
    if len(content) > MAX_STDIN_BYTES:
        raise _not_fields("it is larger than 16 MiB")
    return content


def _value(key: str, found: object) -> Secret:
    match found:
        case str():
            return Secret(found)
        case bool() | int() | float():
            return Secret(json.dumps(found))
        case _:
            raise _not_fields(f"the field {key[:64]!r} is neither text nor a number")


def _not_fields(reason: str) -> LoopiError:
    return UsageProblem(
        "usage.not_fields",
        f"The fields could not be read: {reason}.",
        hint='Give one JSON object, like {"apiKey": "…", "apiUrl": "https://api.example.com/"}.',
    )
