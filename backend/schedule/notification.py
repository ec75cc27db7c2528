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


def notify(title: str, text: str, *, platform: str = sys.platform) -> bool:
    """Show it, or return False when this system has no way to."""
    command = _COMMANDS.get(platform)
    program = shutil.which(command[0]) if command else None
    if command is None or program is None:
        return False
    try:
        # The program is the system's, found on PATH as the user's own shell would find it.
        done = subprocess.run(  # noqa: S603
            [program, *command[1:], *(() if platform == "win32" else (title, text))],
            env={**os.environ, "TOAST_TITLE": title, "TOAST_TEXT": text},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
