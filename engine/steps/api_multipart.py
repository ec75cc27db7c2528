"""A body in parts, as a web form with files sends it (RFC 7578). Pure but for the files it names."""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from engine.steps.api_body import refuse, scalar_text
from engine.steps.api_file import LocalFile

Find: TypeAlias = Callable[[str], LocalFile]
"""The file of a name. Raises LoopiError `file.…`."""

FILE_TYPE = "application/octet-stream"

_TYPE = re.compile(
    r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(?:\s*;\s*[A-Za-z0-9_-]+=[^\x00-\x1f\x7f\"]+)?"
)
_BREAKS = {'"': "%22", "\r": "%0D", "\n": "%0A"}
_UNSAFE = re.compile(r'["\r\n]')


@dataclass(frozen=True, slots=True, repr=False)
class Joined:
    """Bytes and files, one after the other: a `StreamedBody`."""

    parts: tuple[bytes | LocalFile, ...]

    @property
    def size_bytes(self) -> int:
        return sum(len(part) if isinstance(part, bytes) else part.size_bytes for part in self.parts)

    def pieces(self) -> Iterator[bytes]:
        for part in self.parts:
            if isinstance(part, bytes):
                yield part
            else:
                yield from part.pieces()


def new_boundary() -> str:
    """What no value contains: it cannot be guessed, so no answer can be made to end a part."""
    return f"loopi-{secrets.token_hex(16)}"


def multipart_body(parts: object, boundary: str, find: Find) -> Joined:
    """The body of the step's `multipart`. Raises HttpError `http.invalid_request`, and as `find`."""
    written: list[bytes | LocalFile] = []
    for part in _parts(parts):
        content: bytes | LocalFile
        content = find(str(part["file"])) if "file" in part else _text(part).encode("utf-8", "replace")
        written += [
            f"--{boundary}\r\n{_head(part, content)}\r\n\r\n".encode("utf-8", "replace"),
            content,
            b"\r\n",
        ]
    return Joined((*written, f"--{boundary}--\r\n".encode()))


def shown_parts(parts: object) -> str:
    """The parts in words, one a line: `name=value`, or `name=@file`."""
    lines = [
        f"{part.get('name')}={'@' + str(part['file']) if 'file' in part else _text(part)}"
        for part in _parts(parts)
    ]
    return "\n".join(lines)


def _parts(parts: object) -> list[Mapping[str, object]]:
    if not isinstance(parts, list | tuple) or not parts:
        refuse("body.multipart", "must be a list of parts, each with a name, and a value or a file")
    found: list[Mapping[str, object]] = []
    for part in parts:
        if not isinstance(part, Mapping) or not part.get("name") or ("file" in part) == ("value" in part):
            refuse("body.multipart", "must give each part a name, and a value or a file")
        found.append(part)
    return found


def _text(part: Mapping[str, object]) -> str:
    return scalar_text(part["value"], f"body.multipart.{part['name']}")


def _head(part: Mapping[str, object], content: bytes | LocalFile) -> str:
    head = f'Content-Disposition: form-data; name="{_quoted(str(part["name"]))}"'
    kind = str(part.get("contentType") or "")
    if isinstance(content, LocalFile):
        name = str(part.get("fileName") or content.path.name)
        head += f'; filename="{_quoted(name)}"'
        kind = kind or FILE_TYPE
    if kind and not _TYPE.fullmatch(kind):
        refuse("body.multipart", "has a contentType that is none, such as image/png")
    return f"{head}\r\nContent-Type: {kind}" if kind else head


def _quoted(text: str) -> str:
    """As browsers write names (HTML, multipart form data): no value can end a line."""
    return _UNSAFE.sub(lambda found: _BREAKS[found[0]], text)
