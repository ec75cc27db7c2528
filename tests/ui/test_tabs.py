"""Many tabs of one browser: it opens six connections to one place, and all tabs hear the news."""

from playwright.sync_api import expect

from ui.program import Program
from ui.visitor import Visitor

VIEW = "settings/credentials"
MANY = 10


def test_ten_tabs_hear_the_news_also_after_the_one_with_the_stream_was_closed(
    visitor: Visitor, program: Program
) -> None:
    for name in ("First", "Second"):
        program.add("basic", name, username="ada", password="not-a-secret")
    pages = [visitor.open(VIEW) for _ in range(MANY)]
    for gone, name in enumerate(("First", "Second")):
        deleting = pages[-1]
        deleting.get_by_role("button", name=f"Delete {name}").click()
        deleting.get_by_role("alertdialog").get_by_role("button", name="Delete", exact=True).click()
        for page in pages:
            expect(page.get_by_role("link", name=name, exact=True)).to_be_hidden()
            expect(page.get_by_role("button", name=f"Trash ({gone + 1})")).to_be_visible()
        pages.pop(0).close()
