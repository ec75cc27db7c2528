"""Takes secrets out of log records. Must not know where secrets come from."""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import copy
from typing import Protocol

RECORD_SIZE = 20_000
"""Characters of one record; what is longer is cut, so that the files stay bounded."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class FindsSecrets(Protocol):
    """What a run lends to the logs: `engine.redact.Redactor` is one."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where `text` holds secrets, as (start, end)."""
        ...


class LogRedactor:
    """The redactors of all runs at once. Their matches are joined: one may begin where another's ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._redactors: tuple[FindsSecrets, ...] = ()

    def add(self, redactor: FindsSecrets) -> None:
        with self._lock:
            self._redactors = (*self._redactors, redactor)

    def remove(self, redactor: FindsSecrets) -> None:
        """Take one `add` of `redactor` back; do so only when nothing of the run can log any more."""
        with self._lock:
            kept = list(self._redactors)
            with suppress(ValueError):
                kept.remove(redactor)
            self._redactors = tuple(kept)

    @contextmanager
    def holding(self, redactor: FindsSecrets) -> Iterator[None]:
        """Search for the secrets of `redactor` until the block ends."""
        self.add(redactor)
        try:
            yield
        finally:
            self.remove(redactor)

    def text(self, text: str) -> str:
        """`text` without secrets. Raises what a redactor raises; the caller must then drop `text`."""
        redactors = self._redactors
        if not redactors:
            return text
        from engine.redact import mask

        return mask(text, [span for redactor in redactors for span in redactor.spans(text)])


LOG_REDACTOR = LogRedactor()
"""The one of this process: runs add theirs when they start and remove it when they have ended."""


class RedactingFormatter(logging.Formatter):
    """One record as text: redacted, shortened, control characters spelled out, further lines indented.

    So no record can forge another or speak to the terminal. `is_brief` leaves tracebacks out: for people.
    """

    def __init__(self, *, is_brief: bool = False) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s" if not is_brief else "%(message)s")
        self._is_brief = is_brief

    def format(self, record: logging.LogRecord) -> str:
        # A copy, because formatting leaves the message and the traceback on the record, for whoever reads it.
        record = copy(record)
        if self._is_brief:
            record.exc_info = record.exc_text = record.stack_info = None
        text = LOG_REDACTOR.text(super().format(record))
        if len(text) > RECORD_SIZE:
            text = f"{text[:RECORD_SIZE]}… ({len(text) - RECORD_SIZE} more characters)"
        return _CONTROLS.sub(lambda sign: f"\\x{ord(sign[0]):02x}", text).replace("\n", "\n    ")
