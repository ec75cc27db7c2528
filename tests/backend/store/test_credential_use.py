import stat
import subprocess
import sys
from pathlib import Path

import pytest

from backend.store.credential_use import MAX_TEXT, Use, UseLog
from servers.command_line import ROOT

WRITER = """
import sys
from pathlib import Path
from backend.store.credential_use import Use, UseLog
log = UseLog(Path(sys.argv[1]))
for number in range(40):
    log.record(f"{sys.argv[2]}-{number}", Use(float(number), "works", float(number)))
"""


@pytest.fixture
def log(tmp_path: Path) -> UseLog:
    return UseLog(tmp_path / "credential-use.db")


def test_the_latest_outcome_counts(log: UseLog) -> None:
    log.record("a", Use(10.0, "refused", 9.0, "No.", "Do this."))
    assert log.all() == {"a": Use(10.0, "refused", 9.0, "No.", "Do this.")}
    log.record("a", Use(20.0, "works", 19.0))
    assert log.all() == {"a": Use(20.0, "works", 19.0)}


def test_a_use_that_says_nothing_leaves_what_is_known(log: UseLog) -> None:
    log.record("a", Use(10.0, "refused", 9.0, "No.", "Do this."))
    log.record("a", Use(20.0, None, 19.0, "The server is down."))
    assert log.all() == {"a": Use(20.0, "refused", 9.0, "No.", "Do this.")}


def test_what_a_run_says_that_began_earlier_does_not_replace_the_newer_word(log: UseLog) -> None:
    log.record("a", Use(20.0, "works", 19.0))
    log.record("a", Use(30.0, "refused", 9.0, "No."))
    assert log.all() == {"a": Use(30.0, "works", 19.0)}


def test_what_is_forgotten_is_gone_and_the_others_stay(log: UseLog) -> None:
    for name in ("a", "b"):
        log.record(name, Use(1.0, "works", 1.0))
    log.forget(["a", "unheard of"])
    assert log.all().keys() == {"b"}


def test_no_answer_of_a_service_fills_the_disk(log: UseLog) -> None:
    log.record("a", Use(1.0, "refused", 1.0, "x" * 100_000, "y" * 100_000))
    (use,) = log.all().values()
    assert len(use.message) == len(use.hint) == MAX_TEXT


def test_the_file_is_the_users_own(log: UseLog, tmp_path: Path) -> None:
    log.record("a", Use(1.0))
    assert stat.S_IMODE((tmp_path / "credential-use.db").stat().st_mode) == 0o600


def test_several_processes_write_at_once_and_nothing_is_lost(log: UseLog, tmp_path: Path) -> None:
    file = str(tmp_path / "credential-use.db")
    command = [sys.executable, "-c", WRITER, file]
    writers = [subprocess.Popen([*command, name], cwd=ROOT) for name in ("one", "two", "three")]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    assert len(log.all()) == 120


def test_a_file_that_is_no_database_costs_the_memory_of_it_and_nothing_else(
    log: UseLog, tmp_path: Path
) -> None:
    (tmp_path / "credential-use.db").write_bytes(b"no database at all " * 100)
    log.record("a", Use(1.0))
    assert log.all() == {}
