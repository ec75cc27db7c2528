"""The page's files, read once into memory: a path is looked up in a table and opens nothing."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

INDEX = "/index.html"
MIN_GZIP_BYTES = 1024
TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}
_PACKED = frozenset({".html", ".js", ".css", ".svg", ".json", ".txt"})


@dataclass(frozen=True)
class PageFile:
    """One file with its type. `packed` is its content through gzip, or None when that is not worth it."""

    content: bytes
    content_type: str
    may_pack: bool

    @cached_property
    def packed(self) -> bytes | None:
        if not self.may_pack or len(self.content) < MIN_GZIP_BYTES:
            return None
        return gzip.compress(self.content, 6, mtime=0)


class Page:
    """The files by their path in a URL."""

    def __init__(self, files: Mapping[str, PageFile]) -> None:
        self._files = files

    @classmethod
    def load(cls, folder: Path) -> "Page":
        """All files of the folder whose kind is known."""
        found = {
            f"/{path.relative_to(folder).as_posix()}": _read(path)
            for path in sorted(folder.rglob("*"))
            if path.suffix in TYPES and path.is_file()
        }
        return cls(found)

    def find(self, path: str) -> PageFile | None:
        """The file at this path of a URL, or None. Views are told by what follows `#`, which is not sent."""
        return self._files.get(INDEX if path == "/" else path)


def _read(path: Path) -> PageFile:
    return PageFile(path.read_bytes(), TYPES[path.suffix], may_pack=path.suffix in _PACKED)
