"""Notifications by the system's own program, played by one that writes down what it was given."""

from pathlib import Path

import pytest

from backend.schedule.notification import notify

NASTY = '--help"; $(touch /tmp/x) `id` \n<b>'


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a notify-send of the test's own was given, one argument a line."""
    program = tmp_path / "notify-send"
    program.write_text(f'#!/bin/sh\nprintf "%s\\0" "$@" > "{tmp_path}/told"\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path / "told"


def test_the_texts_arrive_as_they_are_and_are_no_options(told: Path) -> None:
    assert notify("A run failed", NASTY, platform="linux")
    assert told.read_text().split("\0")[:-1] == ["--app-name=Loopi", "--", "A run failed", NASTY]


def test_a_system_without_a_way_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not notify("A run failed", "", platform="linux")
    assert not notify("A run failed", "", platform="sunos5")


def test_a_program_that_fails_is_not_taken_for_one_that_showed_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "notify-send"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert not notify("A run failed", "", platform="linux")


def test_on_windows_no_text_is_a_part_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "powershell"
    program.write_text(
        f'#!/bin/sh\nprintf "%s\\0" "$@" > "{tmp_path}/told"\n'
        f'printf "%s\\0" "$TOAST_TITLE" "$TOAST_TEXT" > "{tmp_path}/seen"\n'
    )
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert notify("A run failed", NASTY, platform="win32")
    told = (tmp_path / "told").read_text()
    assert "A run failed" not in told
    assert "touch" not in told
    assert (tmp_path / "seen").read_text().split("\0")[:-1] == ["A run failed", NASTY]
