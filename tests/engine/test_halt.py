from engine.effects import Failure
from engine.errors import LoopiError
from engine.halt import Halt, Interrupted, StepFailed, Stopped


def test_a_way_out_is_no_error_that_a_step_could_catch() -> None:
    ways: list[Exception] = [
        Interrupted(),
        Stopped("failed", "", "0"),
        StepFailed(Failure("x", "y"), "0", step_id="a", output={}),
    ]

    assert all(isinstance(way, Halt) and not isinstance(way, LoopiError) for way in ways)
    assert [way.path for way in ways if isinstance(way, Halt)] == ["", "0", "0"]
