import copy
import dataclasses
import json
import pickle
import traceback

import pytest

from engine.secrets import BULLETS, Secret

VALUE = "hunter2-hunter2"


@dataclasses.dataclass(frozen=True, slots=True)
class Holder:
    token: Secret


@pytest.mark.parametrize(
    "shown",
    [
        repr(Secret(VALUE)),
        str(Secret(VALUE)),
        f"{Secret(VALUE)}",
        f"{Secret(VALUE)!r:>40}",
        f"{Secret(VALUE):>40}",
        "%s %r" % (Secret(VALUE), Secret(VALUE)),  # noqa: UP031
        str([Secret(VALUE)]),
        repr(Holder(Secret(VALUE))),
    ],
)
def test_a_secret_shows_bullets_however_it_is_printed(shown: str) -> None:
    assert BULLETS in shown
    assert VALUE not in shown


@pytest.mark.parametrize("spread", [copy.copy, copy.deepcopy, pickle.dumps, json.dumps, hash, vars, iter])
def test_a_secret_refuses_to_be_spread(spread: object) -> None:
    assert callable(spread)
    with pytest.raises(TypeError) as refusal:
        spread(Secret(VALUE))
    assert VALUE not in str(refusal.value)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_no_pickle_protocol_takes_a_secret(protocol: int) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret(VALUE), protocol)


def test_a_secret_does_not_hand_out_its_state() -> None:
    with pytest.raises(TypeError):
        Secret(VALUE).__getstate__()


def test_a_dataclass_with_a_secret_does_not_become_a_dict() -> None:
    with pytest.raises(TypeError):
        dataclasses.asdict(Holder(Secret(VALUE)))


def test_revealing_gives_the_value_back() -> None:
    assert Secret(VALUE).reveal() == VALUE


def test_a_secret_does_not_change() -> None:
    secret = Secret(VALUE)
    with pytest.raises(AttributeError):
        secret.reveal = str  # type: ignore[method-assign]
    with pytest.raises(AttributeError):
        setattr(secret, "_Secret__value", "other")  # noqa: B010
    with pytest.raises(AttributeError):
        delattr(secret, "_Secret__value")
    assert secret.reveal() == VALUE


def test_secrets_are_equal_by_value_and_never_equal_to_a_text() -> None:
    assert Secret(VALUE) == Secret(VALUE)
    assert Secret(VALUE) != Secret(VALUE + "x")
    assert Secret("\ud800é") == Secret("\ud800é")
    assert Secret(VALUE) != VALUE


def test_an_empty_secret_is_false() -> None:
    assert not Secret("")
    assert Secret("0")


def test_only_a_text_can_be_a_secret_and_the_refusal_does_not_show_what_was_given() -> None:
    with pytest.raises(TypeError) as refusal:
        Secret(VALUE.encode())  # type: ignore[arg-type]
    assert VALUE not in "".join(traceback.format_exception_only(refusal.value))
