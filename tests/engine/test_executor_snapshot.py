from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from drive.run import automation
from engine.executor import snapshot
from engine.model import Json
from engine.ports import Credential


@dataclass(slots=True)
class Named:
    """Credentials by their names; counts how often it is asked."""

    known: Mapping[str, Credential]
    asked: list[str] = field(default_factory=list)

    def find(self, reference: str) -> Credential | None:
        self.asked.append(reference)
        return self.known.get(reference)


def test_each_credential_is_looked_up_once_for_the_run() -> None:
    mine = Credential("c", "Mine", "custom", {})
    steps = [{"type": "apiCall", "url": "https://h/", "credentialId": "Mine"}] * 3
    known = Named({"Mine": mine, "Other": Credential("o", "Other", "custom", {})})

    found = snapshot(automation(*steps, {"type": "stop"}), known, {"s1": "Other", "s2": "Gone"})

    assert {step_id: each and each.name for step_id, each in found.items()} == {
        "s0": "Mine",
        "s1": "Other",
        "s2": None,
    }
    assert sorted(known.asked) == ["Gone", "Mine", "Other"]


def test_a_disabled_step_and_what_is_in_it_take_no_credential_into_the_run() -> None:
    inner: dict[str, Json] = {
        "type": "apiCall",
        "method": "GET",
        "url": "https://a.example/",
        "credentialId": "P",
    }
    condition: Json = {"left": 1, "operator": "equals", "right": 1}
    steps: list[Mapping[str, Json]] = [
        {**inner, "disabled": True},
        {"type": "if", "condition": condition, "then": [{**inner, "id": "x"}], "disabled": True},
    ]
    asked: list[str] = []

    class Asking:
        def find(self, reference: str) -> Credential | None:
            asked.append(reference)
            return None

    assert snapshot(automation(*steps), Asking(), {}) == {}
    assert asked == []


def test_keys_in_the_file_are_a_credential_of_that_step_alone() -> None:
    whole = automation({"type": "twitterCreateTweet", "text": "Hi", "apiKey": "a" * 9, "apiSecret": "b" * 9})

    found = snapshot(whole, Named({}), {})["s0"]

    assert found is not None
    assert (found.type, found.signing.kind) == ("twitter", "oauth1")
    assert found.secrets() == ("a" * 9, "b" * 9)


def test_a_step_of_a_called_automation_has_a_credential_of_its_own() -> None:
    ask: dict[str, Json] = {"id": "ask", "type": "apiCall", "url": "https://h/", "credentialId": "Mine"}
    called = replace(automation({**ask, "credentialId": "Theirs"}), id="b")
    known = {name: Credential(name, name, "custom", {}) for name in ("Mine", "Theirs", "Chosen")}

    whole = replace(automation(ask), called={"B": called, "b": called})

    assert snapshot(whole, Named(known), {}) == {"ask": known["Mine"], "b/ask": known["Theirs"]}
    assert snapshot(whole, Named(known), {"b/ask": "Chosen"})["b/ask"] is known["Chosen"]
