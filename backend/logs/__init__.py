"""Logging from which no record leaves with a secret in it. Must not know where secrets come from.

Redaction happens on the handlers, after formatting: what other libraries log, and tracebacks, pass it too.
A record that cannot be formatted or redacted is replaced by a fixed line, never passed on.
"""

from backend.logs.redaction import LOG_REDACTOR, LogRedactor
from backend.logs.setup import Logs, configure

__all__ = ["LOG_REDACTOR", "LogRedactor", "Logs", "configure"]
