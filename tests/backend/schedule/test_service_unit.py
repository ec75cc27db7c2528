"""The file by which each system starts the schedules at login."""

import configparser
import plistlib
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from backend.schedule.errors import ScheduleError
from backend.schedule.service_unit import service_unit

HOME = PurePosixPath("/home/you")
COMMAND = ("/opt/100% loopi/bin/loopi", "daemon")
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def test_linux_gets_a_user_unit() -> None:
    unit = service_unit("linux", home=HOME, command=COMMAND, loopi_home='/data/a "b"')
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # the documented way to keep capitals
    parser.read_string(unit.content)
    assert str(unit.path) == "/home/you/.config/systemd/user/loopi.service"
    assert parser["Service"]["ExecStart"] == '"/opt/100%% loopi/bin/loopi" "daemon"'
    assert parser["Service"]["Environment"] == r'"LOOPI_HOME=/data/a \"b\""'
    assert parser["Install"]["WantedBy"] == "default.target"
    assert "enable --now loopi.service" in unit.turn_on


@pytest.mark.parametrize("name", ['a "q" b', "a$x", "a\nExecStartPost=evil", "100%i", "a'b", "back\\slash"])
def test_no_name_of_a_folder_writes_a_line_of_the_unit(name: str) -> None:
    unit = service_unit("linux", home=HOME, command=(f"/opt/{name}/loopi", "daemon"), loopi_home=f"/d/{name}")
    keys = [line.partition("=")[0] for line in unit.content.splitlines() if "=" in line]
    restart = ["Restart", "RestartSec", "NoNewPrivileges"]
    assert keys == ["Description", "Type", "ExecStart", "Environment", *restart, "WantedBy"]


@pytest.mark.parametrize("platform", ["darwin", "win32"])
@pytest.mark.parametrize("sign", ["\n", "\x01", "\x1b", "\x7f", "\x85", "\udcff", "\ufffe"])
def test_what_xml_cannot_hold_is_refused(platform: str, sign: str) -> None:
    for command, folder in (((f"/opt/{sign}/loopi", "daemon"), ""), (COMMAND, f"/d{sign}")):
        with pytest.raises(ScheduleError) as refused:
            service_unit(platform, home=HOME, command=command, loopi_home=folder)
        assert refused.value.code == "schedule.no_unit"


def verified(name: str, folder: Path) -> bool:
    program, file = folder / name / "loopi", folder / "t.service"
    program.parent.mkdir()
    shutil.copy("/bin/true", program)
    unit = service_unit("linux", home=folder, command=(str(program), "daemon"), loopi_home=f"/d/{name}")
    file.write_text(unit.content)
    command = ["systemd-analyze", "verify", "--man=no", str(file)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("name", ['a "q" b', "a$x", "a\nb", "100%i", "a'b", "back\\slash"])
def test_systemd_itself_finds_the_program_under_any_name(name: str, tmp_path: Path) -> None:
    if not verified("plain", tmp_path):
        pytest.skip("systemd verifies nothing here")
    assert verified(name, tmp_path)


def test_a_folder_of_its_own_is_named_only_when_there_is_one() -> None:
    assert "LOOPI_HOME" not in service_unit("linux", home=HOME, command=COMMAND, loopi_home="").content


def test_macos_gets_an_agent() -> None:
    unit = service_unit("darwin", home=HOME, command=COMMAND, loopi_home="/data/<x>&")
    agent = plistlib.loads(unit.content.encode())
    assert agent["ProgramArguments"] == list(COMMAND)
    assert agent["EnvironmentVariables"] == {"LOOPI_HOME": "/data/<x>&"}
    assert agent["RunAtLoad"] is True
    assert str(unit.path) in unit.turn_on


def test_windows_gets_a_task() -> None:
    home = PureWindowsPath("C:/Users/you")
    command = ("C:/Program Files/Loopi & Co/loopi.exe", "daemon")
    unit = service_unit("win32", home=home, command=command, loopi_home="D:\\data")
    found = ET.fromstring(unit.content.split("\n", 1)[1])  # noqa: S314 - written above
    assert found.findtext(f".//{TASK}Command") == command[0]
    assert found.findtext(f".//{TASK}Arguments") == "daemon"
    assert found.findtext(f".//{TASK}ExecutionTimeLimit") == "PT0S"
    assert unit.turn_on.startswith('setx LOOPI_HOME "D:\\data"')
