"""The pages use the program's words, and sell nothing."""

import re

from docs.pages import USER_PAGES
from shape.tree import table

# Another word for automation, step, run or reference; or one that helps nobody.
NOT_OURS = re.compile(
    r"\b(workflows?|simply|effortless(ly)?|seamless(ly)?|powerful|blazing)\b", re.IGNORECASE
)


def test_no_page_calls_a_thing_by_another_name_or_praises_itself() -> None:
    found = [f"{each.path}: {word[0]}" for each in USER_PAGES for word in NOT_OURS.finditer(each.prose)]
    assert not found, table(found)
