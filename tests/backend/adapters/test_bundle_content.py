from collections.abc import Mapping
from pathlib import Path

import pytest

from backend import resources
from backend.adapters.bundle_content import read_content
from backend.adapters.bundle_error import BundleError
from backend.credentials.type_book import TypeBook

AUTOMATION = {"format": "loopi-automation/1", "id": "a", "name": "A", "steps": []}
CREDENTIAL = {
    "id": "c",
    "name": "C",
    "type": "custom",
    "fields": {"k": "s3cr3t-value"},
    "hosts": ["h.example"],
}


@pytest.fixture(scope="module")
def types() -> TypeBook:
    return TypeBook.load(resources.schemas() / "credentials", Path("none"))


def test_what_is_sound_is_read(types: TypeBook) -> None:
    found = read_content({"automations": [AUTOMATION], "credentials": [CREDENTIAL]}, types)
    assert found.automations == (AUTOMATION,)
    assert (found.items[0].record.name, found.items[0].hosts) == ("C", ("h.example",))


DEEP: list[object] = []
for _ in range(100_000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"automations": [], "credentials": {}},
        {"automations": [], "credentials": [], "more": 1},
        {"automations": ["x"], "credentials": []},
        {"automations": [{**AUTOMATION, "id": ""}], "credentials": []},
        {"automations": [{**AUTOMATION, "name": 1}], "credentials": []},
        {"automations": [{**AUTOMATION, "steps": {}}], "credentials": []},
        {"automations": [{**AUTOMATION, "steps": DEEP}], "credentials": []},
        {"automations": [{**AUTOMATION, "x": "x" * 17_000_000}], "credentials": []},
        {"automations": [AUTOMATION, AUTOMATION], "credentials": []},
        {"automations": [{**AUTOMATION, "id": f"a{n}"} for n in range(10_001)], "credentials": []},
        {"automations": [], "credentials": ["s3cr3t-value"]},
        {"automations": [], "credentials": [CREDENTIAL, CREDENTIAL]},
        {"automations": [], "credentials": [{**CREDENTIAL, "hosts": "h"}]},
        {"automations": [], "credentials": [{**CREDENTIAL, "fields": {"k": {"s3cr3t-value": 1}}}]},
        {"automations": [], "credentials": [{**CREDENTIAL, "type": ["s3cr3t-value"]}]},
        {"automations": [], "credentials": [{**CREDENTIAL, "owner": "s3cr3t-value"}]},
    ],
)
def test_what_is_not_is_refused_without_being_repeated(
    content: Mapping[str, object], types: TypeBook
) -> None:
    with pytest.raises(BundleError) as caught:
        read_content(content, types)
    assert caught.value.code == "bundle.invalid"
    assert "s3cr3t" not in str(caught.value)
