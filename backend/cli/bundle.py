"""`loopi bundle`: credentials and automations for another machine, in a file with a passphrase of its own."""

from pathlib import Path
from typing import Annotated

import typer

from backend.cli.imports import tell
from backend.cli.options import Json, examples
from backend.cli.prompt import ask_new_passphrase, ask_secret
from backend.cli.session import session_of

group = typer.Typer(
    name="bundle", help="Credentials and automations in one encrypted file.", no_args_is_help=True
)

INSTEAD = (
    "Give it with --bundle-passphrase-stdin: one line, after the vault's if --passphrase-stdin is given too."
)
FromStdin = Annotated[
    bool, typer.Option("--bundle-passphrase-stdin", help="Read the file's passphrase from standard input.")
]


@group.command(
    epilog=examples(
        'loopi bundle export moving.loopi --automation "Morning weather" --credential "OpenWeather"',
        "loopi bundle export moving.loopi --all",
    )
)
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")],
    *,
    automation: Annotated[
        list[str] | None,
        typer.Option("--automation", "-a", metavar="NAME|ID", help="It, and whatever its steps name."),
    ] = None,
    credential: Annotated[
        list[str] | None, typer.Option("--credential", "-c", metavar="NAME|ID", help="A credential.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All automations and credentials.")] = False,
    from_stdin: FromStdin = False,
    _json: Json = False,
) -> None:
    """Write credentials and automations into a new file, encrypted with a passphrase that is asked for."""
    from backend.adapters.bundle import write
    from backend.adapters.bundle_export import Wanted

    session = session_of(context)
    wanted = Wanted(tuple(automation or ()), tuple(credential or ()), everything)
    passphrase = session.read_line(instead=INSTEAD) if from_stdin else ask_new_passphrase(instead=INSTEAD)
    sealed = session.app.bundles.seal(wanted, passphrase)
    write(file, sealed.content)
    if session.output.is_json:
        session.output.value(
            {"file": str(file), "automations": sealed.automations, "credentials": sealed.credentials}
        )
        return
    session.output.line(
        f"Written to {file}: {sealed.automations} automation(s), {sealed.credentials} credential(s). "
        "Nobody can recover the passphrase."
    )


@group.command("import", epilog=examples("loopi bundle import moving.loopi"))
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `loopi bundle export` wrote.")],
    *,
    from_stdin: FromStdin = False,
    _json: Json = False,
) -> None:
    """Take over what is in a bundle, all of it or nothing. What is here already stays as it is."""
    from backend.adapters.bundle import read

    session = session_of(context)
    content = read(file)
    question = "Passphrase of the file"
    passphrase = session.read_line(instead=INSTEAD) if from_stdin else ask_secret(question, instead=INSTEAD)
    tell(session, session.app.bundles.take(content, passphrase))
