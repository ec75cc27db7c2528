"""Sets up logging, and what happens to errors that nobody caught."""

import logging
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TextIO

from backend.logs.handler import FileHandler, StreamHandler
from backend.logs.redaction import RedactingFormatter

# These log headers, parameters and URLs with keys in them. At WARNING they say only what went wrong.
NOISY = (
    "asyncio",
    "authlib",
    "filelock",
    "httpcore",
    "httpx",
    "keyring",
    "oauthlib",
    "requests",
    "requests_oauthlib",
    "tweepy",
    "urllib3",
)

_log = logging.getLogger("loopi")


@dataclass(frozen=True)
class Logs:
    """Logging as `configure` has set it up."""

    handlers: tuple[logging.Handler, ...]
    file: Path | None
    levels: Mapping[str, int] = field(default_factory=dict)
    """What the libraries under NOISY were set to before: those that silence themselves stay silent."""

    def flush(self) -> None:
        for handler in self.handlers:
            with suppress(OSError, ValueError):
                handler.flush()

    def close(self) -> None:
        """Undo it all, hooks included."""
        with suppress(ValueError):
            _active.remove(self)
        for handler in self.handlers:
            logging.getLogger().removeHandler(handler)
            with suppress(OSError, ValueError):
                handler.close()
        for name, level in self.levels.items():
            logging.getLogger(name).setLevel(level)
        logging.getLogger().setLevel(logging.WARNING)
        logging.captureWarnings(capture=False)
        sys.excepthook, sys.unraisablehook = sys.__excepthook__, sys.__unraisablehook__
        threading.excepthook = threading.__excepthook__


def configure(level: int = logging.WARNING, *, file: Path | None, stream: TextIO | None) -> Logs:
    """Log to `stream` from `level` on, and to `file` from INFO or `level` on; catch what nobody caught.

    At DEBUG the stream shows tracebacks, and the libraries under NOISY speak up, redacted like all else.
    Calling it again replaces what was set up before. The file is opened with the first record; its folder is
    made. Raises nothing: a log that cannot be written does not stop the program.
    """
    is_debug = level <= logging.DEBUG
    while _active:
        _active.pop().close()
    handlers: list[logging.Handler] = []
    if stream is not None:
        handlers.append(_handler(StreamHandler(stream), level, is_brief=not is_debug))
    if file is not None:
        handlers.append(_handler(FileHandler(file, stream), min(level, logging.INFO), is_brief=False))
    root = logging.getLogger()
    root.setLevel(min((handler.level for handler in handlers), default=level))
    for handler in handlers:
        root.addHandler(handler)
    levels = {name: logging.getLogger(name).level for name in NOISY}
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.NOTSET if is_debug else logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook, sys.unraisablehook, threading.excepthook = _uncaught, _unraisable, _thread_uncaught
    _active.append(Logs(tuple(handlers), file, levels))
    return _active[-1]


_active: list[Logs] = []


def _handler(handler: logging.Handler, level: int, *, is_brief: bool) -> logging.Handler:
    handler.setLevel(level)
    handler.setFormatter(RedactingFormatter(is_brief=is_brief))
    return handler


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        file = _active[-1].file if _active else None
        where = f"The details are in {file}." if file else "Start it with debug logging to see the details."
        exc_info = (kind, error, trace)
        _log.critical(
            "Loopi stopped at an unexpected error (%s). %s", kind.__name__, where, exc_info=exc_info
        )


def _thread_uncaught(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        _report("A background task ended at an unexpected error (%s).", args.exc_value)


def _unraisable(args: "sys.UnraisableHookArgs") -> None:
    if args.exc_value is not None:
        _report("Cleaning up met an unexpected error (%s).", args.exc_value)


def _report(message: str, error: BaseException) -> None:
    _log.error(message, type(error).__name__, exc_info=error)
