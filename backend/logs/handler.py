"""Log handlers, to a stream and to a private rotating file, that never fall back to printing a record raw."""

import logging
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

WITHHELD_RECORD = "[a log record was withheld: it could not be checked for secrets]"
FILE_SIZE_BYTES = 1_000_000
KEPT_FILES = 3


class StreamHandler(logging.StreamHandler[TextIO]):
    def handleError(self, _record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        # logging's own answer prints the message, its arguments and a traceback as they are.
        with suppress(OSError, ValueError, AttributeError):
            self.stream.write(f"{WITHHELD_RECORD}\n")
            self.flush()


class FileHandler(RotatingFileHandler):
    """Rotates by size; only the owner may read its files. Tells `notice` once when it cannot write."""

    def __init__(self, file: Path, notice: TextIO | None) -> None:
        super().__init__(file, maxBytes=FILE_SIZE_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True)
        self._notice = notice

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A link planted at this place would send the log elsewhere.
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(path, flags, 0o600)
        if os.name == "posix":
            os.fchmod(descriptor, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")

    def doRollover(self) -> None:  # noqa: N802 (logging's name)
        # Another process may rotate too or, on Windows, hold the file: it grows until the next attempt.
        with suppress(OSError):
            super().doRollover()

    def handleError(self, _record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        notice, is_lost = self._notice, isinstance(sys.exc_info()[1], OSError)
        with suppress(OSError, ValueError, AttributeError):
            if not is_lost and self.stream is not None:
                self.stream.write(f"{WITHHELD_RECORD}\n")
                self.flush()
            elif is_lost and notice is not None:
                self._notice = None
                notice.write(
                    f"The log file {self.baseFilename} cannot be written. Check the disk and its rights.\n"
                )
