from engine.ports import Credential, Signing
from engine.secrets import Secret

KEYS: dict[str, Secret | str] = {"user": "ada", "pass": Secret("correct horse"), "other": Secret("battery")}


def test_a_credential_tells_the_redactor_its_secrets_and_pairs() -> None:
    signing = Signing("basic", fields={"username": "user", "password": "pass"})
    credential = Credential("c", "Mine", "basic", KEYS, signing)

    assert credential.secrets() == ("correct horse", "battery")
    assert credential.pairs() == (("ada", "correct horse"),)


def test_only_basic_authentication_joins_a_pair() -> None:
    assert Credential("c", "Mine", "custom", KEYS).pairs() == ()


def test_a_credential_does_not_show_its_secrets() -> None:
    assert "horse" not in repr(Credential("c", "Mine", "custom", KEYS))
