"""Questions to a person at a terminal. What is secret is asked for without echo."""

import getpass
import os
import select
import sys

from backend.cli.output import printable
from engine.errors import LoopiError

_TICK_S = 0.1


class UsageProblem(LoopiError):
    """The command was not given in a form that it can carry out. Codes: `usage.…`."""


class Declined(UsageProblem):
    """A person was asked and did not agree. No mistake: the command ends with 0, having done nothing."""


def has_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_secret(question: str, *, instead: str) -> str:
    """The answer, typed unseen. Raises UsageProblem `usage.no_terminal` with `instead` as what to do."""
    _require_terminal(question, instead=instead)
    return getpass.getpass(f"{printable(question)}: ", stream=sys.stderr)


def ask_text(question: str, *, instead: str, default: str = "") -> str:
    """The answer, typed visibly; `default` for an empty one. Raises as `ask_secret`."""
    _require_terminal(question, instead=instead)
    sys.stderr.write(printable(f"{question} [{default}]: " if default else f"{question}: "))
    sys.stderr.flush()
    _wait_for_an_answer()
    answer = sys.stdin.readline()
    if not answer:
        raise KeyboardInterrupt
    return answer.rstrip("\r\n") or default


def ask_new_passphrase(*, instead: str) -> str:
    """A new passphrase, typed twice. Raises UsageProblem `usage.passphrases_differ`, and as `ask_secret`."""
    first = ask_secret("New passphrase", instead=instead)
    if first != ask_secret("The same again", instead=instead):
        raise UsageProblem(
            "usage.passphrases_differ",
            "The two passphrases are not the same, so nothing was changed.",
            hint="Start the command again.",
        )
    return first


def confirm(question: str, *, is_yes: bool) -> None:
    """Return when the person agrees, or `--yes` was given. Raises Declined, and as `ask_secret`."""
    if is_yes:
        return
    answer = ask_text(f"{question} (y/N)", instead="Add --yes to go ahead without the question.")
    if answer.strip().lower() not in {"y", "yes"}:
        raise Declined("usage.not_confirmed", "Nothing was changed.", hint="Answer y to go ahead.")


def _wait_for_an_answer() -> None:
    """Return when something was typed. A signal that comes just before a read would not end that read."""
    while os.name == "posix" and not select.select([sys.stdin], [], [], _TICK_S)[0]:
        pass


def _require_terminal(question: str, *, instead: str) -> None:
    if not has_terminal():
        raise UsageProblem(
            "usage.no_terminal",
            f"There is no terminal on which to ask: {question.lower() if question.isupper() else question}.",
            hint=instead,
        )
