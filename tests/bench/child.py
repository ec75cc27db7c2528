"""Processes of the bench: servers, workers that run a side round by round, and whole commands.

A worker and a server live until their standard input closes, so none outlives the bench.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.home import Home

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


@dataclass(frozen=True, slots=True)
class Sample:
    """CPU and wall-clock seconds of one round or command; the peak memory of its process in MB so far."""

    cpu_s: float
    wall_s: float
    peak_mb: float = 0.0


@dataclass(frozen=True, slots=True)
class Worker:
    """One side of a comparison, in a process of its own."""

    process: "subprocess.Popen[str]"

    def round(self) -> Sample:
        """Run one round and return what it cost. Raises RuntimeError when the side failed."""
        return Sample(**self._asked("round\n"))

    def _asked(self, line: str) -> dict[str, float]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(line)
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"A worker ended: {self.process.args!r}")
        found: dict[str, float] = json.loads(answer)
        return found


@contextmanager
def server(kind: str) -> Iterator[str]:
    """The URL of a server from stand_in.py, in a process of its own: its CPU is not the client's."""
    with _started([str(HERE / "stand_in.py"), kind]) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()


@contextmanager
def workers(sides: Mapping[str, Home]) -> Iterator[dict[str, Worker]]:
    """A worker for each side of side.py."""
    with ExitStack() as stack:
        script = str(HERE / "worker.py")
        started = {name: stack.enter_context(_started([script, name])) for name in sides}
        for name, process in started.items():
            assert process.stdin is not None
            process.stdin.write(json.dumps(asdict(sides[name])) + "\n")
            process.stdin.flush()
        yield {name: Worker(process) for name, process in started.items()}


def interleaved(sides: Mapping[str, Worker], rounds: int) -> dict[str, Sample]:
    """The least that each side needed: they take turns, so that a busy moment of the machine meets all."""
    found: dict[str, list[Sample]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, worker in sides.items():
            found[name].append(worker.round())
    return {name: least(samples) for name, samples in found.items()}


def least(samples: Sequence[Sample]) -> Sample:
    """The minimum of each time, and the highest peak."""
    return Sample(
        min(each.cpu_s for each in samples),
        min(each.wall_s for each in samples),
        max(each.peak_mb for each in samples),
    )


def command(arguments: Sequence[str], environ: Mapping[str, str] | None = None, *, given: str = "") -> Sample:
    """Run a command to its end: its CPU with that of its children. Raises RuntimeError when it fails."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    env = {**os.environ, **(environ or {})}
    done = subprocess.run(
        arguments, cwd=ROOT, env=env, input=given, capture_output=True, text=True, check=False
    )
    wall_s = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"{arguments[0]} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return Sample(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall_s)


def commands(each: Mapping[str, tuple[Sequence[str], Mapping[str, str]]], rounds: int) -> dict[str, Sample]:
    """The least that each command needed, taking turns as `interleaved` does."""
    found: dict[str, list[Sample]] = {name: [] for name in each}
    for _ in range(rounds):
        for name, (arguments, environ) in each.items():
            found[name].append(command(arguments, environ))
    return {name: least(samples) for name, samples in found.items()}


@contextmanager
def _started(arguments: Sequence[str]) -> "Iterator[subprocess.Popen[str]]":
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait()
