"""What the page asks about the program itself, and what a user may set."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Theme: TypeAlias = Literal["system", "light", "dark"]


@dataclass(frozen=True)
class Folder:
    """A place where the program keeps something: `what` in words."""

    what: str
    path: str


@dataclass(frozen=True)
class AppInfo:
    """`platform` is a value of `sys.platform`; `user_data` the folder of all files."""

    version: str
    user_data: str
    platform: str
    is_window: bool
    theme: Theme
    folders: tuple[Folder, ...]


@dataclass(frozen=True)
class Settings:
    """What holds for all runs, and how the page looks.

    The history keeps the newest `history_runs`, and none that began more than `history_days` ago. Without a
    `files_folder`, steps read and write files in the usual one. `ca_file` is trusted besides the system's.
    """

    theme: Theme
    x_base_url: str
    request_timeout_seconds: float
    max_response_bytes: int
    max_redirects: int
    max_limit_wait_seconds: float
    proxy_url: str | None
    allow_link_local: bool
    files_folder: str
    ca_file: str
    auto_lock_minutes: int
    history_days: int
    history_runs: int


@dataclass(frozen=True)
class SettingsUpdate:
    """What is left out stays as it is; an empty `proxy_url` removes the proxy."""

    theme: Theme | None = None
    x_base_url: str | None = None
    request_timeout_seconds: float | None = None
    max_response_bytes: int | None = None
    max_redirects: int | None = None
    max_limit_wait_seconds: int | None = None
    proxy_url: str | None = None
    allow_link_local: bool | None = None
    files_folder: str | None = None
    ca_file: str | None = None
    auto_lock_minutes: int | None = None
    history_days: int | None = None
    history_runs: int | None = None
