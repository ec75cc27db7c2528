"""The pages of the documentation, cut into what can be tested: blocks, links, headings, words in code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from shape.tree import ROOT, files

_BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One Markdown file. `path` counts from the top level, with forward slashes."""

    path: str

    @cached_property
    def text(self) -> str:
        return (ROOT / self.path).read_text(encoding="utf-8")

    @cached_property
    def prose(self) -> str:
        """The text without its code blocks."""
        return _BLOCK.sub("", self.text)

    def blocks(self, kind: str) -> list[str]:
        return [content for _, found, content in _BLOCK.findall(self.text) if found == kind]

    def code(self) -> list[str]:
        """The words in code within the text."""
        return _CODE.findall(self.prose)

    def links(self) -> Iterator[tuple[Path, str]]:
        """File and anchor of each link that stays in the repository."""
        for target in _LINK.findall(_CODE.sub("", self.prose)):
            if not re.match(r"[a-z]+:", target):
                file, _, anchor = target.partition("#")
                yield ((ROOT / self.path).parent / file if file else ROOT / self.path).resolve(), anchor

    def anchors(self) -> set[str]:
        """As GitHub makes them from headings."""
        plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(self.prose))
        return {heading.replace(" ", "-") for heading in plain}


PAGES = [Page(name) for name in files() if name.endswith(".md")]
USER_PAGES = [page for page in PAGES if page.path == "README.md" or page.path.startswith("docs/")]


def page(path: str) -> Page:
    return next(each for each in PAGES if each.path == path)


def sessions(shown: Page) -> list[tuple[str, str]]:
    """Each command after a `$`, with the text it prints. A line after `>` goes on with the command."""
    found = []
    for block in shown.blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            first, *lines = part.splitlines()
            more = [line[2:] for line in lines if line.startswith("> ")]
            found.append(("\n".join([first, *more]), "\n".join(lines[len(more) :])))
    return found
