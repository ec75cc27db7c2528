import io
import logging
import os
import subprocess
import sys
import threading
import traceback
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from backend.logs import LOG_REDACTOR, LogRedactor, Logs, configure
from backend.logs.handler import FILE_SIZE_BYTES, KEPT_FILES, WITHHELD_RECORD
from backend.logs.redaction import RECORD_SIZE
from engine.redact import Redactor
from engine.secrets import BULLETS

SECRET = "s3cr3t/Canary+Value"
log = logging.getLogger("loopi.test")


class Unprintable:
    def __str__(self) -> str:
        raise ValueError(SECRET)


class Setup:
    """Logging at DEBUG to a stream and a file, with one run's redactor held."""

    def __init__(self, folder: Path) -> None:
        self.stream = io.StringIO()
        self.file = folder / "logs" / "loopi.log"
        self.logs: Logs = configure(logging.DEBUG, file=self.file, stream=self.stream)

    def again(self, level: int) -> None:
        self.logs = configure(level, file=self.file, stream=self.stream)

    def written(self) -> str:
        return self.file.read_text("utf-8") if self.file.exists() else ""


@pytest.fixture
def setup(tmp_path: Path) -> Iterator[Setup]:
    made = Setup(tmp_path)
    with LOG_REDACTOR.holding(Redactor([SECRET])):
        yield made
    made.logs.close()


@contextmanager
def only(handlers: Iterable[logging.Handler]) -> Iterator[None]:
    """The runner's own handlers raise where a record is broken, and format what they are given."""
    root = logging.getLogger()
    others = [handler for handler in root.handlers if handler not in handlers]
    for other in others:
        root.removeHandler(other)
    yield
    for other in others:
        root.addHandler(other)


