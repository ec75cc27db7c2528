from backend.importers.imported import NewCredential, unique
from engine.secrets import Secret


def test_a_note_is_given_once() -> None:
    assert unique(["b", "a", "b"]) == ("b", "a")


def test_a_new_credential_does_not_show_its_secrets() -> None:
    assert "s3cret-0001" not in repr(NewCredential("A", "custom", {"x": Secret("s3cret-0001")}))
