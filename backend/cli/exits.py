"""Which exit code stands for which error. The codes are a contract with scripts: docs/command-line.md."""

from collections.abc import Mapping
from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    SUCCEEDED = 0
    FAILED = 1
    INVALID = 2
    LOCKED = 3
    CREDENTIAL_MISSING = 4
    REFUSED = 5
    BLOCKED = 6
    VAULT_DAMAGED = 7
    INTERRUPTED = 130
    TERMINATED = 143


# An error code, or the beginning of one up to a dot. The longest match counts.
_EXITS: Mapping[str, ExitCode] = {
    "automation": ExitCode.INVALID,
    "bundle": ExitCode.INVALID,
    "bundle.tampered": ExitCode.VAULT_DAMAGED,
    "bundle.unwritable": ExitCode.FAILED,
    "bundle.wrong_passphrase": ExitCode.LOCKED,
    "credential.ambiguous": ExitCode.INVALID,
    "credential.invalid": ExitCode.INVALID,
    "credential.missing": ExitCode.CREDENTIAL_MISSING,
    "credential.name_taken": ExitCode.INVALID,
    "credential.not_found": ExitCode.CREDENTIAL_MISSING,
    "credential.not_in_trash": ExitCode.CREDENTIAL_MISSING,
    "credential.token_refused": ExitCode.REFUSED,
    "credential.unknown_type": ExitCode.INVALID,
    "import": ExitCode.INVALID,
    "http.forbidden": ExitCode.REFUSED,
    "http.unauthorized": ExitCode.REFUSED,
    "policy": ExitCode.BLOCKED,
    "run.no_such_step": ExitCode.INVALID,
    "run.not_confirmed": ExitCode.INVALID,
    "schedule.invalid": ExitCode.INVALID,
    "schedule.missing": ExitCode.INVALID,
    "settings": ExitCode.INVALID,
    "store.unreadable": ExitCode.INVALID,
    "usage": ExitCode.INVALID,
    "usage.not_confirmed": ExitCode.SUCCEEDED,
    "vault.bad_passphrase": ExitCode.INVALID,
    "vault.damaged": ExitCode.VAULT_DAMAGED,
    "vault.key_file_unreadable": ExitCode.LOCKED,
    "vault.key_file_unsafe": ExitCode.LOCKED,
    "vault.keychain_unavailable": ExitCode.LOCKED,
    "vault.last_slot": ExitCode.INVALID,
    "vault.locked": ExitCode.LOCKED,
    "vault.missing": ExitCode.VAULT_DAMAGED,
    "vault.no_such_slot": ExitCode.INVALID,
    "vault.not_a_vault": ExitCode.VAULT_DAMAGED,
    "vault.policy": ExitCode.VAULT_DAMAGED,
    "vault.schema": ExitCode.VAULT_DAMAGED,
    "vault.tampered": ExitCode.VAULT_DAMAGED,
    "vault.too_new": ExitCode.VAULT_DAMAGED,
    "vault.truncated": ExitCode.VAULT_DAMAGED,
    "vault.unreadable": ExitCode.VAULT_DAMAGED,
    "vault.wrong_key": ExitCode.LOCKED,
    "x.forbidden": ExitCode.REFUSED,
    # What X refuses here is the tweet, not the credential.
    "x.forbidden.duplicate": ExitCode.FAILED,
    "x.forbidden.reply": ExitCode.FAILED,
    "x.forbidden.resource": ExitCode.FAILED,
    "x.forbidden.tweet_gone": ExitCode.FAILED,
    "x.unauthorized": ExitCode.REFUSED,
}


def exit_code(error_code: str) -> ExitCode:
    """The exit code for an error code like `vault.wrong_key`; 1 for what is not in the table."""
    name = error_code
    while name:
        if name in _EXITS:
            return _EXITS[name]
        name = name.rpartition(".")[0]
    return ExitCode.FAILED
