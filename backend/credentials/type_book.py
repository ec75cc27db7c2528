"""All credential types: those that come with the program, and the user's own, one schema file each."""

import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from backend.credentials import extension, subset
from backend.credentials.errors import CredentialError, unknown_type
from backend.credentials.subset import Schema
from backend.credentials.types import CredentialType, read_type
from engine.strict_json import no_constant, once

SUFFIX = ".schema.json"
MAX_BYTES = 256 * 1024
MAX_FILES = 200
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class TypeBook:
    """The types by id, built-in ones first, and what was wrong with the user's files that were left out."""

    types: Mapping[str, CredentialType]
    problems: tuple[CredentialError, ...] = ()

    @classmethod
    def load(cls, builtin: Path, user_dir: Path | None = None) -> "TypeBook":
        """Read `*.schema.json` of both folders. A missing `user_dir` is an empty one.

        The shipped files are taken as they are (their check is a test); a user's file has to pass all of it.
        """
        types = {found.id: found for found in _builtin(builtin)}
        taken = {type_id.casefold() for type_id in types}
        problems: list[CredentialError] = []
        for file in _files(user_dir, problems):
            try:
                found = _own(file, taken)
            except CredentialError as problem:
                problems.append(problem)
            else:
                types[found.id] = found
        return cls(types, tuple(problems))

    def get(self, type_id: str) -> CredentialType:
        """Raises CredentialError `credential.unknown_type`."""
        found = self.types.get(type_id)
        if found is None:
            raise unknown_type(type_id)
        return found

    def find(self, type_id: str) -> CredentialType | None:
        """As `get`, or None when there is none."""
        return self.types.get(type_id)


def _builtin(folder: Path) -> Iterator[CredentialType]:
    for file in sorted(folder.glob(f"*{SUFFIX}")):
        schema = json.loads(file.read_text(encoding="utf-8"))
        yield read_type(file.name.removesuffix(SUFFIX), schema, is_builtin=True)


def _files(folder: Path | None, problems: list[CredentialError]) -> list[Path]:
    if folder is None or not folder.exists():
        return []
    try:
        files = sorted(file for file in folder.iterdir() if file.name.endswith(SUFFIX))
    except OSError as failed:
        problems.append(_unreadable(folder, failed.strerror or "the system refused"))
        return []
    too_many = f"the folder holds more than {MAX_FILES} types"
    problems.extend(_unreadable(file, too_many) for file in files[MAX_FILES:])
    return files[:MAX_FILES]


def _own(file: Path, taken: set[str]) -> CredentialType:
    type_id = file.name.removesuffix(SUFFIX)
    if not _NAME.fullmatch(type_id):
        raise _refused(file, "A type's file is named by a letter, then letters, digits, - and _.")
    # Windows and macOS would open Twitter.schema.json and twitter.schema.json as one file.
    if type_id.casefold() in taken:
        raise CredentialError(
            "credential_type.reserved",
            f"{file} was left out: the program has a type “{type_id}” of its own.",
            hint="Give the file another name. A type that comes with the program cannot be replaced.",
        )
    schema = _parse(file, _read(file))
    found = (*subset.problems(schema), *extension.problems(schema))
    if found:
        raise _refused(file, "; ".join(map(str, found)) + ".")
    return read_type(type_id, schema, is_builtin=False)


def _read(file: Path) -> bytes:
    """The bytes of a regular file inside its folder, never more than MAX_BYTES of them."""
    try:
        real = file.resolve(strict=True)
        if not real.is_relative_to(file.parent.resolve()):
            raise CredentialError(
                "credential_type.outside_folder",
                f"{file} was left out: it is a link to a file outside its folder.",
                hint="Put the file itself into the folder.",
            )
        # Without O_NONBLOCK, opening a pipe would wait for a writer for ever.
        handle = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as opened:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise _unreadable(file, "it is not a regular file")
            content = opened.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as failed:
        raise _unreadable(file, getattr(failed, "strerror", None) or "its links lead nowhere") from None
    if len(content) > MAX_BYTES:
        raise CredentialError(
            "credential_type.too_large",
            f"{file} was left out: it is larger than {MAX_BYTES // 1024} KB.",
            hint="A type needs a few kilobytes. Shorten its texts.",
        )
    return content


def _parse(file: Path, content: bytes) -> Schema:
    try:
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=once, parse_constant=no_constant)
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair could not be shown
    except (ValueError, RecursionError) as wrong:
        place = f" (line {wrong.lineno})" if isinstance(wrong, json.JSONDecodeError) else ""
        raise _refused(file, f"It is not JSON in UTF-8{place}, or says a thing twice.") from None
    if not isinstance(found, dict):
        raise _refused(file, "It must be a JSON object.")
    return found


def _unreadable(file: Path, reason: str) -> CredentialError:
    return CredentialError(
        "credential_type.unreadable",
        f"{file} was left out: {reason}.",
        hint="See that the file can be read, then start again.",
    )


def _refused(file: Path, reason: str) -> CredentialError:
    return CredentialError(
        "credential_type.invalid",
        f"{file} was left out. {reason}",
        hint="docs/credentials.md shows how a type of your own is written.",
    )
