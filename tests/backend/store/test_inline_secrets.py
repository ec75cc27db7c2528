"""Taking plain-text keys out of an automation."""

import json

from hypothesis import given
from hypothesis import strategies as st

from backend.store.inline_secrets import extract, refer
from engine.model import INLINE_SECRETS, Json

KEYS: dict[str, Json] = {name: f"plain-{name}" for name in INLINE_SECRETS}


def document(*steps: Json) -> dict[str, Json]:
    return {"name": "N", "steps": [{"id": "i", "type": "if", "then": list(steps)}]}


def test_keys_leave_the_document_and_come_back_as_secrets() -> None:
    without, found = extract(document({"id": "t", "type": "twitterCreateTweet", "text": "hi", **KEYS}))
    assert without == document({"id": "t", "type": "twitterCreateTweet", "text": "hi"})
    assert [each.step_id for each in found] == ["t"]
    assert {key: value.reveal() for key, value in found[0].fields.items()} == KEYS
    assert "plain" not in repr(found)


def test_a_step_that_names_a_credential_loses_its_plain_keys_and_keeps_the_name() -> None:
    without, found = extract(document({"id": "t", "type": "twitterLikeTweet", "credentialId": "c", **KEYS}))
    assert without == document({"id": "t", "type": "twitterLikeTweet", "credentialId": "c"})
    assert found == []


def test_empty_fields_are_dropped_and_make_no_credential() -> None:
    without, found = extract(document({"id": "t", "type": "twitterLikeTweet", "apiKey": "", "apiSecret": 0}))
    assert without == document({"id": "t", "type": "twitterLikeTweet"})
    assert found == []


def test_fields_of_the_same_name_in_other_steps_stay() -> None:
    other = document({"id": "c", "type": "apiCall", "apiKey": "{{key}}"})
    assert extract(other) == (other, [])


def test_only_the_named_steps_get_a_reference() -> None:
    steps = document({"id": "a", "type": "twitterX"}, {"id": "b", "type": "twitterX"})
    assert refer(steps, {"b": "cred-1"}) == document(
        {"id": "a", "type": "twitterX"}, {"id": "b", "type": "twitterX", "credentialId": "cred-1"}
    )


@given(st.lists(st.sampled_from(["twitterCreateTweet", "twitterX", "wait"]), max_size=6), st.integers(0, 40))
def test_no_secret_survives_at_any_depth(types: list[str], depth: int) -> None:
    steps: list[Json] = [{"id": f"s{number}", "type": kind, **KEYS} for number, kind in enumerate(types)]
    for number in range(depth):
        steps = [{"id": f"d{number}", "type": "try", "steps": [], "onError": steps}]
    without, found = extract({"steps": steps})
    plain = json.dumps(without).count("plain-apiKey")
    assert plain == types.count("wait")
    assert len(found) == len(types) - plain
