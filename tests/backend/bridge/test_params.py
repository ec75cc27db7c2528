from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pytest

from backend.bridge.contract.credentials import CredentialUpdate, FieldChange
from backend.bridge.errors import Refusal
from backend.bridge.params import read_params


@dataclass(frozen=True)
class Sample:
    text: str
    whole_number: int = 0
    ratio: float = 0.0
    is_on: bool = False
    kind: Literal["a", "b"] = "a"
    names: tuple[str, ...] = ()
    data: Mapping[str, object] | None = None


def test_names_are_camel_case_and_defaults_fill_what_is_left_out() -> None:
    assert read_params(Sample, {"text": "x", "wholeNumber": 2}) == Sample("x", 2)


def test_a_whole_number_is_a_number_too() -> None:
    assert read_params(Sample, {"text": "", "ratio": 3}).ratio == 3.0


def test_what_may_be_left_out_may_be_null() -> None:
    assert read_params(Sample, {"text": "", "data": None}).data is None


def test_inner_objects_become_their_dataclasses() -> None:
    document = {"id": "x", "version": 1, "changes": {"own key": {"op": "set", "value": "v"}}}
    assert read_params(CredentialUpdate, document).changes == {"own key": FieldChange("set", "v")}


@pytest.mark.parametrize(
    ("document", "wrong"),
    [
        ({}, {"text": "is missing"}),
        ({"text": "", "whole_number": 1}, {"whole_number": "is not known"}),
        ({"text": None}, {"text": "must be text"}),
        ({"text": "", "wholeNumber": True}, {"wholeNumber": "must be a whole number"}),
        ({"text": "", "wholeNumber": 1.0}, {"wholeNumber": "must be a whole number"}),
        ({"text": "", "ratio": "1"}, {"ratio": "must be a number"}),
        ({"text": "", "ratio": 10**400}, {"ratio": "must be a number"}),
        ({"text": "", "isOn": 1}, {"isOn": "must be true or false"}),
        ({"text": "", "kind": "c"}, {"kind": "must be one of a, b"}),
        ({"text": "", "kind": []}, {"kind": "must be one of a, b"}),
        ({"text": "", "names": "ab"}, {"names": "must be a list"}),
        ({"text": "", "names": ["a", 1]}, {"names[1]": "must be text"}),
        ({"text": "", "data": []}, {"data": "must be an object"}),
        ({"isOn": 1, "x": 1}, {"x": "is not known", "text": "is missing", "isOn": "must be true or false"}),
    ],
)
def test_every_wrong_field_is_named(document: Mapping[str, object], wrong: Mapping[str, str]) -> None:
    with pytest.raises(Refusal) as caught:
        read_params(Sample, document)
    assert (caught.value.code, caught.value.fields) == ("bridge.bad_params", wrong)


def test_a_wrong_field_within_is_named_with_its_place() -> None:
    with pytest.raises(Refusal) as caught:
        read_params(
            CredentialUpdate, {"id": "", "version": 1, "changes": {"k": {"op": "drop", "v": "canary"}}}
        )
    assert caught.value.fields.keys() == {"changes.k.op", "changes.k.v"}
    assert "canary" not in str(caught.value)
