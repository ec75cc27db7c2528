"""Methods about the program itself and its settings."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

from backend import __version__
from backend.bridge.contract.settings import AppInfo, Settings, SettingsUpdate, Theme
from backend.bridge.contract.shape import Nothing
from backend.bridge.desk import Desk
from backend.store.settings import StoredSettings, load_settings, save_settings

_THEMES = ("system", "light", "dark")
# the contract's name: the engine's
_OWN_NAMES = {
    "x_base_url": "x_base_url",
    "request_timeout_seconds": "request_timeout_s",
    "max_response_bytes": "max_response_bytes",
    "max_redirects": "max_redirects",
    "proxy_url": "proxy_url",
    "allow_link_local": "may_reach_link_local",
}


def info(desk: Desk, _params: Nothing) -> AppInfo:
    """Open: it is asked before anything else."""
    places = desk.app.places
    theme = _theme(load_settings(places.settings_file))
    return AppInfo(__version__, str(places.user_data), sys.platform, desk.is_window, theme)


def get(desk: Desk, _params: Nothing) -> Settings:
    return _shown(load_settings(desk.app.places.settings_file))


def update(desk: Desk, params: SettingsUpdate) -> Settings:
    """Raises StoreError `settings.invalid`, `store.unwritable`."""
    file = desk.app.places.settings_file
    stored, given = load_settings(file), vars(params)
    values = {
        own: given[name] or None if name == "proxy_url" else given[name]
        for name, own in _OWN_NAMES.items()
        if given[name] is not None
    }
    theme = {} if params.theme is None else {"theme": params.theme}
    engine_values = replace(stored.values, **values)  # type: ignore[arg-type]  # saving checks each
    changed = StoredSettings(engine_values, {**stored.unknown, **theme})
    save_settings(file, changed)
    desk.hub.notify("settings")
    return _shown(changed)


def _shown(stored: StoredSettings) -> Settings:
    values = stored.values
    return Settings(
        theme=_theme(stored),
        x_base_url=values.x_base_url,
        request_timeout_seconds=values.request_timeout_s,
        max_response_bytes=values.max_response_bytes,
        max_redirects=values.max_redirects,
        proxy_url=values.proxy_url,
        allow_link_local=values.may_reach_link_local,
    )


def _theme(stored: StoredSettings) -> Theme:
    """It is no setting of the engine's, so the file keeps it among what is unknown there."""
    found = stored.unknown.get("theme")
    return cast("Theme", found) if found in _THEMES else "system"


APP: Mapping[str, Callable[..., object]] = {"info": info}
HANDLERS: Mapping[str, Callable[..., object]] = {"get": get, "update": update}
