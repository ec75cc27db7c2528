"""A notification on the desktop, by the system's own program. Says that a run failed, and never with what."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

_APPLE = "on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run"
_WINDOWS = (
    "[void][Windows.UI.Notifications.ToastNotificationManager,Windows.UI.Notifications,ContentType=WindowsRuntime];"
    "$d=[Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent(1);"
    "$t=$d.GetElementsByTagName('text');"
    "[void]$t[0].AppendChild($d.CreateTextNode($env:TOAST_TITLE));[void]$t[1].AppendChild($d.CreateTextNode($env:TOAST_TEXT));"
    "[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier('Loopi')"
    ".Show([Windows.UI.Notifications.ToastNotification]::new($d))"
)
# The texts are arguments of their own, after all options: no shell and no script ever reads them. PowerShell
# would: to it, arguments after -Command are more of the command. So there they are in the environment only.
_COMMANDS: Mapping[str, Sequence[str]] = {
    "linux": ("notify-send", "--app-name=Loopi", "--"),
    "darwin": ("osascript", "-e", _APPLE),
    "win32": ("powershell", "-NoProfile", "-NonInteractive", "-Command", _WINDOWS),
}
_PATIENCE_S = 10


def _program(name: str) -> str | None:
    """Its whole path, where these systems have it, or in a folder of PATH.

    Never in the folder this process happens to be in: `.` in PATH, and on Windows any search, begins there.
    """
    root = os.environ.get("SYSTEMROOT", "")
    known = {
        "powershell": f"{root}/System32/WindowsPowerShell/v1.0/powershell.exe",
        "osascript": "/usr/bin/osascript",
    }.get(name)
    if known is not None:
        return known if os.path.isabs(known) and os.path.isfile(known) else None  # noqa: PTH113, PTH117
    folders = [each for each in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(each)]  # noqa: PTH117
    return shutil.which(name, path=os.pathsep.join(folders)) if folders else None


def _environment() -> dict[str, str]:
    """Without what is Loopi's: a key of the vault may be in it."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith("LOOPI_")}


def notify(title: str, text: str, *, platform: str = sys.platform) -> bool:
    """Show it, or return False when this system has no way to."""
    command = _COMMANDS.get(platform)
    program = _program(command[0]) if command else None
    if command is None or program is None:
        return False
    try:
        done = subprocess.run(  # noqa: S603 - the system's program, by its whole path
            [program, *command[1:], *(() if platform == "win32" else (title, text))],
            env={**_environment(), "TOAST_TITLE": title, "TOAST_TEXT": text},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
