import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.vault import secret
from backend.vault.errors import VaultError

KEY = bytes(range(32))
FORMS = [
    KEY,
    KEY.hex().encode(),
    KEY.hex().upper().encode() + b"\n",
    base64.b64encode(KEY),
    base64.b64encode(KEY) + b"\r\n",
]


@pytest.mark.parametrize("content", FORMS)
def test_a_key_file_may_hold_the_key_in_each_documented_form(content: bytes) -> None:
    assert secret.key_from_file(content, "file").value == KEY


@pytest.mark.parametrize(
    "content", [b"", b"x", KEY + b"\n", KEY.hex().encode() + b"\n\n", b" " + KEY.hex().encode()]
)
def test_a_key_file_in_another_form_is_refused(content: bytes) -> None:
    with pytest.raises(VaultError, match="holds no key"):
        secret.key_from_file(content, "file")


@given(st.binary(min_size=32, max_size=32))
def test_a_key_survives_the_keychains_form(key: bytes) -> None:
    written = secret.key_to_base64(key)
    assert len(written) == 44
    assert secret.key_from_base64(written.encode()) == key


@pytest.mark.parametrize(
    "text", ["", "00" * 31, "00" * 33, "zz" * 32, "0x" + "00" * 31, " " + "00" * 32, "٠" * 64]
)
def test_a_key_that_is_not_64_hexadecimal_digits_is_refused(text: str) -> None:
    with pytest.raises(VaultError) as refused:
        secret.key_from_hex(text, "LOOPI_VAULT_KEY")
    assert refused.value.code == "vault.wrong_key"


def test_a_passphrase_is_one_phrase_however_it_was_typed() -> None:
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    assert secret.passphrase(composed, "x").value == secret.passphrase(decomposed, "x").value


@pytest.mark.parametrize("text", [" a", "a ", "a\n", "\ta"])
def test_a_passphrase_is_never_trimmed(text: str) -> None:
    assert secret.passphrase(text, "x").value == text.encode()


@pytest.mark.parametrize("text", ["", "a\0b", "\udcff"])
def test_an_empty_or_unwritable_passphrase_is_refused(text: str) -> None:
    with pytest.raises(VaultError) as refused:
        secret.passphrase(text, "x")
    assert refused.value.code == "vault.bad_passphrase"


def test_a_secret_does_not_show_its_value() -> None:
    assert "hunter2" not in repr(secret.passphrase("hunter2", "x"))
