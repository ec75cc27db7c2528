"""Every screen can be used by everybody: in both themes, in the smallest window, and at twice the size."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from ui.accessibility import barriers
from ui.screens import ALL, STAGES, shown
from ui.visitor import LARGE, SMALL, ZOOMED, Size, Theme, Visitor

# how far what is drawn goes beyond the window's right edge
OVERHANG = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# what can be pressed or filled in, of what is on top, and is not between the window's edges
BESIDE = """() => {
  const top = document.querySelector('dialog[open]') ?? document;
  const width = document.documentElement.clientWidth;
  return [...top.querySelectorAll('button, a[href], input, select, textarea')]
    .filter((it) => it.checkVisibility() && !it.closest('.visually-hidden, [hidden]'))
    .map((it) => [it.getAttribute('aria-label') ?? it.textContent, it.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.left < -1 || box.right > width + 1))
    .map(([name]) => name.trim());
}"""

# what is cut off below, of what is on top: it cannot be scrolled, and holds more than it shows
CUT = """() => {
  const top = document.querySelector('dialog[open]') ?? document.body;
  return [top, ...top.querySelectorAll('*')]
    .filter((it) => ['hidden', 'clip'].includes(getComputedStyle(it).overflowY))
    .filter((it) => it.scrollHeight > it.clientHeight + 1 && it.checkVisibility())
    .filter((it) => !it.closest('.visually-hidden, [aria-hidden]'))
    .filter((it) => getComputedStyle(it).whiteSpace !== 'nowrap')
    .map((it) => `${it.tagName} ${it.className}: ${it.scrollHeight} in ${it.clientHeight}`);
}"""


class Visits(Mapping[str, Visitor]):
    """By screen, who visits it. A program with what it holds is begun once for all that is seen in it."""

    def __init__(self, browser: Browser, folders: pytest.TempPathFactory, stack: ExitStack) -> None:
        self._browser, self._folders, self._stack = browser, folders, stack
        self._begun: dict[int, Visitor] = {}

    def __getitem__(self, name: str) -> Visitor:
        number = next(number for number, (_, screens) in enumerate(STAGES) if name in screens)
        if number not in self._begun:
            program = STAGES[number][0](self._folders.mktemp("stage") / "home")
            visitor = Visitor.arrive(self._browser, self._stack.enter_context(program))
            self._stack.callback(visitor.context.close)
            self._begun[number] = visitor
        return self._begun[number]

    def __iter__(self) -> Iterator[str]:
        return iter(ALL)

    def __len__(self) -> int:
        return len(ALL)


@pytest.fixture(scope="module")
def visits(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    with ExitStack() as stack:
        yield Visits(browser, tmp_path_factory, stack)


@pytest.mark.parametrize(("theme", "size"), [("light", LARGE), ("dark", SMALL)], ids=["light", "dark-small"])
@pytest.mark.parametrize("name", ALL)
def test_the_screen_has_no_barrier_and_fits(visits: Visits, name: str, theme: Theme, size: Size) -> None:
    visitor = visits[name]
    visitor.faults.clear()
    with shown(visitor, name, theme, size) as page:
        assert barriers(page) == []
        assert page.evaluate(OVERHANG) <= 0
    assert visitor.faults == []


@pytest.mark.parametrize("name", ALL)
def test_at_200_percent_nothing_is_beside_the_window_or_cut_off(visits: Visits, name: str) -> None:
    visitor = visits[name]
    visitor.faults.clear()
    with shown(visitor, name, "light", ZOOMED) as page:
        assert page.evaluate(OVERHANG) <= 0
        assert page.evaluate(BESIDE) == []
        assert page.evaluate(CUT) == []
    assert visitor.faults == []
