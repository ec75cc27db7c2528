"""`loopi --selftest`: does this copy of the program work on this machine?"""

import os
from typing import Annotated

import typer

from backend.cli.exits import ExitCode
from backend.cli.session import session_of


def _carry_out(context: typer.Context, is_asked: bool) -> None:  # noqa: FBT001 - typer's signature
    if not is_asked:
        return
    from backend.selftest.check import CHECKS
    from backend.selftest.trial import carry_out

    output = session_of(context).output
    has_passed = carry_out(CHECKS, output.line)
    output.line("No check failed." if has_passed else "This copy of Loopi does not work on this machine.")
    raise typer.Exit(ExitCode.SUCCEEDED if has_passed else ExitCode.FAILED)


def _show_window(_context: typer.Context, is_asked: bool) -> None:  # noqa: FBT001 - typer's signature
    if is_asked:
        from backend.selftest.window import show

        show(os.environ)


SelfTest = Annotated[
    bool,
    typer.Option(
        "--selftest", callback=_carry_out, is_eager=True, help="Check that this copy of Loopi works here."
    ),
]
SelfTestWindow = Annotated[
    bool,
    # What --selftest starts for itself.
    typer.Option("--selftest-window", callback=_show_window, is_eager=True, hidden=True),
]
