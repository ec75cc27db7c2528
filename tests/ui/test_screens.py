"""Every screen can be used by everybody, in both themes, also in the smallest window."""

import pytest

from ui.accessibility import barriers
from ui.program import Program
from ui.screens import SCREENS, fill, shown
from ui.visitor import SMALL, THEMES, Theme, Visitor

# how far what is drawn goes beyond the window's right edge
OVERHANG = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("theme", THEMES)
def test_no_screen_has_a_barrier(visitor: Visitor, program: Program, theme: Theme) -> None:
    fill(program)
    found: list[str] = []
    for name in SCREENS:
        with shown(visitor, name, theme) as page:
            found += [f"{name}: {each}" for each in barriers(page)]
    assert not found, "\n".join(found)


def test_every_screen_fits_the_smallest_window(visitor: Visitor, program: Program) -> None:
    fill(program)
    wide: list[str] = []
    for name in SCREENS:
        with shown(visitor, name, "light", SMALL) as page:
            wide += [name] * bool(page.evaluate(OVERHANG) > 0)
    assert not wide
