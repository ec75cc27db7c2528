"""The vault's errors: one table of codes with their words. No message carries a secret."""

RESTORE = (
    "`loopi vault restore` puts the backup in its place, `loopi vault start-anew` begins an empty vault. "
    "Either way the file is kept beside it."
)

# code: (what happened, what to do next, whether a later try may succeed)
_WORDS: dict[str, tuple[str, str, bool]] = {
    "vault.truncated": ("The vault file is shorter than it says it is.", RESTORE, False),
    "vault.not_a_vault": ("The file is not a Loopi vault.", RESTORE, False),
    "vault.too_new": (
        "The vault was written by a newer version of Loopi.",
        "Update Loopi. This version leaves the file untouched.",
        False,
    ),
    "vault.damaged": ("The vault file is damaged.", RESTORE, False),
    "vault.policy": (
        "The vault file asks for a key derivation that Loopi does not accept.",
        f"The file was not written by Loopi, or was changed on purpose. {RESTORE}",
        False,
    ),
    "vault.wrong_key": (
        "The key or passphrase does not open this vault.",
        "Check which key or passphrase is in use: `loopi vault status` names the source.",
        False,
    ),
    "vault.tampered": (
        "The vault file was changed by something that does not have its key.",
        f"Find out who could write to the file. {RESTORE}",
        False,
    ),
    "vault.schema": ("The vault opened, but what is inside is not a list of credentials.", RESTORE, False),
    "vault.keychain_unavailable": (
        "The keychain that holds the vault's key did not answer.",
        "Unlock the keychain and allow Loopi to use it, then try again.",
        True,
    ),
    "vault.locked": (
        "The vault is locked with a passphrase, and there is nobody to ask for it.",
        "Unlock it, or name the passphrase with LOOPI_VAULT_PASSPHRASE_FILE or --passphrase-stdin.",
        True,
    ),
    "vault.missing": (
        "The vault file is missing.",
        "Put the file back, or let `loopi vault restore` put its backup (.bak) in its place.",
        False,
    ),
    "vault.no_backup": (
        "There is no backup to restore.",
        "Put a copy of your own in its place, or begin an empty vault with `loopi vault start-anew`.",
        False,
    ),
    "vault.unreadable": (
        "The file could not be read.",
        "Check that it is an ordinary file, and that your account may read it.",
        False,
    ),
    "vault.not_saved": (
        "The vault could not be saved; the vault on disk is unchanged.",
        "Check the free space and the permissions of the vault's folder, then try again.",
        True,
    ),
    "vault.lock_unusable": (
        "The vault's lock file cannot be used; the vault on disk is unchanged.",
        "Look who put it there, delete it, and try again: Loopi makes a new one.",
        False,
    ),
    "vault.busy": ("Another Loopi process is writing to the vault.", "Try again in a moment.", True),
    "vault.too_large": (
        "The vault would grow beyond 64 MiB.",
        "Delete credentials that are not needed.",
        False,
    ),
    "vault.not_json": (
        "The credentials cannot be saved as they are.",
        "Each credential is an object of texts, numbers, lists and objects.",
        False,
    ),
    "vault.key_file_unsafe": (
        "The key file can be read by others, or does not belong to you.",
        "Make it yours alone: `chmod 600 vault.key`. If others may have read it, make a new key.",
        False,
    ),
    "vault.key_file_unreadable": (
        "The file named for the vault's secret could not be read.",
        "Check the path, and that your account may read the file.",
        False,
    ),
    "vault.bad_passphrase": (
        "A passphrase is at least one character long and holds no NUL.",
        "Choose another passphrase.",
        False,
    ),
    "vault.last_slot": (
        "This is the only key that opens the vault.",
        "Add another key or a passphrase first.",
        False,
    ),
    "vault.no_such_slot": (
        "The vault has no such key.",
        "`loopi vault status` lists the keys it has.",
        False,
    ),
    "vault.too_many_slots": ("The vault holds eight keys, its most.", "Remove one of its keys first.", False),
}


class VaultError(Exception):
    """What happened (`message`), a stable `code`, what to do next (`hint`); may a later try succeed.

    The words come from one table by `code`; a place that knows more replaces them.
    """

    def __init__(self, code: str, message: str = "", *, hint: str = "") -> None:
        words, advice, self.retryable = _WORDS[code]
        self.code = code
        self.message = message or words
        self.hint = hint or advice
        super().__init__(self.message)

    def to_json(self) -> dict[str, str]:
        """The error as the command line and the page show it: `{"code", "message", "hint"}`."""
        return {"code": self.code, "message": self.message, "hint": self.hint}


CODES = frozenset(_WORDS)
