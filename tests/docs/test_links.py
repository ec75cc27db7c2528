"""Every link inside the repository leads somewhere, and every page can be reached."""

from docs.pages import PAGES, USER_PAGES, Page
from shape.tree import ROOT, files, table

OF_ITS_OWN = {"README.md"}


def test_every_link_leads_to_a_file_or_a_folder() -> None:
    broken = [
        f"{page.path}: {target.name}" for page in PAGES for target, _ in page.links() if not target.exists()
    ]
    assert not broken, table(broken)


def test_every_anchor_is_a_heading_of_its_page() -> None:
    broken = [
        f"{page.path}: {target.name}#{anchor}"
        for page in PAGES
        for target, anchor in page.links()
        if anchor and target.is_file() and anchor not in Page(str(target.relative_to(ROOT))).anchors()
    ]
    assert not broken, table(broken)


def test_every_page_can_be_reached_from_another() -> None:
    reached = {target for page in USER_PAGES for target, _ in page.links()}
    folders = {target for target in reached if target.is_dir()}
    lost = [
        page.path
        for page in USER_PAGES
        if page.path not in OF_ITS_OWN
        and (ROOT / page.path) not in reached
        and not (page.path.endswith("/README.md") and (ROOT / page.path).parent in folders)
    ]
    assert not lost, table(lost)


def test_every_file_that_is_named_exists() -> None:
    """A word in code such as `tests/shape/test_reach.py`: a path with a folder of the top level."""
    tops = {name.split("/")[0] for name in files() if "/" in name}
    named = [(page, word) for page in PAGES for word in page.code() if word.split("/")[0] in tops]
    gone = [
        f"{page.path}: {word}"
        for page, word in named
        if "/" in word and not any(sign in word for sign in "<*… {") and not (ROOT / word).exists()
        if not word.endswith("/__init__.py")  # named where there must be none
    ]
    assert not gone, table(gone)