class Keeping(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def fail() -> None:
    raise ValueError(SECRET)


def test_arguments_are_redacted_after_formatting(setup: Setup) -> None:
    log.warning("%s and %r in %s", SECRET, {"k": SECRET}, quote(SECRET, safe=""))
    for shown in (setup.stream.getvalue(), setup.written()):
        assert shown.count(BULLETS) == 3
        assert "Canary" not in shown


def test_a_secret_that_only_formatting_puts_together_is_masked(setup: Setup) -> None:
    log.warning("%s/Canary+Value", "s3cr3t")
    assert BULLETS in setup.stream.getvalue()
    assert "Canary" not in setup.written()


def test_a_traceback_and_a_stack_are_redacted(setup: Setup) -> None:
    try:
        fail()
    except ValueError:
        log.exception("failed", stack_info=True)
    for shown in (setup.stream.getvalue(), setup.written()):
        assert f"ValueError: {BULLETS}" in shown
        assert "Stack (most recent call last)" in shown
        assert "Canary" not in shown


def test_formatting_leaves_no_traceback_text_on_the_record(setup: Setup) -> None:
    keeping = Keeping()
    logging.getLogger().addHandler(keeping)
    with only([*setup.logs.handlers, keeping]):
        try:
            fail()
        except ValueError:
            log.exception("failed")
    logging.getLogger().removeHandler(keeping)
    assert [record.exc_text for record in keeping.records] == [None]
    assert "ValueError" in setup.written()


def test_a_record_that_cannot_be_formatted_is_withheld(
    setup: Setup, capfd: pytest.CaptureFixture[str]
) -> None:
    with only(setup.logs.handlers):
        log.warning("%s %s", SECRET, Unprintable())
        log.warning("%d", SECRET)
    for shown in (setup.stream.getvalue(), setup.written()):
        assert shown.splitlines() == [WITHHELD_RECORD] * 2
    assert capfd.readouterr() == ("", "")


def test_a_record_that_cannot_be_searched_is_withheld(setup: Setup) -> None:
    class Broken:
        def spans(self, text: str) -> list[tuple[int, int]]:
            raise LookupError(text)

    with LOG_REDACTOR.holding(Broken()):
        log.warning("with %s", SECRET)
    assert setup.stream.getvalue() == f"{WITHHELD_RECORD}\n"
    assert setup.written() == f"{WITHHELD_RECORD}\n"


def test_secrets_of_two_runs_that_overlap_leave_nothing_between_them() -> None:
    redactor = LogRedactor()
    with redactor.holding(Redactor(["alphabeta"])), redactor.holding(Redactor(["betagamma"])):
        assert redactor.text("<alphabetagamma>") == f"<{BULLETS}>"
    assert redactor.text("<alphabetagamma>") == "<alphabetagamma>"


def test_a_redactor_added_twice_holds_until_it_is_removed_twice() -> None:
    redactor, run = LogRedactor(), Redactor([SECRET])
    redactor.add(run)
    redactor.add(run)
    redactor.remove(run)
    assert redactor.text(SECRET) == BULLETS
    redactor.remove(run)
    redactor.remove(run)
    assert redactor.text(SECRET) == SECRET


def test_the_debug_logs_of_an_oauth1_signature_show_no_secret(setup: Setup) -> None:
    from oauthlib.oauth1 import Client

    secrets = ["Canary/key+1", "Canary secret%", "Canary=&1é", "Canary~", "Canary päss w/örd"]
    with LOG_REDACTOR.holding(Redactor(secrets)):
        Client(*secrets[:4]).sign(f"https://127.0.0.1/2/tweets?q={quote(secrets[4], safe='')}", "GET")
    shown = setup.stream.getvalue()
    assert "signature base string" in shown
    assert shown.count(BULLETS) > 6
    ends = (
        "Canary",
        "key+1",
        "key%2B1",
        "key%252B1",
        "1é",
        "1%C3%A9",
        "1%25C3%25A9",
        "örd",
        "%B6rd",
        "%25B6rd",
    )
    assert not [each for each in ends if each in shown]


def test_other_libraries_are_quiet_unless_debugging_is_on(setup: Setup) -> None:
    setup.again(logging.INFO)
    logging.getLogger("oauthlib.oauth1").info("params")
    logging.getLogger("httpx").info("GET https://127.0.0.1/")
    logging.getLogger("urllib3.connectionpool").warning("retrying")
    assert setup.stream.getvalue() == "retrying\n"
    setup.again(logging.DEBUG)
    logging.getLogger("oauthlib.oauth1").debug("params")
    assert "params" in setup.stream.getvalue()


def test_setting_up_again_does_not_write_twice(setup: Setup) -> None:
    setup.again(logging.DEBUG)
    log.warning("once")
    assert setup.stream.getvalue().count("once") == 1
    assert setup.written().count("once") == 1


def test_a_person_sees_no_traceback_and_the_file_keeps_it(setup: Setup) -> None:
    setup.again(logging.WARNING)
    try:
        fail()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    message = f"Loopi stopped at an unexpected error (ValueError). The details are in {setup.file}."
    assert setup.stream.getvalue() == f"{message}\n"
    assert f"ValueError: {BULLETS}" in setup.written()
    assert "Canary" not in setup.written()


def test_an_error_in_a_thread_is_redacted(setup: Setup) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert f"ValueError: {BULLETS}" in setup.written()
    assert "Canary" not in setup.stream.getvalue() + setup.written()


def test_an_error_while_cleaning_up_is_redacted(setup: Setup) -> None:
    class Careless:
        def __del__(self) -> None:
            fail()

    Careless()
    assert f"ValueError: {BULLETS}" in setup.written()
    assert "Canary" not in setup.stream.getvalue()


def test_an_interrupt_by_the_keyboard_is_not_reported(setup: Setup) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert setup.stream.getvalue() + setup.written() == ""


def test_warnings_go_through_the_log(setup: Setup) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        configure(logging.DEBUG, file=None, stream=setup.stream)
        warnings.warn(f"old url {SECRET}", stacklevel=1)
    assert "old url" in setup.stream.getvalue()
    assert "url s3cr3t" not in setup.stream.getvalue()


def test_a_record_cannot_forge_another_or_speak_to_the_terminal(setup: Setup) -> None:
    log.warning("first\n2026-01-01 00:00:00 ERROR loopi: forged\r\x1b[2J\u202e")
    lines = setup.written().splitlines()
    assert lines[1] == "    2026-01-01 00:00:00 ERROR loopi: forged\\x0d\\x1b[2J\\x202e"


def test_a_long_record_is_cut_after_it_was_redacted(setup: Setup) -> None:
    log.warning("%s%s%s", "x" * (RECORD_SIZE - 60), SECRET, "y" * RECORD_SIZE)
    assert "s3cr3t" not in setup.written()
    assert len(setup.written()) < RECORD_SIZE + 100


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_all_log_files_are_for_their_owner_only_and_their_number_and_size_are_bounded(setup: Setup) -> None:
    setup.file.parent.mkdir(parents=True, mode=0o700)
    setup.file.touch(0o644)
    log.debug("first")
    assert setup.file.stat().st_mode & 0o777 == 0o600
    for _ in range((KEPT_FILES + 3) * FILE_SIZE_BYTES // RECORD_SIZE):
        log.debug("%s %s", SECRET, "z" * (RECORD_SIZE - 200))
    files = sorted(setup.file.parent.iterdir())
    assert len(files) == KEPT_FILES + 1
    for file in files:
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.stat().st_size <= FILE_SIZE_BYTES
        assert SECRET not in file.read_text("utf-8")


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs O_NOFOLLOW")
def test_the_log_does_not_follow_a_planted_link_and_says_once_that_it_cannot_be_written(
    setup: Setup, tmp_path: Path
) -> None:
    target = tmp_path / "target"
    target.write_text("mine")
    setup.file.parent.mkdir()
    setup.file.symlink_to(target)
    setup.again(logging.ERROR)
    log.warning("one")
    log.warning("two")
    assert target.read_text() == "mine"
    assert setup.stream.getvalue() == (
        f"The log file {setup.file} cannot be written. Check the disk and its rights.\n"
    )


def test_a_surrogate_in_a_record_does_not_lose_it(setup: Setup) -> None:
    log.warning("%s \udcff", SECRET)
    assert f"{BULLETS} \\udcff" in setup.written()


def test_closing_gives_everything_back(tmp_path: Path) -> None:
    before = (list(logging.getLogger().handlers), logging.getLogger("httpx").level)
    configure(logging.DEBUG, file=tmp_path / "loopi.log", stream=io.StringIO()).close()
    assert (list(logging.getLogger().handlers), logging.getLogger("httpx").level) == before
    assert sys.excepthook is sys.__excepthook__
    assert threading.excepthook is threading.__excepthook__


def test_setting_up_logs_loads_neither_the_engine_nor_the_search() -> None:
    code = (
        "import sys, backend.logs; print([m for m in sys.modules if m.startswith(('engine', 'ahocorasick'))])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


def test_an_error_that_nobody_caught_shows_no_secret_on_a_real_stderr(tmp_path: Path) -> None:
    code = f"""
import sys, pathlib
from backend.logs import LOG_REDACTOR, configure
from engine.redact import Redactor
configure(file=pathlib.Path({str(tmp_path / "loopi.log")!r}), stream=sys.stderr)
LOG_REDACTOR.add(Redactor([{SECRET!r}]))
raise RuntimeError({SECRET!r})
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert shown.returncode == 1
    assert "Traceback" not in shown.stderr
    assert shown.stderr.startswith("Loopi stopped at an unexpected error (RuntimeError).")
    assert f"RuntimeError: {BULLETS}" in (tmp_path / "loopi.log").read_text("utf-8")


def test_an_exception_group_with_a_secret_of_two_lines_is_redacted(setup: Setup) -> None:
    both = "first-half\nother-half"
    error = ExceptionGroup("both", [ValueError(both), ValueError(SECRET)])
    assert "other-half" in "".join(traceback.format_exception(error))
    with LOG_REDACTOR.holding(Redactor([both])):
        log.error("failed", exc_info=error)
    assert "-half" not in setup.written()
    assert "Canary" not in setup.written()
