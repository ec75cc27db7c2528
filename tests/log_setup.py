"""Logging set up for one test, and what a test logs with."""

import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.logs import Logs, configure

SECRET = "s3cr3t/Canary+Value"
log = logging.getLogger("loopi.test")


class Unprintable:
    def __str__(self) -> str:
        raise ValueError(SECRET)


class Setup:
    """Logging at DEBUG to a stream and a file, with one run's redactor held."""

    def __init__(self, folder: Path) -> None:
        self.stream = io.StringIO()
        self.file = folder / "logs" / "loopi.log"
        self.logs: Logs = configure(logging.DEBUG, file=self.file, stream=self.stream)

    def again(self, level: int) -> None:
        self.logs = configure(level, file=self.file, stream=self.stream)

    def written(self) -> str:
        return self.file.read_text("utf-8") if self.file.exists() else ""


@contextmanager
def only(handlers: Iterable[logging.Handler]) -> Iterator[None]:
    """The runner's own handlers raise where a record is broken, and format what they are given."""
    root = logging.getLogger()
    others = [handler for handler in root.handlers if handler not in handlers]
    for other in others:
        root.removeHandler(other)
    yield
    for other in others:
        root.addHandler(other)


class Keeping(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def fail() -> None:
    raise ValueError(SECRET)
