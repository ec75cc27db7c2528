"""Methods about the vault. Passphrases go in; nothing of them comes out."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from backend.adapters.vault import KEY_TROUBLE, SHOWN, Status
from backend.bridge.contract.shape import Nothing
from backend.bridge.contract.vault import (
    Needs,
    RemovePassphrase,
    RestoreCopy,
    SetPassphrase,
    Unlock,
    VaultCopy,
    VaultProblem,
    VaultSlot,
    VaultStatus,
)
from backend.bridge.desk import Desk
from backend.bridge.errors import bad_params

PASSPHRASE = "passphrase"  # noqa: S105  # the name of a kind of key


def status(desk: Desk, _params: Nothing) -> VaultStatus:
    """Tries the keys of this computer, unless somebody locked the vault. Never raises for a broken vault."""
    problem = None if desk.was_locked else _problem(desk)
    try:
        found = desk.app.vault.status()
    except SHOWN as error:
        return _broken(desk, VaultProblem(error.code, error.message, error.hint))
    return _shown(desk, found, problem)


def unlock(desk: Desk, params: Unlock) -> VaultStatus:
    desk.app.vault.unlock(params.passphrase)
    desk.idle.touch()
    desk.was_locked = False
    return _changed(desk)


def lock(desk: Desk, _params: Nothing) -> VaultStatus:
    """Forget the key and all that was read. Runs that go on keep what they took at their start."""
    desk.lock()
    return status(desk, Nothing())


def set_passphrase(desk: Desk, params: SetPassphrase) -> VaultStatus:
    desk.app.vault.set_passphrase(params.new, current=params.current)
    return _changed(desk)


def remove_passphrase(desk: Desk, params: RemovePassphrase) -> VaultStatus:
    desk.app.vault.remove_passphrase(current=params.current)
    return _changed(desk)


def restore(desk: Desk, params: Unlock) -> VaultStatus:
    """Put the backup in the vault's place; the passphrase is the backup's, where it has one."""
    desk.passphrase.offer(params.passphrase)
    try:
        desk.app.vault.restore_backup()
    finally:
        desk.passphrase.offer(None)
    desk.was_locked = False
    return _changed(desk)


def copy(desk: Desk, _params: Nothing) -> VaultCopy:
    """For the user to keep elsewhere. It stays encrypted."""
    name = f"loopi-vault-{datetime.now(UTC):%Y-%m-%d}.enc"
    return VaultCopy(b64encode(desk.app.vault.copy()).decode(), name)


def restore_copy(desk: Desk, params: RestoreCopy) -> VaultStatus:
    """Put a copy in the vault's place. Raises Refusal `bridge.bad_params`, and what opening it raises."""
    try:
        data = b64decode(params.content, validate=True)
    except ValueError:
        raise bad_params({"content": "must be base64"}) from None
    desk.passphrase.offer(params.passphrase)
    try:
        desk.app.vault.restore_copy(data)
    finally:
        desk.passphrase.offer(None)
    desk.was_locked = False
    return _changed(desk)


def start_anew(desk: Desk, _params: Nothing) -> VaultStatus:
    desk.app.vault.start_anew()
    desk.was_locked = False
    return _changed(desk)


def _changed(desk: Desk) -> VaultStatus:
    desk.hub.notify("vault")
    desk.hub.notify("credentials")
    return status(desk, Nothing())


def _problem(desk: Desk) -> VaultProblem | None:
    try:
        desk.app.vault.read()
    except SHOWN as error:
        return VaultProblem(error.code, error.message, error.hint)
    return None


def _shown(desk: Desk, found: Status, problem: VaultProblem | None) -> VaultStatus:
    slots = tuple(VaultSlot(slot.type, slot.kid, slot.iter) for slot in found.slots)
    has_passphrase = any(slot.type == PASSPHRASE for slot in slots)
    needs = _needs(problem, is_locked=desk.was_locked, has_passphrase=has_passphrase)
    return VaultStatus(
        path=str(found.path),
        exists=found.exists,
        has_backup=found.has_backup,
        generation=found.generation,
        slots=slots,
        has_passphrase=has_passphrase,
        is_private=found.is_private,
        is_unlocked=found.is_unlocked,
        is_locked=desk.was_locked or problem is not None,
        needs=needs,
        source=found.source,
        protection=found.protection,
        problem=problem if needs in {"key", "repair"} else None,
    )


def _needs(problem: VaultProblem | None, *, is_locked: bool, has_passphrase: bool) -> Needs:
    is_key_trouble = problem is not None and problem.code in KEY_TROUBLE
    if has_passphrase and (is_locked or is_key_trouble):
        return "passphrase"
    if problem is None:
        return "nothing"
    return "key" if is_key_trouble else "repair"


def _broken(desk: Desk, problem: VaultProblem) -> VaultStatus:
    """A vault of which not even the outside can be read."""
    folder = desk.app.places.vault_dir
    return VaultStatus(
        path=str(folder),
        exists=True,
        has_backup=any(folder.glob("*.enc.bak")),
        generation=0,
        slots=(),
        has_passphrase=False,
        is_private=True,
        is_unlocked=False,
        is_locked=True,
        needs="key" if problem.code in KEY_TROUBLE else "repair",
        source=None,
        protection="",
        problem=problem,
    )


HANDLERS: Mapping[str, Callable[..., object]] = {
    "status": status,
    "unlock": unlock,
    "lock": lock,
    "setPassphrase": set_passphrase,
    "removePassphrase": remove_passphrase,
    "restore": restore,
    "startAnew": start_anew,
    "copy": copy,
    "restoreCopy": restore_copy,
}
