import copy
import json
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.redact import WITHHELD, Redactor
from engine.secrets import BULLETS, Secret

SECRET = "s3cr3tCanary"
REDACTOR = Redactor([SECRET, "123456789", "10000000000000000"])


class Unprintable:
    def __str__(self) -> str:
        raise ValueError(SECRET)

    __repr__ = __str__


def nested(depth: int, leaf: object) -> object:
    value = leaf
    for level in range(depth):
        value = ({"k": value}, [value], (value,))[level % 3]
    return value


def leaf_of(value: object) -> object:
    while isinstance(value, (dict, list, tuple)):
        value = value["k"] if isinstance(value, dict) else value[0]
    return value


def test_texts_and_keys_are_redacted_at_any_place_and_the_rest_is_kept() -> None:
    event: dict[str, object] = {
        "a": [1, None, True, f"x {SECRET}"],
        SECRET: ({"b": "c"}, 2.5),
        "z": {},
        "e": [[], ()],
    }
    assert REDACTOR.value(event) == {
        "a": [1, None, True, f"x {BULLETS}"],
        BULLETS: ({"b": "c"}, 2.5),
        "z": {},
        "e": [[], ()],
    }


def test_the_order_of_keys_stays() -> None:
    shown = REDACTOR.value({"b": SECRET, "a": 1, "c": {"z": SECRET, "y": 2}})
    assert isinstance(shown, dict)
    assert list(shown) == ["b", "a", "c"]
    assert list(shown["c"]) == ["z", "y"]


def test_a_value_without_secrets_is_returned_itself() -> None:
    event = {"a": [1, "text", {"b": (1, 2)}]}
    assert REDACTOR.value(event) is event


def test_the_given_value_is_not_changed() -> None:
    event = {"a": [SECRET]}
    REDACTOR.value(event)
    assert event == {"a": [SECRET]}


@pytest.mark.parametrize("number", [123456789, -123456789, 91234567890, 123456789.5, 1e16, 0.123456789])
def test_a_number_whose_digits_hold_a_secret_becomes_bullets(number: float) -> None:
    assert REDACTOR.value({"n": number, "m": 7}) == {"n": BULLETS, "m": 7}


def test_a_secret_cut_by_two_texts_changes_neither() -> None:
    event = {"a": "first", "b": "second"}
    assert Redactor(["first\nsecond"]).value([SECRET]) == [SECRET]
    assert Redactor(["rst\nsec"]).value(event) == event


def test_an_object_that_would_print_a_secret_becomes_bullets() -> None:
    assert REDACTOR.value([ValueError(SECRET), SECRET.encode(), {SECRET}]) == [BULLETS] * 3


def test_an_object_that_cannot_be_printed_is_withheld_and_its_neighbours_are_still_redacted() -> None:
    assert REDACTOR.value([Unprintable(), SECRET, "text"]) == [WITHHELD, BULLETS, "text"]


def test_a_number_too_long_to_print_is_withheld_where_secrets_may_be_numbers() -> None:
    assert REDACTOR.value([10**5000, "text"]) == [WITHHELD, "text"]


def test_a_secret_object_stays_closed() -> None:
    kept = Secret(SECRET)
    assert REDACTOR.value([kept]) == [kept]


@pytest.mark.parametrize("shown", [SECRET, "text"])
def test_ten_thousand_levels_do_not_stop_a_redaction(shown: str) -> None:
    value = nested(max(10_000, 5 * sys.getrecursionlimit()), shown)
    assert leaf_of(REDACTOR.value(value)) == (BULLETS if shown == SECRET else shown)


def test_keys_that_become_equal_leave_one_redacted_entry() -> None:
    shown = Redactor(["first-secret", "other-secret"]).value({"first-secret": [1], "other-secret": [2]})
    assert shown in ({BULLETS: [1]}, {BULLETS: [2]})


def test_a_redactor_without_secrets_passes_everything_on() -> None:
    event = {"a": object()}
    assert Redactor().value(event) is event
    assert Redactor(["short"]).text("short") == "short"


def test_a_redactor_shows_spreads_and_pickles_nothing() -> None:
    assert SECRET not in repr(REDACTOR)
    for spread in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            spread(REDACTOR)


def test_tokens_added_by_many_threads_are_all_masked() -> None:
    redactor = Redactor([SECRET])
    tokens = [f"token-number-{number:03}" for number in range(64)]

    def add_and_use(token: str) -> str:
        redactor.add(token)
        return redactor.text(f"{token} {SECRET}")

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(add_and_use, tokens)) == {f"{BULLETS} {BULLETS}"}
    assert redactor.text("".join(tokens)) == BULLETS


@pytest.mark.parametrize("number", [12345678901234567, 0.12345678901, 1e16, {"deep": [1234567890.5]}])
def test_numbers_of_a_secret_are_found_whatever_way_they_are_searched(number: object) -> None:
    secrets = ["1234567890", "10000000000000000"]
    assert "1234567890" not in json.dumps(Redactor(secrets).value({"n": number}))
    assert Redactor(secrets).value({"n": number}) != {"n": number}


def test_what_json_would_escape_is_looked_at_closely() -> None:
    secret = 'a"b\\c\nd-long'
    redactor = Redactor([secret])
    assert not redactor.clears(json.dumps({"k": secret}, ensure_ascii=False))
    assert redactor.value({"k": f"<{secret}>"}) == {"k": f"<{BULLETS}>"}


def test_a_text_without_a_secret_is_cleared_at_once() -> None:
    assert Redactor(["0123456789abcdef"]).clears(json.dumps({"k": ["é", 1.5, None]}, ensure_ascii=False))


def test_the_fast_way_holds_for_ids_that_look_like_numbers_but_not_for_exponents() -> None:
    redactor = Redactor(["10000000000000000"])
    assert redactor.clears('{"run_id": "41e5", "at": 1.5}')
    assert not redactor.clears(json.dumps([1e16]))
    assert redactor.value([1e16]) == [BULLETS]
