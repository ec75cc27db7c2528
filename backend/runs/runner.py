"""Drives the interpreter on this machine: carries out its effects, sends back answers, can be interrupted."""

import random
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial

from backend.runs.breakpoints import Breakpoints
from backend.runs.chance import taken
from backend.runs.doubt import Doubts
from backend.runs.recorder import Recorder
from engine.effects import Answer, Effect, Failure, Note, Parallel, Run, Sleep, StepCall, Take
from engine.events import StepStarted
from engine.executor import Executor
from engine.halt import Halt, Interrupted
from engine.model import Json
from engine.past import Past
from engine.ports import Clock


@dataclass(slots=True)
class Control:
    """How a run is told to end: by the user, or by the time it may take (`deadline` in monotonic seconds).

    And how it is told to wait, and to go on.
    """

    clock: Clock
    deadline: float | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)
    breakpoints: Breakpoints = field(default_factory=Breakpoints)

    def is_over(self) -> bool:
        """Whether nothing more may begin."""
        return self.cancelled.is_set() or self._is_late()

    def interruption(self) -> Interrupted:
        """What to throw into the run."""
        if self.cancelled.is_set():
            return Interrupted()
        hint = "Give it more time with --timeout, or leave the option out for no limit."
        return Interrupted(Failure("run.timeout", "The run took longer than it may.", hint))

    def _is_late(self) -> bool:
        """Time that it waits at a breakpoint is a person's, not the run's."""
        if self.deadline is None:
            return False
        return self.clock.monotonic() - self.breakpoints.paused_s > self.deadline


class LocalRunner:
    """Runs one automation in the calling thread; parallel rounds get threads of their own.

    What is `past` is not done again; `doubts` settle what was begun and has no outcome.
    """

    def __init__(
        self,
        executor: Executor,
        recorder: Recorder,
        control: Control,
        *,
        past: Past | None = None,
        doubts: Doubts | None = None,
    ) -> None:
        self._executor = executor
        self._recorder = recorder
        self._control = control
        self._past = past or Past(())
        self._doubts = doubts

    def drive(self, run: Run) -> Json:
        """Carry out a run, or a branch of one, to its end. Raises the Halt that a branch ends with."""
        answer: Answer = None
        thrown: Halt | None = None
        is_closing = False
        while True:
            try:
                effect = run.throw(thrown) if thrown else run.send(answer)
            except StopIteration as stop:
                return stop.value  # type: ignore[no-any-return]  # a Run returns Json
            answer, thrown = None, None
            try:
                # The notes that close an interrupted run must still be taken down: it is interrupted once.
                if not is_closing and self._past.is_over and self._control.is_over():
                    raise self._control.interruption()
                answer = self._answer(effect)
            except Halt as halt:
                thrown = halt
                is_closing = is_closing or isinstance(halt, Interrupted)

    def _answer(self, effect: Effect) -> Answer:
        match effect:
            case Note():
                if self._past.is_over or not self._past.holds(effect.path, effect.fact):
                    self._tell(effect)
                return None
            case StepCall():
                return self._past.answer(effect.path, effect.attempt) or self._call(effect)
            case Sleep():
                if self._past.is_over:
                    self._sleep(effect)
                return None
            case Take():
                return self._past.values(effect.path) or taken(effect.names, self._control.clock)
            case Parallel():
                return self._parallel(effect)

    def _tell(self, note: Note) -> None:
        if isinstance(note.fact, StepStarted):
            control = self._control
            control.breakpoints.pause(note.path, note.fact.step_id, self._recorder.record, control.is_over)
            if control.is_over():
                raise control.interruption()
        self._recorder.record(note.path, note.fact)

    def _call(self, call: StepCall) -> Answer:
        emit = partial(self._recorder.record, call.path)
        settled = self._doubts.settle(call, emit, self._control.is_over) if self._doubts else None
        result = settled or self._executor.execute(call, emit, self._control.is_over)
        if result.status == "error" and self._control.is_over():
            raise self._control.interruption()
        return result

    def _sleep(self, sleep: Sleep) -> None:
        clock = self._control.clock
        seconds = sleep.seconds if sleep.until is None else max(sleep.until - clock.now(), 0.0)
        longer = 1 + sleep.jitter * random.random()  # noqa: S311  # spreads retries, keeps no secret
        clock.wait(seconds * longer, self._control.is_over)
        if self._control.is_over():
            raise self._control.interruption()

    def _parallel(self, group: Parallel) -> list[Json]:
        """Keep `limit` branches going; after a failure start no more, and raise it at the end."""
        results: dict[int, Json] = {}
        going: dict[Future[Json], int] = {}
        failed: Halt | None = None
        with ThreadPoolExecutor(group.limit, thread_name_prefix="round") as pool:
            for index, branch in enumerate(group.branches):
                going[pool.submit(self.drive, branch)] = index
                if len(going) >= group.limit:
                    failed = _collected(going, results)
                if failed:
                    break
            while going:
                later = _collected(going, results)
                failed = failed or later
        if failed:
            raise failed
        return [results[index] for index in sorted(results)]


def _collected(going: dict[Future[Json], int], results: dict[int, Json]) -> Halt | None:
    failed: Halt | None = None
    # Of those that ended together, the first round speaks.
    for future in sorted(wait(going, return_when=FIRST_COMPLETED).done, key=going.__getitem__):
        index = going.pop(future)
        try:
            results[index] = future.result()
        except Halt as halt:
            failed = failed or halt
    return failed
