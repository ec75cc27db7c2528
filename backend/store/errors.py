"""What can go wrong with the files of automations and settings."""

from pathlib import Path

from engine.errors import LoopiError


class StoreError(LoopiError):
    """Codes: `store.unreadable`, `store.unwritable`, `settings.invalid`.

    Of automations: `automation.missing`, `.ambiguous`, `.inline_secret`, `.unreadable` and `.unsavable`.
    """


def unreadable(path: Path, error: OSError) -> StoreError:
    """The system would not let the file be read."""
    return StoreError(
        "store.unreadable",
        f"{path} could not be read: {reason(error)}.",
        hint="Check that the file exists and that your account may read it.",
    )


def unwritable(path: Path, error: OSError) -> StoreError:
    """The system would not let the file be written; what was there before is untouched."""
    return StoreError(
        "store.unwritable",
        f"{path} could not be written: {reason(error)}.",
        hint="Check the free space and the permissions of the folder. The old file is untouched.",
    )


def reason(error: OSError) -> str:
    """The system's own words, without path or number."""
    return (error.strerror or "the system gave no reason").lower()
