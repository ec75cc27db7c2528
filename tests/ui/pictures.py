"""`make screens`: a picture of every screen in both themes, out/screens/<screen>-<theme>.png."""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

# In the place of this folder: `make` starts this file as a script.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from servers.command_line import ROOT  # noqa: E402 - found by the line above
from ui.program import Program  # noqa: E402 - as above
from ui.screens import SCREENS, fill, shown  # noqa: E402 - as above
from ui.visitor import THEMES, Visitor, find_chromium, start_browser  # noqa: E402 - as above

OUT = ROOT / "out" / "screens"


def main() -> int:
    executable = find_chromium()
    if executable is None:
        print("There is no Chromium here. Debian and Ubuntu: sudo apt-get install chromium")
        return 1
    shutil.rmtree(OUT, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        program = Program(Path(folder, "home"))
        fill(program)
        with program:
            visitor = Visitor.arrive(start_browser(playwright, executable), program)
            for name in SCREENS:
                for theme in THEMES:
                    with shown(visitor, name, theme) as page:
                        page.screenshot(path=OUT / f"{name}-{theme}.png")
            visitor.leave()
    print(f"{len(SCREENS) * len(THEMES)} pictures are in {OUT.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
