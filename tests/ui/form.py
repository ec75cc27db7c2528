"""Finds the fields of a form as a person does."""

import re

from playwright.sync_api import Locator, Page


def field(within: Page | Locator, label: str) -> Locator:
    """A field by its label, which may end in the star of a required one."""
    return within.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$"))
