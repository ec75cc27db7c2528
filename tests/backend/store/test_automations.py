"""The folder of automations: what is listed, found, saved, imported and deleted."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.store.automation_file import file_name
from backend.store.automations import AutomationStore, read_document
from backend.store.document import version_of
from backend.store.errors import StoreError
from engine.model import Json


def document(**fields: Json) -> dict[str, Json]:
    base: dict[str, Json] = {"format": "loopi-automation/1", "id": "a1", "name": "One", "steps": []}
    return {**base, **fields}


@pytest.fixture
def store(tmp_path: Path) -> AutomationStore:
    return AutomationStore(tmp_path / "automations")


def test_a_file_that_lies_there_under_another_id_is_not_written_over(
    store: AutomationStore, tmp_path: Path
) -> None:
    """Put there by hand, with an id of its own: whoever guesses its name must not replace it."""
    file = tmp_path / "automations" / "weather.json"
    file.parent.mkdir()
    file.write_text(json.dumps(document(id="mine", name="Mine")))
    store.save(store.prepare(document(id="weather", name="Theirs")))
    assert store.get("mine")["name"] == "Mine"
    assert store.get("weather")["name"] == "Theirs"
    store.save(document(id="weather", name="Theirs, changed"))
    assert [entry.name for entry in store.entries()] == ["Mine", "Theirs, changed"]


def test_several_that_come_together_share_no_name_and_no_id(store: AutomationStore) -> None:
    made = store.prepare_all([document(), document(), document(id="a2")])
    assert [each["name"] for each in made] == ["One", "One (2)", "One (3)"]
    assert len({str(each["id"]) for each in made}) == 3


def test_a_store_without_a_folder_is_empty(store: AutomationStore) -> None:
    assert store.entries() == []


def test_what_was_saved_is_found_by_id_and_by_exact_name(store: AutomationStore) -> None:
    saved = document(steps=[{"id": "s", "type": "if", "then": [{"id": "t", "type": "wait"}]}])
    assert store.save(saved) == "a1"
    assert store.get("a1") == store.get("One") == saved
    shown = store.entries()[0].to_json()
    assert shown.pop("updatedAt")
    assert shown == {"id": "a1", "name": "One", "description": "", "steps": 2}


@pytest.mark.parametrize("reference", ["one", "A1", "a1.json", "", "../a1"])
def test_what_is_not_there_is_said_to_be_missing(store: AutomationStore, reference: str) -> None:
    store.save(document())
    with pytest.raises(StoreError) as caught:
        store.get(reference)
    assert caught.value.code == "automation.missing"


def test_a_name_that_two_have_asks_for_the_id(store: AutomationStore) -> None:
    store.save(document(id="a1"))
    store.save(document(id="a2"))
    with pytest.raises(StoreError, match="2 automations") as caught:
        store.get("One")
    assert caught.value.hint == "Use the id instead: a1, a2."
    assert store.get("a2")["id"] == "a2"


def test_saving_again_replaces_the_file_wherever_it_lies(store: AutomationStore, tmp_path: Path) -> None:
    folder = tmp_path / "automations"
    folder.mkdir()
    (folder / "by-hand.json").write_text(json.dumps(document()))
    store.save(document(name="Two"))
    assert list(folder.iterdir()) == [folder / "by-hand.json"]
    assert store.get("a1")["name"] == "Two"


def test_a_file_without_an_id_goes_by_its_own_name(store: AutomationStore, tmp_path: Path) -> None:
    path = tmp_path / "automations" / "morning.json"
    path.parent.mkdir()
    path.write_text('{"format": "loopi-automation/1", "name": "Morning", "steps": []}')
    assert store.get("Morning")["id"] == "morning"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{", "JSON"),
        (b"[]", "no JSON object"),
        (b'{"id": "x"}', "no id or no name"),
        (b"\xff", "not UTF-8"),
        (b'{"id": "a", "id": "b", "name": "n"}', "twice in one object"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_broken_file_is_listed_with_its_problem(
    store: AutomationStore, tmp_path: Path, content: bytes, problem: str
) -> None:
    store.save(document())
    (tmp_path / "automations" / "broken.json").write_bytes(content)
    broken, whole = store.entries()
    assert (broken.id, whole.id) == ("broken", "a1")
    assert problem in broken.problem
    with pytest.raises(StoreError, match="cannot be used"):
        store.get("broken")


def test_a_second_file_with_the_same_id_is_listed_as_a_problem_and_not_used(
    store: AutomationStore, tmp_path: Path
) -> None:
    store.save(document())
    (tmp_path / "automations" / "copy.json").write_text(json.dumps(document(name="Copy")))
    assert [entry.problem for entry in store.entries()] == ["It has the same id as a1.json.", ""]
    assert store.get("a1")["name"] == "One"


@pytest.mark.parametrize("automation_id", ["../../evil", "con", "A", "a" * 500, "ä", ".", "a b", "x.json"])
def test_an_id_never_decides_where_its_file_lies(
    store: AutomationStore, tmp_path: Path, automation_id: str
) -> None:
    store.save(document(id=automation_id))
    (found,) = (tmp_path / "automations").iterdir()
    assert found.name == file_name(automation_id)
    assert found.name.startswith("~")
    assert store.get(automation_id)["id"] == automation_id


def test_a_secret_is_not_saved(store: AutomationStore, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        store.save(document(steps=[{"id": "t", "type": "twitterLikeTweet", "apiKey": "sk-0815"}]))
    assert caught.value.code == "automation.inline_secret"
    assert "sk-0815" not in str(caught.value)
    assert not (tmp_path / "automations").exists()


def test_an_export_holds_no_secret_that_was_put_into_the_file_by_hand(
    store: AutomationStore, tmp_path: Path
) -> None:
    store.save(document())
    by_hand = document(steps=[{"id": "t", "type": "twitterLikeTweet", "apiKey": "plain"}])
    (tmp_path / "automations" / "a1.json").write_text(json.dumps(by_hand))
    assert b"plain" not in store.export("a1")
    assert json.loads(store.export("a1"))["steps"] == [{"id": "t", "type": "twitterLikeTweet"}]


def test_an_import_keeps_its_id_when_that_is_free(store: AutomationStore) -> None:
    assert store.prepare(document()) == document()


def test_an_import_gets_a_new_id_and_a_name_of_its_own_when_they_are_taken(store: AutomationStore) -> None:
    store.save(document())
    first = store.prepare(document())
    store.save(first)
    second = store.prepare(document())
    assert first["name"] == "One (2)"
    assert second["name"] == "One (3)"
    assert len({"a1", first["id"], second["id"]}) == 3


@pytest.mark.parametrize(
    "spoil", [lambda d: d.pop("id"), lambda d: d.update(id=""), lambda d: d.update(id=7)]
)
def test_an_import_without_a_usable_id_gets_one(
    store: AutomationStore, spoil: Callable[[dict[str, Json]], object]
) -> None:
    given = document()
    spoil(given)
    store.save(store.prepare(given))
    assert len(store.entries()[0].id) == 32


def test_a_deleted_automation_is_gone_and_a_broken_one_can_be_deleted(
    store: AutomationStore, tmp_path: Path
) -> None:
    store.save(document())
    (tmp_path / "automations" / "broken.json").write_bytes(b"{")
    assert store.delete("One").id == "a1"
    store.delete("broken")
    assert list((tmp_path / "automations").iterdir()) == []


def test_a_document_that_is_no_object_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("[1]")
    with pytest.raises(StoreError) as caught:
        read_document(tmp_path / "list.json")
    assert caught.value.code == "automation.unreadable"


def test_a_document_made_from_an_older_state_is_refused_and_the_file_stays(store: AutomationStore) -> None:
    store.save(document())
    opened = version_of(store.get("a1"))
    store.save(document(name="Theirs"), version=opened)
    with pytest.raises(StoreError) as refused:
        store.save(document(name="Mine"), version=opened)
    assert refused.value.code == "automation.changed_elsewhere"
    assert store.get("a1")["name"] == "Theirs"


def test_one_that_was_deleted_elsewhere_is_not_saved_anew_by_itself(store: AutomationStore) -> None:
    store.save(document())
    opened = version_of(store.get("a1"))
    store.delete("a1")
    with pytest.raises(StoreError) as refused:
        store.save(document(), version=opened)
    assert "deleted" in refused.value.message
    assert store.save(document()) == "a1"
