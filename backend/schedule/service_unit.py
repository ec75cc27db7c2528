"""How each system starts the schedules at login: the file, where it belongs, what turns it on. Pure.

Nothing is turned on from here: the person sees the file, and gives the command.
"""

import plistlib
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from xml.sax.saxutils import escape

from backend.places import unnameable
from backend.schedule.errors import no_unit

_ODD = re.compile(r"[\"'\\$\x00-\x1f\x7f]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_IN_XML = frozenset({"darwin", "win32"})
_LABEL = "app.loopi.schedules"


@dataclass(frozen=True, slots=True)
class ServiceUnit:
    """`path` is absolute; `turn_on` and `turn_off` are what to type."""

    path: PurePath
    content: str
    turn_on: str
    turn_off: str


def service_unit(platform: str, *, home: PurePath, command: Sequence[str], loopi_home: str) -> ServiceUnit:
    """The unit for a value of `sys.platform`. `command` starts the daemon; `loopi_home` may be empty.

    Raises ScheduleError `schedule.no_unit` for a name that the system's own form of file cannot hold.
    """
    if platform in _IN_XML and any(map(unnameable, (*command, loopi_home, str(home)))):
        raise no_unit()
    make = {"darwin": _launchd, "win32": _task}.get(platform, _systemd)
    return make(home, command, loopi_home)


def _systemd(home: PurePath, command: Sequence[str], loopi_home: str) -> ServiceUnit:
    """A user unit, as systemd.service(5) and systemd.exec(5) have it."""
    environment = f"Environment={_quoted(f'LOOPI_HOME={loopi_home}')}\n" if loopi_home else ""
    line = _unit_line(command)
    content = (
        "[Unit]\nDescription=Loopi runs automations by their schedules\n\n"
        f"[Service]\nType=exec\nExecStart={line}\n{environment}"
        "Restart=on-failure\nRestartSec=30\nNoNewPrivileges=yes\n\n"
        "[Install]\nWantedBy=default.target\n"
    )
    path = home / ".config" / "systemd" / "user" / "loopi.service"
    return ServiceUnit(
        path,
        content,
        "systemctl --user daemon-reload && systemctl --user enable --now loopi.service",
        "systemctl --user disable --now loopi.service",
    )


def _launchd(home: PurePath, command: Sequence[str], loopi_home: str) -> ServiceUnit:
    """An agent, as launchd.plist(5) has it."""
    agent: dict[str, object] = {
        "Label": _LABEL,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ProcessType": "Background",
    }
    if loopi_home:
        agent["EnvironmentVariables"] = {"LOOPI_HOME": loopi_home}
    path = home / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
    return ServiceUnit(
        path,
        plistlib.dumps(agent).decode(),
        f"launchctl bootstrap gui/$(id -u) {shlex.quote(str(path))}",
        f"launchctl bootout gui/$(id -u) {shlex.quote(str(path))}",
    )


def _task(home: PurePath, command: Sequence[str], loopi_home: str) -> ServiceUnit:
    """A task, in the schema of the Task Scheduler 1.2, which gives a task no environment of its own."""
    program, *arguments = command
    before = f'setx LOOPI_HOME "{loopi_home}" && ' if loopi_home else ""
    content = (
        '<?xml version="1.0" encoding="UTF-16"?>\n'
        '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\n'
        "  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>\n"
        "  <Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>"
        "<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>"
        "<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>"
        "<RestartOnFailure><Interval>PT1M</Interval><Count>10</Count></RestartOnFailure></Settings>\n"
        f"  <Actions><Exec><Command>{escape(program)}</Command>"
        f"<Arguments>{escape(_windows_line(arguments))}</Arguments></Exec></Actions>\n"
        "</Task>\n"
    )
    path = home / "AppData" / "Local" / "Loopi" / "schedules.xml"
    return ServiceUnit(
        path,
        content,
        f'{before}schtasks /Create /TN Loopi /XML "{path}"',
        "schtasks /Delete /TN Loopi /F",
    )


def _unit_line(command: Sequence[str]) -> str:
    """The words of ExecStart=. systemd starts no program with such signs in its name: there env(1) does."""
    line = " ".join(map(_quoted, command))
    is_odd = any(_ODD.search(word) for word in command)
    # The colon keeps $ from naming a variable, in all words alike; doubled, it stays double in the first.
    return f":/usr/bin/env {line}" if is_odd else line


def _quoted(word: str) -> str:
    """A word of a unit's line: `%` would be replaced, quotes and spaces end it, a break ends the line."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return '"' + _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", escaped) + '"'


def _windows_line(words: Sequence[str]) -> str:
    from subprocess import list2cmdline

    return list2cmdline(words)
