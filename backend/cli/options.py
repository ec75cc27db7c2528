"""What many commands share: the options --json and --yes, and how examples are shown in the help."""

from typing import Annotated

import typer

from backend.cli.session import session_of


def examples(*commands: str) -> str:
    """The end of a command's help. The sign before the lines keeps them as they are."""
    return "\n".join(
        ("\b", "Examples:" if len(commands) > 1 else "Example:", *(f"  {each}" for each in commands))
    )


def _set_json(context: typer.Context, is_json: bool) -> bool:  # noqa: FBT001 - typer's signature
    if is_json:
        session_of(context).output.is_json = True
    return is_json


Json = Annotated[
    bool, typer.Option("--json", callback=_set_json, is_eager=True, help="Print JSON for a program to read.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
