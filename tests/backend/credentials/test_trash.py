"""What happens to deleted credentials when their time is over."""

from datetime import datetime, timedelta
from typing import Protocol

import pytest

from backend.credentials.errors import CredentialError
from backend.credentials.service import CredentialService
from backend.credentials.store import Store


class Clock(Protocol):
    """What the fixture `clock` offers."""

    now: datetime


def add(service: CredentialService, name: str) -> str:
    return str(service.add("apiKey", name, {"apiKey": "canary-secret"}).entry["id"])


@pytest.mark.parametrize(("days", "left"), [(29, ["Old", "New"]), (31, ["New"])])
def test_the_trash_is_emptied_of_what_is_older_than_30_days_at_the_next_change(
    service: CredentialService, clock: Clock, days: int, left: list[str]
) -> None:
    service.delete(add(service, "Old"))
    clock.now += timedelta(days=days)
    add(service, "New")
    overview = service.overview()
    assert [item["name"] for item in (*overview.trash, *overview.entries)] == left


def test_what_was_in_the_trash_for_30_days_is_removed_without_any_other_change(
    service: CredentialService, store: Store, clock: Clock
) -> None:
    spent, kept = add(service, "Spent"), add(service, "Kept")
    service.delete(spent)
    assert service.purge() == ()
    clock.now += timedelta(days=20)
    service.delete(kept)
    clock.now += timedelta(days=10, seconds=1)
    assert service.purge() == (spent,)
    assert [raw["id"] for raw in store.read().credentials] == [kept]
    with pytest.raises(CredentialError) as caught:
        service.restore(spent)
    assert caught.value.code == "credential.not_in_trash"
