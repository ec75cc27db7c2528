"""Tests of a real window are skipped, with the reason, where there can be none."""

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from ui.window_program import WindowProgram, missing


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Playwright:
    reason = missing()
    if reason:
        pytest.skip(reason)
    return playwright


@pytest.fixture
def program(playwright: Playwright, tmp_path: Path) -> WindowProgram:
    """Not started yet."""
    return WindowProgram(tmp_path / "home")
