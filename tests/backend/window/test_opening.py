"""A real window, drawn by Qt without a screen."""

import json
import signal

from playwright.sync_api import Playwright, expect

from ui.form import field
from ui.program import LIMIT_S
from ui.window_program import WindowProgram

AWAY = "location.href = 'http://127.0.0.2:8999/away'"


def test_the_page_is_in_the_window_and_nothing_of_python_is_in_the_page(
    program: WindowProgram, playwright: Playwright
) -> None:
    with program, program.page(playwright) as page:
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("[typeof pywebview, typeof qt, document.querySelectorAll('style').length]") == [
            "undefined",
            "undefined",
            0,
        ]
        assert page.evaluate("location.search") == ""


def test_the_window_goes_nowhere_but_to_its_own_page(program: WindowProgram, playwright: Playwright) -> None:
    with program, program.page(playwright) as page:
        here = page.evaluate("location.origin")
        page.evaluate(f"{AWAY}; 0")
        page.evaluate("location.hash = '#/settings/general'")
        expect(page.get_by_role("heading", level=1, name="General")).to_be_visible()
        assert page.evaluate("location.origin") == here


def test_a_link_to_the_web_opens_in_the_browser_and_not_in_the_window(
    program: WindowProgram, playwright: Playwright
) -> None:
    with program, program.page(playwright) as page:
        page.evaluate("location.hash = '#/settings/credentials'")
        page.get_by_role("button", name="Add credential").first.click()
        field(page.get_by_role("dialog"), "Type").select_option("Twitter/X")
        link = page.get_by_role("dialog").get_by_role("link", name="Open").first
        address = link.get_attribute("href")
        link.click()
        assert program.link_in_browser() == address
        assert page.evaluate("location.hash").startswith("#/settings/credentials")


def test_a_second_start_shows_the_first_window_and_ends(
    program: WindowProgram, playwright: Playwright
) -> None:
    with program, program.page(playwright):
        second = program.again()
        assert (second.returncode, second.stdout) == (0, "")
        assert "open already" in second.stderr
        assert program.process.poll() is None


def test_sigterm_closes_the_window_in_order_and_its_place_is_kept(
    program: WindowProgram, playwright: Playwright
) -> None:
    with program, program.page(playwright):
        program.process.send_signal(signal.SIGTERM)
        assert program.process.wait(LIMIT_S) == 0
    kept = json.loads(program.app.places.window_file.read_text())
    assert kept["width"] >= 900
    assert not (program.app.places.user_data / "instance.address").exists()


def test_after_kill_9_the_next_start_opens_a_window(program: WindowProgram, playwright: Playwright) -> None:
    with program, program.page(playwright):
        program.process.kill()
        program.process.wait(LIMIT_S)
    following = WindowProgram(program.app.places.user_data)
    with following, following.page(playwright) as page:
        expect(page.get_by_role("heading", level=1)).to_be_visible()
