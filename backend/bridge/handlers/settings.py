"""Methods about the program itself and its settings."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace

from backend import __version__
from backend.bridge.contract.settings import AppInfo, Folder, Settings, SettingsUpdate
from backend.bridge.contract.shape import Nothing
from backend.bridge.desk import Desk
from backend.bridge.errors import bad_params
from backend.bridge.theme import theme_of
from backend.bridge.upkeep import AUTO_LOCK, MAX_AUTO_LOCK, auto_lock_minutes
from backend.store.settings import StoredSettings, load_settings, save_settings
from engine.model import Json

# the contract's name: the engine's
_OWN_NAMES = {
    "x_base_url": "x_base_url",
    "request_timeout_seconds": "request_timeout_s",
    "max_response_bytes": "max_response_bytes",
    "max_redirects": "max_redirects",
    "max_limit_wait_seconds": "max_limit_wait_s",
    "proxy_url": "proxy_url",
    "allow_link_local": "may_reach_link_local",
    "files_folder": "files_folder",
    "ca_file": "ca_file",
}


def info(desk: Desk, _params: Nothing) -> AppInfo:
    """Open: it is asked before anything else."""
    places = desk.app.places
    theme = theme_of(load_settings(places.settings_file))
    folders = (
        Folder("All of Loopi’s files", str(places.user_data)),
        Folder("Files of steps, if no other is set", str(places.files)),
        Folder("Automations", str(places.automations)),
        Folder("Credential types of your own", str(places.schemas)),
        Folder("Logs", str(places.logs)),
    )
    return AppInfo(__version__, str(places.user_data), sys.platform, desk.window is not None, theme, folders)


def active(desk: Desk, _params: Nothing) -> Nothing:
    """Open: a person uses the page just now, so the vault does not lock itself."""
    desk.idle.touch()
    return Nothing()


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
    own = {"theme": params.theme, AUTO_LOCK: params.auto_lock_minutes}
    if params.auto_lock_minutes is not None and not 0 <= params.auto_lock_minutes <= MAX_AUTO_LOCK:
        raise bad_params({"autoLockMinutes": f"must be from 0 to {MAX_AUTO_LOCK}"})
    theme: dict[str, Json] = {key: value for key, value in own.items() if value is not None}
    engine_values = replace(stored.values, **values)  # type: ignore[arg-type]  # saving checks each
    kept = {name: given[name] for name in ("history_days", "history_runs") if given[name] is not None}
    retention = replace(stored.retention, **kept)
    changed = StoredSettings(engine_values, retention, {**stored.unknown, **theme})
    save_settings(file, changed)
    desk.hub.notify("settings")
    if kept and desk.app.tidy_history():
        desk.hub.notify("history")
    return _shown(changed)


def _shown(stored: StoredSettings) -> Settings:
    values = stored.values
    return Settings(
        theme=theme_of(stored),
        x_base_url=values.x_base_url,
        request_timeout_seconds=values.request_timeout_s,
        max_response_bytes=values.max_response_bytes,
        max_redirects=values.max_redirects,
        max_limit_wait_seconds=values.max_limit_wait_s,
        proxy_url=values.proxy_url,
        allow_link_local=values.may_reach_link_local,
        files_folder=values.files_folder,
        ca_file=values.ca_file,
        auto_lock_minutes=auto_lock_minutes(stored),
        history_days=stored.retention.history_days,
        history_runs=stored.retention.history_runs,
    )


APP: Mapping[str, Callable[..., object]] = {"info": info, "active": active}
HANDLERS: Mapping[str, Callable[..., object]] = {"get": get, "update": update}
