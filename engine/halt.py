"""Ways a run ends before its last step. They are not program errors: they travel up through the blocks."""

from collections.abc import Mapping
from typing import Literal

from engine.effects import Failure
from engine.model import Json


class Halt(Exception):  # a way out, not an error
    """Leaves every block around the step at `path`."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class StepFailed(Halt):
    """The step `step_id` failed and was not told to continue. `output` is what it leaves all the same."""

    def __init__(
        self,
        failure: Failure,
        path: str,
        *,
        step_id: str,
        output: Mapping[str, Json],
        is_unknown: bool = False,
    ) -> None:
        super().__init__(path)
        self.failure = failure
        self.step_id = step_id
        self.output = output
        self.is_unknown = is_unknown


class Stopped(Halt):
    """A `stop` step was reached."""

    def __init__(self, outcome: Literal["succeeded", "failed"], message: str, path: str) -> None:
        super().__init__(path)
        self.outcome = outcome
        self.message = message


class Interrupted(Halt):
    """The user pressed Stop (`failure` is None), or the run took longer than it may."""

    def __init__(self, failure: Failure | None = None) -> None:
        super().__init__("")
        self.failure = failure
