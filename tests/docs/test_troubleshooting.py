"""Every word that docs/troubleshooting.md quotes stands in the program."""

import re

import pytest

from docs.pages import page
from shape.tree import PRODUCT, files, read, sources

_QUOTED = re.compile(r"“([^”]+)”")


def spoken() -> str:
    """All that the program and its page may say, with the joints between lines of one text taken out."""
    ours = [source.text for source in sources(*PRODUCT)]
    ui = [read(name) for name in files() if name.startswith("ui/src/") and name.endswith((".svelte", ".ts"))]
    text = "\n".join([*ours, *ui])
    return re.sub(r"\s+", " ", re.sub(r'"\s*\n\s*f?"', "", text))


SPOKEN = spoken()


@pytest.mark.parametrize("quoted", sorted(set(_QUOTED.findall(page("docs/troubleshooting.md").text))))
def test_what_is_quoted_is_said_by_the_program(quoted: str) -> None:
    assert quoted in SPOKEN


def test_the_page_answers_the_four_questions() -> None:
    asked = re.findall(r"^## (.+)$", page("docs/troubleshooting.md").text, re.MULTILINE)
    assert asked[:4] == [
        "What to check first",
        "The credential is not in the dropdown of a step",
        "Authentication fails",
        "A credential cannot be edited or deleted",
    ]


def test_a_word_that_nobody_says_would_be_found() -> None:
    assert "The gremlins took it." not in SPOKEN
