"""What the page asks about the program itself, and what a user may set."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Theme: TypeAlias = Literal["system", "light", "dark"]


@dataclass(frozen=True)
class AppInfo:
    """`platform` is a value of `sys.platform`; `user_data` the folder of all files."""

    version: str
    user_data: str
    platform: str
    is_window: bool
    theme: Theme


@dataclass(frozen=True)
class Settings:
    """What holds for all runs, and how the page looks."""

    theme: Theme
    x_base_url: str
    request_timeout_seconds: float
    max_response_bytes: int
    max_redirects: int
    proxy_url: str | None
    allow_link_local: bool


@dataclass(frozen=True)
class SettingsUpdate:
    """What is left out stays as it is; an empty `proxy_url` removes the proxy."""

    theme: Theme | None = None
    x_base_url: str | None = None
    request_timeout_seconds: float | None = None
    max_response_bytes: int | None = None
    max_redirects: int | None = None
    proxy_url: str | None = None
    allow_link_local: bool | None = None
