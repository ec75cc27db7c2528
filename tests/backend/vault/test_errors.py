import re
from pathlib import Path

import pytest

from backend.vault.errors import CODES, VaultError

LISTED = {"truncated", "not_a_vault", "too_new", "damaged", "policy", "wrong_key", "tampered", "schema"}


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_code_says_what_happened_and_what_to_do(code: str) -> None:
    error = VaultError(code)
    assert re.fullmatch(r"vault\.[a-z_]+", code)
    assert error.message.endswith(".")
    assert error.hint.endswith((".", "`."))


def test_every_code_of_the_format_is_there() -> None:
    assert {f"vault.{name}" for name in LISTED} | {"vault.keychain_unavailable"} <= CODES


def test_an_unknown_code_cannot_be_raised() -> None:
    with pytest.raises(KeyError):
        VaultError("vault.unheard_of")


def test_an_error_goes_out_as_code_message_and_hint() -> None:
    error = VaultError("vault.busy", "Somebody else saves.")
    assert error.to_json() == {"code": "vault.busy", "message": "Somebody else saves.", "hint": error.hint}
    assert error.retryable


def test_damage_is_not_worth_another_try() -> None:
    assert not VaultError("vault.damaged").retryable


def test_every_code_the_format_page_names_can_be_raised() -> None:
    page = (Path(__file__).parents[3] / "docs/vault-format.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(vault\.[a-z_]+)`", page)) - {"vault.key"}
    assert len(named) > 10
    assert named <= CODES
