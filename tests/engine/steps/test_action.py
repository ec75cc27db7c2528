from engine.effects import StepResult
from engine.steps.action import Action


def test_an_action_asks_for_no_credential_unless_it_says_so() -> None:
    action = Action("x", lambda _params, _context: StepResult("ok"), lambda _params: "read")

    assert not action.needs_credential
    assert action.request_fields == ()
    assert action.warn({"text": "{{a}}"}) == []
