import pytest

from backend.credentials.errors import CredentialError
from backend.credentials.naming import clean, fold, is_taken, locate, name_problem
from backend.credentials.store import Raw


@pytest.mark.parametrize(("one", "other"), [("GitHub", "github "), ("Straße", "STRASSE"), ("é", "e\u0301")])
def test_names_that_look_the_same_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    "name",
    ["", "x" * 201, "a\nb", "a\x00", "a\u2028b", "a\u202eb", "a\u2066b", "\ud800", "0f" * 16, "0F" * 16],
)
def test_a_name_that_cannot_be_shown_or_is_mistaken_for_an_id_is_refused(name: str) -> None:
    assert name_problem(name)


@pytest.mark.parametrize(
    "name", ["a", "x" * 200, "Wetter – früh ☀️", "日本語", "שלום", "نام\u200cه", "👩\u200d💻", "0f" * 15]
)
def test_any_other_name_is_fine(name: str) -> None:
    assert name_problem(clean(name)) is None


def test_the_trash_private_credentials_and_oneself_take_no_name() -> None:
    raws: list[Raw] = [
        {"id": "1", "name": "A", "deletedAt": "2026-08-01T00:00:00.000Z"},
        {"id": "2", "name": "A", "owner": {"automationId": "x", "stepId": "y"}},
        {"id": "3", "name": "A"},
    ]
    assert not is_taken(raws, "a", except_id="3")
    assert is_taken(raws, "a", except_id="4")


def test_an_id_wins_over_a_name() -> None:
    raws: list[Raw] = [{"id": "1", "name": "2"}, {"id": "2", "name": "x"}]
    assert locate(raws, "2") == 1


def test_a_name_must_be_exact_and_an_id_finds_a_private_one() -> None:
    raws: list[Raw] = [{"id": "1", "name": "GitHub"}, {"id": "2", "name": "own", "owner": {}}]
    assert locate(raws, " GitHub") == 0
    assert locate(raws, "github") is None
    assert locate(raws, "own") is None
    assert locate(raws, "2") == 1


def test_two_that_fit_are_not_guessed_between() -> None:
    raws: list[Raw] = [{"id": "1", "name": "A"}, {"id": "2", "name": "A"}]
    with pytest.raises(CredentialError) as caught:
        locate(raws, "A")
    assert caught.value.code == "credential.ambiguous"
