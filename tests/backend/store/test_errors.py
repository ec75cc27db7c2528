"""The words of the store's errors."""

from pathlib import Path

from backend.store.errors import reason, unreadable, unwritable


def test_an_error_names_the_file_and_what_the_system_said() -> None:
    error = unreadable(Path("a.json"), PermissionError(13, "Permission denied", "a.json"))
    assert error.code == "store.unreadable"
    assert error.message == "a.json could not be read: permission denied."
    assert unwritable(Path("a.json"), OSError(28, "No space left on device")).code == "store.unwritable"


def test_a_system_that_says_nothing_is_said_to_say_nothing() -> None:
    assert reason(OSError()) == "the system gave no reason"
