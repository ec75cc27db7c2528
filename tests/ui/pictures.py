"""`make screens`: each screen, light and large, dark and small, as out/screens/<screen>-<theme>.png."""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

# In the place of this folder: `make` starts this file as a script.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from servers.command_line import ROOT  # noqa: E402 - found by the line above
from ui.screens import ALL, STAGES, shown  # noqa: E402 - as above
from ui.visitor import LARGE, SMALL, Size, Theme, Visitor, find_chromium, start_browser  # noqa: E402 - as above

OUT = ROOT / "out" / "screens"
SIZES: tuple[tuple[Theme, Size], ...] = (("light", LARGE), ("dark", SMALL))


def take(visitor: Visitor, name: str) -> None:
    """Light in a large window, dark in the smallest."""
    for theme, size in SIZES:
        with shown(visitor, name, theme, size) as page:
            page.screenshot(path=OUT / f"{name}-{theme}.png")


def main() -> int:
    executable = find_chromium()
    if executable is None:
        print("There is no Chromium here. Debian and Ubuntu: sudo apt-get install chromium")
        return 1
    shutil.rmtree(OUT, ignore_errors=True)
    with sync_playwright() as playwright:
        browser = start_browser(playwright, executable)
        for made, screens in STAGES:
            with tempfile.TemporaryDirectory() as folder, made(Path(folder, "home")) as program:
                visitor = Visitor.arrive(browser, program)
                for name in screens:
                    take(visitor, name)
                visitor.leave()
    print(f"{len(ALL) * len(SIZES)} pictures are in {OUT.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
