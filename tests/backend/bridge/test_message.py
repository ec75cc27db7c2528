import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.bridge.errors import Refusal
from backend.bridge.message import MAX_DEPTH, encode, read_object

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(st.dictionaries(st.text(), VALUES))
def test_what_is_encoded_is_read_again(document: dict[str, object]) -> None:
    assert read_object(encode(document)) == json.loads(json.dumps(document))


def test_no_body_is_no_parameters() -> None:
    assert read_object(b"") == {}


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH])
def test_the_depth_is_counted_outside_of_texts(depth: int) -> None:
    brackets = b"[" * depth + b'"[[[[\\"[[[["' + b"]" * depth
    document = b'{"a":' + brackets + b"}"
    if depth < MAX_DEPTH:
        assert read_object(document)
    else:
        with pytest.raises(Refusal, match="deeper"):
            read_object(document)


def test_a_refusal_does_not_hold_what_was_sent() -> None:
    with pytest.raises(Refusal) as caught:
        read_object(b'{"passphrase": "canary", }')
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert "canary" not in str(caught.value)


def test_half_a_surrogate_pair_is_escaped() -> None:
    assert encode({"a": "\ud800é"}) == b'{"a":"\\ud800\\u00e9"}'
