"""The page's files, read once into memory: a path is looked up in a table and opens nothing."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from backend.bridge.contract.settings import Theme
from backend.bridge.theme import THEMES, Chosen

INDEX = "/index.html"
_ROOT = b'<html lang="en"'
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
    """The files by their path in a URL. `chosen` tells the theme in which the page begins."""

    def __init__(self, files: Mapping[str, PageFile], chosen: Chosen) -> None:
        self._files = files
        self._chosen = chosen
        self._first = {theme: _begun(files[INDEX], theme) for theme in THEMES if INDEX in files}

    @classmethod
    def load(cls, folder: Path, chosen: Chosen = lambda: "system") -> "Page":
        """All files of the folder whose kind is known."""
        found = {
            f"/{path.relative_to(folder).as_posix()}": _read(path)
            for path in sorted(folder.rglob("*"))
            if path.suffix in TYPES and path.is_file()
        }
        return cls(found, chosen)

    def find(self, path: str) -> PageFile | None:
        """The file at this path of a URL, or None. Views are told by what follows `#`, which is not sent."""
        if path in {"/", INDEX}:
            return self._first.get(self._chosen())
        return self._files.get(path)


def _begun(index: PageFile, theme: Theme) -> PageFile:
    if theme == "system":
        return index
    root = b'%s data-theme="%s"' % (_ROOT, theme.encode())
    return replace(index, content=index.content.replace(_ROOT, root, 1))


def _read(path: Path) -> PageFile:
    return PageFile(path.read_bytes(), TYPES[path.suffix], may_pack=path.suffix in _PACKED)
