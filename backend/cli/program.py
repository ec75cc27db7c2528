"""The command line as a whole: its commands, its global options, and what becomes of an error."""

import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from backend import __version__
from backend.cli import (
    automations,
    bundle,
    check,
    credentials,
    daemon,
    edit,
    history,
    imports,
    replay,
    resume,
    schedule,
    schedule_add,
    serve,
    trial,
    vault,
)
from backend.cli import run as run_command
from backend.cli import window as window_command
from backend.cli.exits import ExitCode, exit_code
from backend.cli.options import examples
from backend.cli.output import Output
from backend.cli.prompt import Declined, UsageProblem
from backend.cli.selftest import SelfTest, SelfTestWindow
from backend.cli.session import Session, session_of
from backend.memory import keep_private
from engine.errors import LoopiError
from engine.model import Json

if TYPE_CHECKING:
    from backend.vault.errors import VaultError

NAME = "loopi"
SHELLS = ("bash", "zsh", "fish", "powershell")

cli = typer.Typer(
    name=NAME,
    help="Run automations with credentials that stay on this machine.",
    epilog="The exit codes and all commands with examples are in docs/command-line.md.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)
window_command.register(cli)
run_command.register(cli)
resume.register(cli)
replay.register(cli)
check.register(cli)
imports.register(cli)
serve.register(cli)
daemon.register(cli)
cli.add_typer(credentials.group)
edit.register(credentials.group)
trial.register(credentials.group)
cli.add_typer(automations.group)
cli.add_typer(history.group)
cli.add_typer(schedule.group)
schedule_add.register(schedule.group)
cli.add_typer(vault.group)
cli.add_typer(bundle.group)


def _show_version(context: typer.Context, is_asked: bool) -> None:  # noqa: FBT001 - typer's signature
    if is_asked:
        session_of(context).output.line(f"{NAME} {__version__}")
        raise typer.Exit


@cli.callback()
def options(
    context: typer.Context,
    *,
    passphrase_stdin: Annotated[
        bool, typer.Option("--passphrase-stdin", help="Read the vault's passphrase from standard input.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Log to stderr what happens, without secrets.")
    ] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours.")] = False,
    _version: Annotated[
        bool,
        typer.Option("--version", "-V", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
    _selftest: SelfTest = False,
    _selftest_window: SelfTestWindow = False,
) -> None:
    """Run automations with credentials that stay on this machine."""
    session = session_of(context)
    session.passphrase_from_stdin = passphrase_stdin
    session.output.has_color = not no_color
    _log(session.output, level=logging.DEBUG if debug else logging.WARNING)


@cli.command(
    epilog=examples(
        "loopi completion bash >> ~/.bashrc", "loopi completion fish > ~/.config/fish/completions/loopi.fish"
    )
)
def completion(
    shell: Annotated[str, typer.Argument(help="bash, zsh, fish or powershell.")],
) -> None:
    """Print the script that completes commands in your shell."""
    if shell not in SHELLS:
        raise UsageProblem(
            "usage.shell",
            f"There is no completion for {shell}.",
            hint="Choose one of: " + ", ".join(SHELLS) + ".",
        )
    # The protocol that the script itself speaks: the next call answers it instead of running a command.
    os.environ["_LOOPI_COMPLETE"] = f"source_{shell}"
    typer.main.get_command(cli).main([], prog_name=NAME)


def run(arguments: Sequence[str]) -> int:
    """Carry out one command and return its exit code. No error leaves it but the unexpected ones."""
    keep_private()
    _open_streams()
    output = Output(is_json="--json" in arguments)
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = _carry_out(arguments, output)
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except SystemExit as ended:
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        # How typer leaves when nobody reads its help to the end: no failure of the command.
        code = ExitCode.SUCCEEDED
    finally:
        output.close()
    if output.lost:
        output.note(f"Error: The result could not be written: {output.lost.lower()}.")
        return code or ExitCode.FAILED
    return code


def _open_streams() -> None:
    """Let what was closed for us (`loopi … >&-`) lead nowhere: the next file would get its number."""
    sys.stdin = sys.stdin or Path(os.devnull).open()  # noqa: SIM115 - until the end
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115


def _carry_out(arguments: Sequence[str], output: Output) -> int:
    command = typer.main.get_command(cli)
    try:
        result = command.main(list(arguments), prog_name=NAME, standalone_mode=False, obj=Session(output))
    except _shown() as error:
        if isinstance(error, Declined) and not output.is_json:
            output.note(error.message)
        else:
            output.failure(error, details=_details(error))
        return exit_code(error.code)
    except typer.Abort:
        return ExitCode.INTERRUPTED
    except typer.TyperException as error:
        return _wrong_usage(error, output)
    return result if isinstance(result, int) else ExitCode.SUCCEEDED


def _shown() -> "tuple[type[LoopiError], type[VaultError]]":
    """Asked for only when something was raised: the vault's errors are not loaded before."""
    from backend.adapters.vault import SHOWN

    return SHOWN


def _details(error: "LoopiError | VaultError") -> dict[str, Json]:
    """What some errors know besides: the problems of an automation, the fields of a credential."""
    from backend.credentials.errors import CredentialError
    from engine.parse.problem import InvalidAutomation

    if isinstance(error, InvalidAutomation):
        return {"problems": [{"path": each.path, "message": each.message} for each in error.problems]}
    if isinstance(error, CredentialError) and error.fields:
        return {"fields": dict(error.fields)}
    return {}


def _wrong_usage(error: typer.TyperException, output: Output) -> int:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else NAME
    message = error.format_message()
    if message.startswith("Usage:"):
        for line in message.splitlines():
            output.note(line)
        return ExitCode.INVALID
    output.failure(UsageProblem("usage.invalid", message, hint=f"`{command} --help` shows how it is called."))
    return ExitCode.INVALID


def _terminate(_number: int, _frame: FrameType | None) -> NoReturn:
    # An exception, so that a prompt turns the terminal's echo on again and locks are released.
    sys.exit(ExitCode.TERMINATED)


def _log(output: Output, *, level: int) -> None:
    """Unexpected errors: one line for the person, the redacted details for the log file."""
    from backend.logs import configure
    from backend.places import Places

    configure(level, file=Places.from_environment(os.environ).logs / "loopi.log", stream=sys.stderr)
    told = sys.excepthook

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        told(kind, error, trace)
        if output.is_json:
            output.failure(LoopiError("internal", "An unexpected error stopped the command."))

    sys.excepthook = tell
