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
    program = tmp_path / "System32" / "WindowsPowerShell" / "v1.0" / "powershell.exe"
    program.parent.mkdir(parents=True)
    program.write_text(
        f'#!/bin/sh\nprintf "%s\\0" "$@" > "{tmp_path}/told"\n'
        f'printf "%s\\0" "$TOAST_TITLE" "$TOAST_TEXT" > "{tmp_path}/seen"\n'
    )
    program.chmod(0o700)
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path))
    assert notify("A run failed", NASTY, platform="win32")
    told = (tmp_path / "told").read_text()
    assert "A run failed" not in told
    assert "touch" not in told
    assert (tmp_path / "seen").read_text().split("\0")[:-1] == ["A run failed", NASTY]


@pytest.mark.parametrize("path", ["", ".", "::/nowhere", "planted"])
def test_no_program_of_the_folder_that_one_is_in_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    for folder in (tmp_path, tmp_path / "planted"):
        folder.mkdir(exist_ok=True)
        for name in ("notify-send", "powershell", "powershell.exe", "osascript"):
            (folder / name).write_text(f'#!/bin/sh\necho ran >> "{tmp_path}/ran"\n')
            (folder / name).chmod(0o700)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", path)
    monkeypatch.delenv("SYSTEMROOT", raising=False)
    for platform in ("linux", "win32"):
        assert not notify("A run failed", "", platform=platform)
    assert not (tmp_path / "ran").exists()


def test_the_key_of_the_vault_is_not_handed_on(
    told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notify-send").write_text(f'#!/bin/sh\nenv > "{told}"\n')
    monkeypatch.setenv("LOOPI_VAULT_KEY", "5a" * 32)
    assert notify("A run failed", "", platform="linux")
    assert "PATH=" in told.read_text()
    assert "5a5a" not in told.read_text()
