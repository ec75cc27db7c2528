"""What can go wrong with a bundle: the vault's reasons, in words that do not speak of the vault."""

from collections.abc import Mapping

from backend.vault.errors import VaultError
from engine.errors import LoopiError

MIN_PASSPHRASE = 12
_AGAIN = "Take another copy of the file, or export it again."

# code: (what happened, what to do next)
_WORDS: Mapping[str, tuple[str, str]] = {
    "bundle.damaged": ("The file is damaged or incomplete. Nothing was imported.", _AGAIN),
    "bundle.empty": (
        "Nothing was chosen that could be exported.",
        "Choose at least one automation or credential, or take all of them.",
    ),
    "bundle.exists": ("There is a file of this name already.", "Name a new file, or delete that one."),
    "bundle.invalid": ("The file opened, and what is inside cannot be used. Nothing was imported.", _AGAIN),
    "bundle.not_a_bundle": (
        "The file is not a bundle of Loopi's.",
        "Take a file that was exported as a bundle. A copy of a vault is restored in Settings → Vault.",
    ),
    "bundle.tampered": (
        "The file was changed by something that does not have its passphrase. Nothing was imported.",
        "Find out who could write to it on its way, and have it sent again.",
    ),
    "bundle.too_new": ("The file was written by a newer version of Loopi.", "Update Loopi."),
    "bundle.unreadable": (
        "The file could not be read.",
        "Check the path, and that your account may read it.",
    ),
    "bundle.unwritable": ("The file could not be written.", "Check the free space and the folder."),
    "bundle.weak_passphrase": (
        f"The passphrase of a bundle has at least {MIN_PASSPHRASE} characters.",
        "Whoever gets the file can try passphrases for as long as they like. Four or five words are good.",
    ),
    "bundle.wrong_passphrase": (
        "The passphrase does not open this file.",
        "It is the one the file was exported with, not that of the vault.",
    ),
}
_OF_VAULT: Mapping[str, str] = {
    "vault.bad_passphrase": "bundle.wrong_passphrase",
    "vault.not_a_vault": "bundle.not_a_bundle",
    "vault.schema": "bundle.not_a_bundle",
    "vault.tampered": "bundle.tampered",
    "vault.too_new": "bundle.too_new",
    "vault.unreadable": "bundle.unreadable",
    "vault.wrong_key": "bundle.wrong_passphrase",
}


class BundleError(LoopiError):
    """Codes begin with `bundle.`; no message repeats what is inside."""

    def __init__(self, code: str, message: str = "") -> None:
        words, advice = _WORDS[code]
        super().__init__(code, message or words, hint=advice)


def of_vault(error: VaultError) -> BundleError:
    """Why a bundle did not open."""
    return BundleError(_OF_VAULT.get(error.code, "bundle.damaged"))
