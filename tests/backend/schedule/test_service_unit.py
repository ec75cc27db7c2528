"""The file by which each system starts the schedules at login."""

import configparser
import plistlib
import xml.etree.ElementTree as ET
from pathlib import PurePosixPath, PureWindowsPath

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
