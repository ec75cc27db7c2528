"""`loopi vault`: where the vault is, what protects it, its passphrase and its backup."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.options import Json, Yes, examples
from backend.cli.prompt import UsageProblem, ask_new_passphrase, confirm
from backend.cli.session import Session, session_of
from engine import model

if TYPE_CHECKING:
    from backend.adapters.vault import Status

group = typer.Typer(name="vault", help="The encrypted file that holds the credentials.", no_args_is_help=True)
passphrases = typer.Typer(name="passphrase", help="A passphrase that opens the vault.", no_args_is_help=True)
group.add_typer(passphrases)

NEW_INSTEAD = "Give it with --new-stdin: one line, after the present one if --passphrase-stdin is given too."
CURRENT_INSTEAD = "Give the present passphrase with --passphrase-stdin."
NewStdin = Annotated[bool, typer.Option("--new-stdin", help="Read the new passphrase from standard input.")]


@group.command(epilog=examples("loopi vault status"))
def status(context: typer.Context, *, _json: Json = False) -> None:
    """Say where the vault is, which keys open it, and what that protects. Needs no key."""
    session = session_of(context)
    if session.output.is_json:
        session.output.value(_plain(session.app.vault.status().to_json()))
        return
    for label, text in _told(session.app.vault.status()):
        session.output.line(f"{label:12} {text}")


def _told(status: "Status") -> list[tuple[str, str]]:
    """The status in words: a label and a text for each line."""
    if not status.exists:
        return [("Vault", str(status.path)), ("State", status.protection)]
    slots = [f"{slot.type} {slot.kid} ({slot.iter:,} rounds)" for slot in status.slots]
    backup = "with a backup beside it" if status.has_backup else "no backup yet"
    return [
        ("Vault", str(status.path)),
        ("State", f"generation {status.generation}, {backup}"),
        *(("Key", slot) for slot in slots),
        *([("Opened by", status.source)] if status.source else []),
        ("Permissions", "only you can read it" if status.is_private else "others can read it: correct that"),
        ("Protection", status.protection),
    ]


@group.command(epilog=examples("loopi vault inspect ~/.config/loopi/credentials.json.enc.bak --json"))
def inspect(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Any vault file, for example a backup.")],
    *,
    _json: Json = False,
) -> None:
    """Open a vault file and count what is in it. Writes nothing."""
    session = session_of(context)
    found = session.inspect(file)
    if session.output.is_json:
        session.output.value(_plain(found))
        return
    session.output.line(
        f"{found['credentials']} credential(s), schema {found['schema']}, generation {found['generation']}"
    )


@group.command(epilog=examples("loopi vault restore"))
def restore(context: typer.Context, *, yes: Yes = False, _json: Json = False) -> None:
    """Put the backup in the place of the vault file, which is kept beside it."""
    session = session_of(context)
    confirm("Replace the vault by its backup? The vault file is kept beside it.", is_yes=yes)
    snapshot = session.app.vault.restore_backup()
    _done(
        session,
        f"Restored. Credentials in it: {len(snapshot.credentials)}.",
        credentials=len(snapshot.credentials),
    )


@group.command("start-anew", epilog=examples("loopi vault start-anew"))
def start_anew(context: typer.Context, *, yes: Yes = False, _json: Json = False) -> None:
    """Set a vault aside that cannot be opened any more. The next credential makes a new one."""
    session = session_of(context)
    found = session.app.vault.status()
    if not found.exists and not found.has_backup:
        _done(session, "There is no vault to set aside. The first credential you save makes one.")
        return
    confirm("Set the vault and its backup aside and start with an empty one?", is_yes=yes)
    session.app.vault.start_anew()
    _done(session, "The old vault was set aside. The next credential you save makes a new one.")


@passphrases.command("set", epilog=examples("loopi vault passphrase set"))
def set_(context: typer.Context, *, new_stdin: NewStdin = False, _json: Json = False) -> None:
    """Protect the vault with a passphrase. This computer then keeps no key to it."""
    session = session_of(context)
    if _has_passphrase(session):
        raise UsageProblem(
            "usage.passphrase_is_set",
            "The vault has a passphrase already.",
            hint="`loopi vault passphrase change` changes it.",
        )
    session.app.vault.set_passphrase(_new(session, from_stdin=new_stdin))
    _done(session, "The passphrase is set. Nobody can recover it: write it down in a safe place.")


@passphrases.command(epilog=examples("loopi vault passphrase change"))
def change(context: typer.Context, *, new_stdin: NewStdin = False, _json: Json = False) -> None:
    """Change the passphrase. The backup is renewed too, so that the old one opens nothing any more."""
    session = session_of(context)
    current = _current(session)
    session.app.vault.set_passphrase(_new(session, from_stdin=new_stdin), current=current)
    _done(session, "The passphrase is changed.")


@passphrases.command(epilog=examples("loopi vault passphrase remove"))
def remove(context: typer.Context, *, _json: Json = False) -> None:
    """Let this computer keep the key again, in its keychain where it has one."""
    session = session_of(context)
    session.app.vault.remove_passphrase(current=_current(session))
    _done(session, "The passphrase is removed. " + session.app.vault.status().protection)


def _has_passphrase(session: Session) -> bool:
    return any(slot.type == "passphrase" for slot in session.app.vault.status().slots)


def _current(session: Session) -> str:
    """The present passphrase, as named for this process, or typed. Raises UsageProblem."""
    if not _has_passphrase(session):
        raise UsageProblem(
            "usage.no_passphrase_set",
            "The vault has no passphrase.",
            hint="`loopi vault passphrase set` sets one.",
        )
    named = session.passphrase or os.environ.get("LOOPI_VAULT_PASSPHRASE")
    return named or session.ask_present(instead=CURRENT_INSTEAD)


def _new(session: Session, *, from_stdin: bool) -> str:
    return session.read_line(instead=NEW_INSTEAD) if from_stdin else ask_new_passphrase(instead=NEW_INSTEAD)


def _done(session: Session, text: str, **details: model.Json) -> None:
    if session.output.is_json:
        session.output.value({"ok": True, **details})
    else:
        session.output.line(text)


def _plain(found: dict[str, object]) -> model.Json:
    plain: model.Json = json.loads(json.dumps(found))
    return plain
