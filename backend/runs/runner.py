"""Drives the interpreter on this machine: carries out its effects, sends back answers, can be interrupted."""

import random
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial

from backend.runs.recorder import Recorder
from engine.effects import Answer, Effect, Failure, Note, Parallel, Run, Sleep, StepCall
from engine.executor import Executor
from engine.halt import Halt, Interrupted
from engine.model import Json
from engine.ports import Clock


@dataclass(slots=True)
class Control:
    """How a run is told to end: by the user, or by the time it may take (`deadline` in monotonic seconds)."""

    clock: Clock
    deadline: float | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)

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
        return self.deadline is not None and self.clock.monotonic() > self.deadline


class LocalRunner:
    """Runs one automation in the calling thread; parallel rounds get threads of their own."""

    def __init__(self, executor: Executor, recorder: Recorder, control: Control) -> None:
        self._executor = executor
        self._recorder = recorder
        self._control = control

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
                if not is_closing and self._control.is_over():
                    raise self._control.interruption()
                answer = self._answer(effect)
            except Halt as halt:
                thrown = halt
                is_closing = is_closing or isinstance(halt, Interrupted)

    def _answer(self, effect: Effect) -> Answer:
        match effect:
            case Note():
                self._recorder.record(effect.path, effect.fact)
                return None
            case StepCall():
                return self._call(effect)
            case Sleep():
                self._sleep(effect)
                return None
            case Parallel():
                return self._parallel(effect)

    def _call(self, call: StepCall) -> Answer:
        emit = partial(self._recorder.record, call.path)
        result = self._executor.execute(call, emit, self._control.is_over)
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
                failed = _collected(going, results) or failed
        if failed:
            raise failed
        return [results[index] for index in sorted(results)]


def _collected(going: dict[Future[Json], int], results: dict[int, Json]) -> Halt | None:
    failed: Halt | None = None
    for future in wait(going, return_when=FIRST_COMPLETED).done:
        index = going.pop(future)
        try:
            results[index] = future.result()
        except Halt as halt:
            failed = halt
    return failed
