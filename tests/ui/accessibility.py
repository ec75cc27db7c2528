"""What axe finds on a page, by the rules of WCAG 2.2 at levels A and AA."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parent.parent.parent / "ui" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"


@cache
def _axe() -> str:
    return SCRIPT.read_text("utf-8")


def barriers(page: Page) -> list[str]:
    """One line for each element that breaks a rule.

    The script comes over the browser's own protocol: the page's policy stays as strict as it is.
    """
    page.evaluate(_axe())
    found = page.evaluate(RUN, TAGS)
    return [
        f"{rule['id']}: {node['html'][:160]} – {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
