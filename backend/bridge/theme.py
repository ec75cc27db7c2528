"""The theme that was chosen. The page's first bytes carry it: it never flashes in another one's colours."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from backend.bridge.contract.settings import Theme
from backend.store.errors import StoreError
from backend.store.settings import StoredSettings, load_settings

THEMES: tuple[Theme, ...] = ("system", "light", "dark")
Chosen: TypeAlias = Callable[[], Theme]


def theme_of(stored: StoredSettings) -> Theme:
    """It is no setting of the engine's, so the file keeps it among what is unknown there."""
    found = stored.unknown.get("theme")
    return next((theme for theme in THEMES if theme == found), "system")


def chosen_in(settings_file: Path) -> Chosen:
    """Reads the file each time it is asked. The page, once it is there, tells what is wrong with the file."""

    def chosen() -> Theme:
        try:
            return theme_of(load_settings(settings_file))
        except StoreError:
            return "system"

    return chosen
