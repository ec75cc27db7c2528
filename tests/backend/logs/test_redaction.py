"""What logging takes out of a record before anybody sees it."""

import logging
import traceback
from urllib.parse import quote

import pytest

from backend.logs import LOG_REDACTOR, LogRedactor
from backend.logs.handler import WITHHELD_RECORD
from backend.logs.redaction import RECORD_SIZE
from engine.redact import Redactor
from engine.secrets import BULLETS
from log_setup import SECRET, Keeping, Setup, Unprintable, fail, log, only


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


def test_a_record_cannot_forge_another_or_speak_to_the_terminal(setup: Setup) -> None:
    log.warning("first\n2026-01-01 00:00:00 ERROR loopi: forged\r\x1b[2J\u202e")
    lines = setup.written().splitlines()
    assert lines[1] == "    2026-01-01 00:00:00 ERROR loopi: forged\\x0d\\x1b[2J\\x202e"


def test_a_long_record_is_cut_after_it_was_redacted(setup: Setup) -> None:
    log.warning("%s%s%s", "x" * (RECORD_SIZE - 60), SECRET, "y" * RECORD_SIZE)
    assert "s3cr3t" not in setup.written()
    assert len(setup.written()) < RECORD_SIZE + 100


def test_a_surrogate_in_a_record_does_not_lose_it(setup: Setup) -> None:
    log.warning("%s \udcff", SECRET)
    assert f"{BULLETS} \\udcff" in setup.written()


def test_an_exception_group_with_a_secret_of_two_lines_is_redacted(setup: Setup) -> None:
    both = "first-half\nother-half"
    error = ExceptionGroup("both", [ValueError(both), ValueError(SECRET)])
    assert "other-half" in "".join(traceback.format_exception(error))
    with LOG_REDACTOR.holding(Redactor([both])):
        log.error("failed", exc_info=error)
    assert "-half" not in setup.written()
    assert "Canary" not in setup.written()
