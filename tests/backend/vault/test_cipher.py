from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.vault import cipher

Published = Callable[[str], Iterator[dict[str, object]]]


def raw(value: object) -> bytes:
    return bytes.fromhex(str(value))


def decrypted(test: dict[str, object]) -> bytes | None:
    try:
        return cipher.decrypt(raw(test["key"]), raw(test["iv"]), raw(test["ct"]))
    except ValueError:
        return None


def test_every_published_aes_cbc_vector_is_decrypted_or_refused(published: Published) -> None:
    tests = list(published("aes_cbc_pkcs5_test.json"))
    wrong = [t["tcId"] for t in tests if decrypted(t) != (raw(t["msg"]) if t["result"] == "valid" else None)]
    assert len(tests) == 216
    assert wrong == []


def test_every_valid_published_aes_cbc_vector_is_encrypted_to_its_ciphertext(published: Published) -> None:
    valid = [t for t in published("aes_cbc_pkcs5_test.json") if t["result"] == "valid"]
    wrong = [
        t["tcId"] for t in valid if cipher.encrypt(raw(t["key"]), raw(t["iv"]), raw(t["msg"])) != raw(t["ct"])
    ]
    assert valid
    assert wrong == []


def test_every_published_hmac_vector_is_accepted_or_refused(published: Published) -> None:
    whole = [t for t in published("hmac_sha256_test.json") if t["tagSize"] == 256]
    wrong = [
        t["tcId"]
        for t in whole
        if cipher.is_authentic(raw(t["key"]), raw(t["msg"]), raw(t["tag"])) != (t["result"] == "valid")
    ]
    assert whole
    assert wrong == []


def test_a_shortened_published_tag_is_refused(published: Published) -> None:
    short = [t for t in published("hmac_sha256_test.json") if t["tagSize"] != 256]
    assert short
    assert not any(cipher.is_authentic(raw(t["key"]), raw(t["msg"]), raw(t["tag"])) for t in short)


@given(st.binary(max_size=200), st.binary(min_size=32, max_size=32), st.binary(min_size=16, max_size=16))
def test_what_is_encrypted_is_decrypted_to_the_same(plaintext: bytes, key: bytes, iv: bytes) -> None:
    ciphertext = cipher.encrypt(key, iv, plaintext)
    assert len(plaintext) < len(ciphertext) <= len(plaintext) + 16
    assert cipher.decrypt(key, iv, ciphertext) == plaintext


@pytest.mark.parametrize("size", [0, 1, 15, 17])
def test_a_ciphertext_that_is_no_whole_blocks_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        cipher.decrypt(bytes(32), bytes(16), bytes(size))
