import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.vault import body
from backend.vault.errors import VaultError
from backend.vault.format import parse
from backend.vault.slots import DataKey, Slot

SLOT = Slot("keyfile", "00" * 8, 100_000, bytes(32), bytes(16), bytes(48), bytes(32))
KEY = DataKey(bytes(32), (SLOT,))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=9,
)


@given(st.lists(st.dictionaries(st.text(max_size=6), JSON, max_size=4), max_size=4), st.integers(0, 2**64))
def test_credentials_survive_sealing_and_unsealing(
    credentials: list[dict[str, object]], generation: int
) -> None:
    sealed = parse(body.seal(credentials, KEY, generation=generation, iv=bytes(16)))
    assert sealed.generation == generation
    assert body.unseal(sealed, KEY.value) == credentials


def test_the_order_of_a_credentials_fields_is_kept() -> None:
    sealed = parse(body.seal([{"z": 1, "a": 2}], KEY, generation=1, iv=bytes(16)))
    assert list(body.unseal(sealed, KEY.value)[0]) == ["z", "a"]


def test_half_a_surrogate_pair_is_kept() -> None:
    sealed = parse(body.seal([{"name": "\ud800"}], KEY, generation=1, iv=bytes(16)))
    assert body.unseal(sealed, KEY.value) == [{"name": "\ud800"}]


def test_another_data_key_is_told_from_this_one() -> None:
    sealed = parse(body.seal([], KEY, generation=1, iv=bytes(16)))
    with pytest.raises(VaultError) as refused:
        body.unseal(sealed, bytes(31) + b"\1")
    assert refused.value.code == "vault.tampered"


def test_nothing_about_a_credential_is_readable_in_the_file() -> None:
    data = body.seal([{"name": "My bank", "url": "https://bank.example"}], KEY, generation=1, iv=bytes(16))
    assert b"bank" not in data


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "credentials",
    [None, {}, ["x"], [{"x": object()}], [{"x": float("nan")}], [{(1,): 2}], [{"x": nested(5000)}]],
)
def test_what_is_not_json_is_not_saved(credentials: list[dict[str, object]]) -> None:
    with pytest.raises(VaultError) as refused:
        body.encode(credentials)
    assert refused.value.code == "vault.not_json"
