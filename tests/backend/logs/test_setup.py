"""What setting up the logs changes in the process, and gives back."""

import io
import logging
import subprocess
import sys
import threading
import warnings
from pathlib import Path

from backend.logs import configure
from engine.secrets import BULLETS
from log_setup import SECRET, Setup, fail, log


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
        setup.logs = configure(logging.DEBUG, file=None, stream=setup.stream)
        warnings.warn(f"old url {SECRET}", stacklevel=1)
    assert "old url" in setup.stream.getvalue()
    assert "url s3cr3t" not in setup.stream.getvalue()


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


def test_a_library_that_was_silenced_before_is_silent_again_afterwards() -> None:
    noisy = logging.getLogger("requests_oauthlib")
    noisy.setLevel(logging.ERROR)
    configure(logging.DEBUG, file=None, stream=io.StringIO()).close()
    assert noisy.level == logging.ERROR
