"""What can go wrong with a credential. No message ever carries a value, only names of fields."""

from collections.abc import Mapping

from engine.errors import LoopiError


class CredentialError(LoopiError):
    """The family of all errors about credentials, and about the files that describe their types.

    `fields` maps a field's key to what is wrong with it, for a form to show beside the field; it is empty
    when the error belongs to no field. `name` and `allowedHosts` are the credential's own name and hosts.
    """

    def __init__(
        self, code: str, message: str, *, hint: str = "", fields: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code, message, hint=hint)
        self.fields: Mapping[str, str] = dict(fields or {})


_LABELS = {"allowedHosts": "Allowed hosts", "name": "Name"}


def invalid(fields: Mapping[str, str]) -> CredentialError:
    """One error for all fields that are wrong."""
    listed = " ".join(f"{_LABELS.get(key, key)}: {message}" for key, message in fields.items())
    return CredentialError(
        "credential.invalid",
        f"The credential was not saved. {listed}",
        hint="Correct what is named, then save again.",
        fields=fields,
    )


def name_taken(name: str) -> CredentialError:
    return CredentialError(
        "credential.name_taken",
        f"There is a credential named “{name}” already.",
        hint="Choose another name. Capital and small letters count as the same.",
        fields={"name": "Another credential has this name."},
    )


def not_found(reference: str) -> CredentialError:
    return CredentialError(
        "credential.not_found",
        f"There is no credential “{reference[:200]}”.",
        hint="`loopi credentials list` shows the names and ids of all credentials.",
    )


def ambiguous(name: str) -> CredentialError:
    return CredentialError(
        "credential.ambiguous",
        f"More than one credential is named “{name}”.",
        hint="Name it by its id, or rename one of them.",
    )


def changed_elsewhere(name: str) -> CredentialError:
    return CredentialError(
        "credential.changed_elsewhere",
        f"“{name}” was changed in another window or by another program. Nothing was saved.",
        hint="Open it again to see its present state, then repeat your change.",
    )


def not_in_trash(reference: str) -> CredentialError:
    return CredentialError(
        "credential.not_in_trash",
        f"The credential “{reference[:200]}” is not in the trash.",
        hint="What was deleted stays there for 30 days, and is then gone.",
    )


def too_many(limit: int) -> CredentialError:
    return CredentialError(
        "credential.too_many",
        f"The vault holds {limit:,} credentials, which is all it takes.",
        hint="Delete some that are not used any more. Those in the trash count until 30 days have passed.",
    )


def unknown_type(type_id: str) -> CredentialError:
    return CredentialError(
        "credential.unknown_type",
        f"There is no credential type “{type_id[:200]}”.",
        hint="`loopi credentials types` lists them. One of your own belongs into the folder `schemas`.",
        fields={"type": "There is no such type."},
    )


def damaged(label: str, reason: str) -> CredentialError:
    """`label` is the record's id, or its place in the vault."""
    return CredentialError(
        "credential.damaged",
        f"The credential {label} cannot be read: {reason}. It is kept as it is; all others work.",
        hint="Add it again under another name, or restore the vault from a backup that still holds it.",
    )
