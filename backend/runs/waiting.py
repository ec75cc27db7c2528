"""What a run has told and the disk does not have yet. Says when it must go there; knows no database."""

from engine.events import (
    BranchTaken,
    Fact,
    LoopEntered,
    RunPaused,
    StepFinished,
    StepRetrying,
    StepStarted,
    StepWaiting,
    VariableSet,
)

MAX_LINES = 500
MAX_CHARS = 1_000_000
COMPUTING = frozenset({"setVariable", "modifyVariable", "if", "forEach", "repeat", "try"})
"""Steps that only compute: whoever resumes the run computes the same again."""


class Waiting:
    """The lines of one run, in order. `first` is the seq of the first one.

    A step that acted, waited, took the time or failed goes to the disk when it ends. Steps that only compute
    go there together, at the latest before one that does more begins: a loop of them is a row for each
    hundred rounds and not one for each.
    """

    __slots__ = ("_chars", "_does_more", "_has_ended", "_open", "first", "lines")

    def __init__(self, first: int) -> None:
        self.first = first
        self.lines: list[str] = []
        self._chars = 0
        self._open = 0
        self._has_ended = False
        self._does_more = False

    def add(self, fact: Fact, line: str) -> bool:
        """Take a line; whether all must go to the disk now."""
        self.lines.append(line)
        self._chars += len(line)
        return self._is_due(fact) or len(self.lines) >= MAX_LINES or self._chars >= MAX_CHARS

    def _is_due(self, fact: Fact) -> bool:
        match fact:
            case StepStarted(step_type=step_type):
                self._open += 1
                self._does_more = self._does_more or step_type not in COMPUTING
                return self._does_more and self._has_ended
            case StepFinished(outcome=outcome):
                # Below 0: it began before the last row, as the steps around it do. Such ends are few.
                self._open -= 1
                self._has_ended = True
                return self._does_more or outcome != "succeeded" or self._open < 0
            case RunPaused() | StepWaiting() | StepRetrying():
                # It may wait for long: others look at it, and what was refused must not be in doubt.
                return True
            case VariableSet() | LoopEntered() | BranchTaken():
                return False
            case _:
                self._does_more = True
                return False
