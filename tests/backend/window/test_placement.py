import json
from pathlib import Path

import pytest

from backend.window.placement import Area, Placement, fit, load_placement, save_placement

SCREEN = Area(0, 0, 1920, 1080)
RIGHT = Area(1920, 0, 1280, 1024)


def test_where_it_was_it_comes_back(tmp_path: Path) -> None:
    left = Placement(1000, 700, 40, 60, is_maximized=True, is_dark=True, view="/history")
    save_placement(tmp_path / "window.json", left)
    assert load_placement(tmp_path / "window.json") == left


def test_the_first_time_the_system_chooses_the_place(tmp_path: Path) -> None:
    first = load_placement(tmp_path / "none.json")
    assert (first.x, first.y) == (None, None)
    assert fit(first, [SCREEN]) == first


def test_a_window_on_the_second_screen_stays_there() -> None:
    wanted = Placement(1000, 700, 2000, 100)
    assert fit(wanted, [SCREEN, RIGHT]) == wanted


def test_a_window_on_a_screen_that_is_gone_is_placed_anew() -> None:
    found = fit(Placement(1000, 700, 2000, 100), [SCREEN])
    assert (found.width, found.height, found.x, found.y) == (1000, 700, None, None)


@pytest.mark.parametrize("place", [(-1000, 0), (1900, 0), (0, 1070), (0, -900)])
def test_a_window_that_nobody_can_get_hold_of_is_placed_anew(place: tuple[int, int]) -> None:
    found = fit(Placement(1000, 700, *place), [SCREEN])
    assert (found.x, found.y) == (None, None)


def test_a_window_is_no_larger_than_its_screen_and_no_smaller_than_the_page_needs() -> None:
    assert fit(Placement(4000, 3000, 0, 0), [SCREEN]) == Placement(1920, 1080, 0, 0)
    assert fit(Placement(10, 10, 0, 0), [SCREEN]) == Placement(900, 600, 0, 0)


def test_a_title_bar_above_the_screen_is_pulled_down() -> None:
    assert fit(Placement(1000, 700, 0, -30), [SCREEN]) == Placement(1000, 700, 0, 0)


def test_without_a_known_screen_the_system_chooses() -> None:
    assert fit(Placement(1000, 700, 5, 5), []) == Placement(1000, 700)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        json.dumps({"width": "wide"}).encode(),
        b'{"width": 1e9, "height": 1, "x": 0, "y": 0, "is_maximized": false, "is_dark": false, "view": ""}',
        b'{"width": null, "height": 1, "x": 0, "y": 0, "is_maximized": false, "is_dark": false, "view": ""}',
        b'{"width": 900, "height": 1, "x": 0, "y": 0, "is_maximized": 1, "is_dark": false, "view": ""}',
    ],
)
def test_a_damaged_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "window.json").write_bytes(content)
    assert load_placement(tmp_path / "window.json") == Placement()


def test_a_place_that_cannot_be_kept_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file")
    save_placement(tmp_path / "folder" / "window.json", Placement())
    assert load_placement(tmp_path / "folder" / "window.json") == Placement()
