import logging
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from backend.app import App, open_app
from backend.serve import Serving, open_serving
from engine.errors import LoopiError
from engine.events import Event, RunFinished, RunStarted


def served(app: App, page: Path) -> Serving:
    (page / "index.html").write_text("x")
    return open_serving(app, page)


def tidying() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "tidy"]


def test_a_port_that_is_taken_is_told_and_the_link_is_not_printed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("x")
    app = open_app({"LOOPI_HOME": str(tmp_path / "home")})
    serving = open_serving(app, tmp_path)
    with pytest.raises(LoopiError) as caught:
        open_serving(app, tmp_path, port=serving.port)
    assert caught.value.code == "serve.port"
    assert serving.link not in repr(serving)
    serving.stop()
    serving.run()


def with_old_runs(folder: Path, number: int) -> App:
    """Runs of 1970, which are kept no longer. The parts that the end asks for are made already."""
    app = open_app({"LOOPI_HOME": str(folder)})
    for run in range(number):
        app.journal.write(Event(f"r{run}", 0, float(run), "", RunStarted("a", "A", "x")), "{}")
        app.journal.write(Event(f"r{run}", 1, float(run), "", RunFinished("succeeded")), "{}")
    assert (app.runs.active(), app.vault.is_unlocked) == ((), False)
    return app


def test_the_end_waits_for_the_history_to_be_tidied(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = with_old_runs(tmp_path / "home", 2000)
    serving = served(app, tmp_path)
    with caplog.at_level(logging.WARNING):
        serving.stop()
        serving.run()
        left = tidying()
        app.journal.close()
        for thread in left:
            thread.join(20)
    assert (left, caplog.messages) == ([], [])


def test_an_end_is_not_held_up_by_a_history_that_somebody_else_writes_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.serve.PATIENCE_S", 0.1)
    app = with_old_runs(tmp_path / "home", 1)
    serving = served(app, tmp_path)
    serving.stop()
    with closing(sqlite3.connect(app.places.history_db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        serving.run()
        (left,) = tidying()
    left.join(20)
    assert left.daemon
    assert not left.is_alive()


def test_an_end_leaves_the_rest_of_a_long_history_for_the_next_time(tmp_path: Path) -> None:
    app = with_old_runs(tmp_path / "home", 3)
    ended = iter([False, True])
    assert app.tidy_history(is_ended=lambda: next(ended)) == 1
    assert app.tidy_history() == 2
