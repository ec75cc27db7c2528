"""A credential as the page shows it: what is stored, who uses it, how it stands. No secret is in it."""

from collections.abc import Mapping, Sequence
from typing import cast

from backend.adapters.credential_state import Known
from backend.app import App
from backend.bridge.contract import credentials as contract
from backend.credentials import listing
from backend.credentials.types import CredentialType


def entry_of(app: App, shown: listing.Entry, known: Known) -> contract.Entry:
    """The entry of the list for what `backend.credentials.listing` shows."""
    states = cast("Mapping[str, Mapping[str, object]]", shown["fields"])
    own = tuple(cast("Sequence[str]", shown["allowedHosts"]))
    kind = app.types.find(str(shown["type"]))
    state = known.state_of(shown, kind)
    return contract.Entry(
        id=str(shown["id"]),
        name=str(shown["name"]),
        type=str(shown["type"]),
        created_at=str(shown["createdAt"]),
        updated_at=str(shown["updatedAt"]),
        version=cast("int", shown["version"]),
        allowed_hosts=own,
        hosts=own or _type_hosts(kind, states),
        fields={key: _field(state) for key, state in states.items()},
        used_by=known.used_by(shown),
        standing=contract.Standing(state.standing, state.message, state.hint),
        last_used_at=state.last_used_at,
        deleted_at=cast("str | None", shown.get("deletedAt")),
    )


def _type_hosts(kind: CredentialType | None, states: Mapping[str, Mapping[str, object]]) -> tuple[str, ...]:
    values = {key: str(state["value"]) for key, state in states.items() if "value" in state}
    return kind.hosts_for(values) if kind else ()


def _field(state: Mapping[str, object]) -> contract.FieldState:
    return contract.FieldState(
        state["set"] is True, state["secret"] is True, cast("str | None", state.get("value"))
    )
