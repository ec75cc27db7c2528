"""Where this program keeps its files: one folder per user. Knows paths, and reads and writes no file.

platformdirs is not used: importing it costs more than this table, and the three rows below are a contract.
"""

import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category

from engine.errors import LoopiError

APP = "loopi"
_PRIVATE = 0o700
_UNNAMEABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Places:
    """The user's folder and what lies in it."""

    user_data: Path

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str], *, platform: str = sys.platform, home: Path | None = None
    ) -> "Places":
        """The folder named by `LOOPI_HOME`, else the one usual on `platform` (a value of `sys.platform`).

        Creates nothing. `home` is the user's home directory; it is asked for only when needed.
        Raises LoopiError `usage.bad_folder`.
        """
        chosen = environ.get("LOOPI_HOME", "").strip()
        if chosen:
            return cls(_named(Path(chosen).expanduser().absolute()))
        return cls(_named(_config_home(environ, platform, home or Path.home()) / APP))

    @property
    def vault_dir(self) -> Path:
        return self.user_data

    @property
    def automations(self) -> Path:
        return self.user_data / "automations"

    @property
    def history_db(self) -> Path:
        """The journal of all runs, which is their history too."""
        return self.user_data / "runs.db"

    @property
    def credential_use_db(self) -> Path:
        """When each credential was last used, and what came of it."""
        return self.user_data / "credential-use.db"

    @property
    def schedules_db(self) -> Path:
        return self.user_data / "schedules.db"

    @property
    def schedules_lock(self) -> Path:
        """Held by the one process that runs the schedules."""
        return self.user_data / "schedules.lock"

    @property
    def logs(self) -> Path:
        return self.user_data / "logs"

    @property
    def settings_file(self) -> Path:
        return self.user_data / "settings.json"

    @property
    def window_file(self) -> Path:
        """Where the window was, and how large."""
        return self.user_data / "window.json"

    @property
    def schemas(self) -> Path:
        """Where the user's own credential types lie: `<name>.schema.json`."""
        return self.user_data / "schemas"

    @property
    def files(self) -> Path:
        """What steps may send, and where they write, unless the settings name another folder."""
        return self.user_data / "files"

    def create(self) -> None:
        """Make the folders that are missing, and close those that others may enter (mode 0700).

        Raises LoopiError `store.foreign_folder`, OSError when the system refuses. Windows has no such modes:
        there the profile protects them.
        """
        for folder in (self.user_data, self.automations, self.logs, self.schemas, self.files):
            make_private(folder)
            _close(folder)


def make_private(folder: Path) -> None:
    """Make a folder, and the parents that are missing, with mode 0700. Raises OSError.

    `parents=True` would leave the parents to the umask: whoever may write there can swap the folder.
    """
    for each in reversed([parent for parent in folder.parents if not parent.exists()]):
        each.mkdir(mode=_PRIVATE, exist_ok=True)
    folder.mkdir(mode=_PRIVATE, exist_ok=True)


def unnameable(text: str) -> str:
    """The first sign that a unit, a plist or an XML file cannot hold as it is; "" when there is none.

    Control characters, line separators, bytes that are no text, and what Unicode will never use.
    """
    return next((sign for sign in text if category(sign) in _UNNAMEABLE or ord(sign) & 0xFFFE == 0xFFFE), "")


def _named(folder: Path) -> Path:
    sign = unnameable(str(folder))
    if sign:
        raise LoopiError(
            "usage.bad_folder",
            f"The name of Loopi's folder has a sign in it that no name should have (U+{ord(sign):04X}).",
            hint="Set LOOPI_HOME to a folder without control characters and line breaks in its name.",
        )
    return folder


def _config_home(environ: Mapping[str, str], platform: str, home: Path) -> Path:
    if platform == "darwin":
        return home / "Library" / "Application Support"
    if platform == "win32":
        return _absolute(environ.get("APPDATA")) or home / "AppData" / "Roaming"
    return _absolute(environ.get("XDG_CONFIG_HOME")) or home / ".config"


def _absolute(text: str | None) -> Path | None:
    """The XDG specification: a relative path is invalid and to be ignored."""
    path = Path(text or "")
    return path if path.is_absolute() else None


def _close(folder: Path) -> None:
    if os.name != "posix":
        return
    found = folder.stat()
    if found.st_uid != os.getuid():
        raise LoopiError(
            "store.foreign_folder",
            f"{folder} belongs to another user, who could read and change what Loopi keeps there.",
            hint="Use a folder of your own: set LOOPI_HOME to it, or leave LOOPI_HOME out.",
        )
    if stat.S_IMODE(found.st_mode) != _PRIVATE:
        folder.chmod(_PRIVATE)
