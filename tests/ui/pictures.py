"""`make screens`: each screen, light and large, dark and small, as out/screens/<screen>-<theme>.png.

`make screens ARGS="vault examples"` takes those of these names only.
"""

import shutil
import sys
import tempfile
from collections.abc import Sequence
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


def main(names: Sequence[str]) -> int:
    executable = find_chromium()
    if executable is None:
        print("There is no Chromium here. Debian and Ubuntu: sudo apt-get install chromium")
        return 1
    unknown = sorted({*names} - {*ALL})
    if unknown:
        print(f"There is no screen {', '.join(unknown)}. There are: {', '.join(ALL)}.")
        return 2
    if not names:
        shutil.rmtree(OUT, ignore_errors=True)
    chosen = [(made, [name for name in screens if not names or name in names]) for made, screens in STAGES]
    wanted = [(made, screens) for made, screens in chosen if screens]
    with sync_playwright() as playwright:
        browser = start_browser(playwright, executable)
        for made, screens in wanted:
            with tempfile.TemporaryDirectory() as folder, made(Path(folder, "home")) as program:
                visitor = Visitor.arrive(browser, program)
                for name in screens:
                    take(visitor, name)
                visitor.leave()
    count = sum(len(screens) for _, screens in wanted) * len(SIZES)
    print(f"{count} pictures are in {OUT.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
