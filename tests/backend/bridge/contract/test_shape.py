"""The contract as a whole: every class of it can be sent, shown and written in TypeScript."""

import runpy
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

import pytest

from backend.bridge.contract import METHODS
from backend.bridge.contract.shape import Nothing, camel, to_json
from backend.bridge.contract.vault import SetPassphrase, Unlock

ROOT = Path(__file__).parents[4]
GENERATOR = ROOT / "build" / "generate" / "contract.py"


@dataclass(frozen=True)
class Inner:
    used_by: int
    note: str | None = None


@dataclass(frozen=True)
class Outer:
    last_used: str | None
    inner: tuple[Inner, ...]
    by_key: dict[str, Inner]


def test_the_types_of_the_page_are_those_of_the_contract() -> None:
    written = runpy.run_path(str(GENERATOR))["written"]()
    assert (ROOT / "ui/src/lib/contract.ts").read_text(encoding="utf-8") == written


def test_an_answer_is_camel_case_and_leaves_out_what_is_not_there() -> None:
    value = Outer(None, (Inner(1), Inner(2, "x")), {"own_key": Inner(3)})
    assert to_json(value) == {
        "lastUsed": None,
        "inner": [{"usedBy": 1}, {"usedBy": 2, "note": "x"}],
        "byKey": {"own_key": {"usedBy": 3}},
    }


@pytest.mark.parametrize("name", METHODS)
def test_each_method_has_a_topic_a_verb_and_a_class_of_parameters(name: str) -> None:
    topic, verb = name.split(".")
    assert topic.islower()
    assert verb.isalpha()
    assert is_dataclass(METHODS[name].params)


def test_no_two_fields_of_a_class_have_one_name_in_json() -> None:
    for method in METHODS.values():
        names = [camel(field.name) for field in fields(method.params)]
        assert len(names) == len(set(names))


def test_parameters_with_secrets_do_not_print_them() -> None:
    printed = repr(SetPassphrase("first-canary", "second-canary")) + repr(Unlock("third-canary"))
    assert "canary" not in printed


def test_what_is_asked_without_parameters_takes_none() -> None:
    assert to_json(Nothing()) == {}
