from collections.abc import Callable, Iterator

import pytest

from backend.vault import cipher, kdf

Published = Callable[[str], Iterator[dict[str, object]]]


def raw(value: object) -> bytes:
    return bytes.fromhex(str(value))


def count(value: object) -> int:
    return int(str(value))


def test_every_published_pbkdf2_vector_gives_its_key(published: Published) -> None:
    tests = list(published("pbkdf2_hmacsha256_test.json"))
    wrong = [t["tcId"] for t in tests if stretched(t, count(t["dkLen"])) != raw(t["dk"])]
    assert len(tests) == 60
    assert wrong == []


def stretched(test: dict[str, object], size_bytes: int) -> bytes:
    rounds = count(test["iterationCount"])
    return kdf.stretch(raw(test["password"]), raw(test["salt"]), iterations=rounds, size_bytes=size_bytes)


def test_every_published_pbes2_vector_is_opened_by_stretching_and_decrypting(published: Published) -> None:
    tests = list(published("pbes2_hmacsha256_aes_256_test.json"))
    wrong = [
        t["tcId"]
        for t in tests
        if cipher.decrypt(stretched(t, 32), raw(t["iv"]), raw(t["ct"])) != raw(t["msg"])
    ]
    assert len(tests) == 84
    assert wrong == []


def test_every_valid_published_hkdf_vector_gives_its_key(published: Published) -> None:
    valid = [t for t in published("hkdf_sha256_test.json") if t["result"] == "valid"]
    wrong = [t["tcId"] for t in valid if expanded(t) != raw(t["okm"])]
    assert valid
    assert wrong == []


def expanded(test: dict[str, object]) -> bytes:
    # HKDF is Extract, which is one HMAC, and then the Expand that the vault uses alone.
    extracted = cipher.mac(raw(test["salt"]) or bytes(32), raw(test["ikm"]))
    return kdf.expand(extracted, raw(test["info"]), size_bytes=count(test["size"]))


def test_a_published_hkdf_output_that_is_too_long_is_refused(published: Published) -> None:
    invalid = [t for t in published("hkdf_sha256_test.json") if t["result"] == "invalid"]
    assert invalid
    for test in invalid:
        with pytest.raises(ValueError, match=r"."):
            expanded(test)


def test_each_purpose_has_a_key_of_its_own() -> None:
    purposes = ("slot-enc", "slot-mac", "body-enc", "body-mac")
    assert len({kdf.subkey(bytes(32), purpose) for purpose in purposes}) == 4


@pytest.mark.parametrize("iterations", [100_000, 600_000, 10_000_000])
def test_an_iteration_count_within_the_policy_is_accepted(iterations: int) -> None:
    assert kdf.is_accepted(kdf.NAME, iterations)


@pytest.mark.parametrize(
    "iterations", [99_999, 10_000_001, 0, -1, True, 2**70, "100000", 1e5, None, [100_000]]
)
def test_an_iteration_count_outside_the_policy_is_refused(iterations: object) -> None:
    assert not kdf.is_accepted(kdf.NAME, iterations)


@pytest.mark.parametrize("name", ["PBKDF2-HMAC-SHA1", "pbkdf2-hmac-sha256", "", None, 1])
def test_another_derivation_is_refused(name: object) -> None:
    assert not kdf.is_accepted(name, 600_000)
