"""Who keeps the schedules: one process at a time."""

import logging
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from backend.app import App
from backend.keeper import Keeper
from backend.places import Places
from engine.errors import LoopiError
from servers.command_line import KEY


@pytest.fixture
def app(tmp_path: Path) -> App:
    places = Places(tmp_path / "home")
    places.create()
    return App(places, {"LOOPI_VAULT_KEY": KEY})


def test_one_that_must_be_alone_says_who_keeps_them(app: App) -> None:
    with FileLock(app.places.schedules_lock), pytest.raises(LoopiError) as refused:
        Keeper(app).keep_alone()
    assert refused.value.code == "schedule.kept_elsewhere"


def test_one_that_was_stopped_before_it_began_keeps_nothing(app: App) -> None:
    keeper = Keeper(app)
    keeper.stop()
    keeper.keep()
    keeper.look_once()
    assert app.schedules.pending() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_may_open_the_lock(app: App) -> None:
    Keeper(app).look_once()
    assert app.places.schedules_lock.stat().st_mode & 0o777 == 0o600


def test_a_lock_that_is_given_back_is_taken(app: App) -> None:
    Keeper(app).look_once()
    with FileLock(app.places.schedules_lock).acquire(timeout=0) as lock:
        assert lock.is_locked


class Ender(logging.Handler):
    """Ends a keeper at the first word of its log."""

    def __init__(self, keeper: Keeper) -> None:
        super().__init__()
        self.keeper = keeper
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
        self.keeper.stop()


def test_a_database_that_cannot_be_read_is_said_and_tried_again_later(app: App) -> None:
    app.places.schedules_db.write_text("no database" * 100)
    keeper = Keeper(app)
    ender, log = Ender(keeper), logging.getLogger("backend.keeper")
    log.addHandler(ender)
    keeper.keep()
    log.removeHandler(ender)
    assert len(ender.said) == 1
    assert "not kept for now" in ender.said[0]


def test_a_keeper_that_is_stopped_leaves_no_thread(app: App) -> None:
    keeper = Keeper(app)
    keeper.start()
    keeper.stop()
    assert "schedules" not in [thread.name for thread in threading.enumerate()]
