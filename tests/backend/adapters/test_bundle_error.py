from backend.adapters.bundle_error import of_vault
from backend.vault.errors import VaultError


def test_each_reason_of_a_vault_has_words_of_its_own_for_a_bundle() -> None:
    reasons = ("wrong_key", "tampered", "schema", "not_a_vault", "too_new", "truncated", "damaged", "policy")
    codes = [of_vault(VaultError(f"vault.{each}")).code for each in reasons]
    assert codes == [
        "bundle.wrong_passphrase",
        "bundle.tampered",
        *["bundle.not_a_bundle"] * 2,
        "bundle.too_new",
        *["bundle.damaged"] * 3,
    ]


def test_no_hint_speaks_of_mending_the_vault() -> None:
    assert "vault restore" not in of_vault(VaultError("vault.damaged")).hint
