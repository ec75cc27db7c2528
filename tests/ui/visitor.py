"""A person with a browser: opens pages of the program, and notes everything that goes wrong on them."""

import os
import shutil
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

from ui.program import Program

Theme: TypeAlias = Literal["light", "dark"]
Size: TypeAlias = tuple[int, int]

THEMES: tuple[Theme, ...] = ("light", "dark")
SMALL: Size = (900, 600)
LARGE: Size = (1440, 900)
# What is left of the large window at 200 %.
ZOOMED: Size = (720, 450)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WAIT_MS = 10_000

# The browser's own word on what the page's policy refused; it says it to the page, in whatever frame.
REPORT = """addEventListener('securitypolicyviolation', (event) =>
  console.error(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`))"""


def find_chromium() -> str | None:
    """The system's own browser."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


def start_browser(playwright: Playwright, executable: str) -> Browser:
    # The sandbox cannot be set up by root.
    is_root = os.name == "posix" and os.geteuid() == 0
    return playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"] if is_root else [])


@dataclass
class Visitor:
    """One session: the first page uses the link up, the others come by its cookie."""

    context: BrowserContext
    program: Program
    faults: list[str] = field(default_factory=list)
    has_arrived: bool = False

    @classmethod
    def arrive(cls, browser: Browser, program: Program) -> "Visitor":
        # Nothing moves: a colour that is halfway to another one is nobody's mistake.
        context = browser.new_context(reduced_motion="reduce", locale="en-GB")
        context.set_default_timeout(WAIT_MS)
        context.add_init_script(REPORT)
        visitor = cls(context, program)
        context.on("console", visitor.note)
        context.on("weberror", lambda error: visitor.faults.append(f"page error: {error.error}"))
        return visitor

    def open(self, view: str = "", *, theme: Theme = "light", size: Size = LARGE) -> Page:
        """A new page: `settings/credentials` in this theme, in a window of this size."""
        page = self.context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        if not self.has_arrived:
            page.goto(self.program.link)
            self.has_arrived = True
        page.goto(f"{self.program.url}#/{view}")
        page.get_by_role("main").wait_for()
        return page

    def note(self, message: ConsoleMessage) -> None:
        """Keep what is written to the console as an error."""
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location['url']})")

    def leave(self) -> None:
        """Close every page, and fail when anything went wrong on one."""
        self.context.close()
        assert not self.faults, "\n".join(self.faults)
