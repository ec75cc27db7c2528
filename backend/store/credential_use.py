"""When each credential was last used and what came of it: `<userData>/credential-use.db`. Holds no secret.

Kept outside the vault, which no run shall have to save. Several processes write it at once. It is a help and
no record: where it cannot be read or written, nothing fails but the memory of it.
"""

import logging
import sqlite3
import threading
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from backend.store.database import open_private

UseOutcome: TypeAlias = Literal["works", "refused", "expired"]

MAX_TEXT = 500
_log = logging.getLogger(__name__)
_TABLE = """
CREATE TABLE IF NOT EXISTS uses (
  credential_id TEXT PRIMARY KEY, used_at REAL, outcome TEXT, taken_at REAL, message TEXT, hint TEXT)
WITHOUT ROWID;
"""
# What comes from an older reading of the credential says nothing about the present one.
_UPSERT = """
INSERT INTO uses VALUES (:id, :used_at, :outcome, :taken_at, :message, :hint)
ON CONFLICT (credential_id) DO UPDATE SET
  used_at = max(used_at, excluded.used_at),
  message = CASE WHEN excluded.outcome IS NULL OR excluded.taken_at < taken_at THEN message
                 ELSE excluded.message END,
  hint = CASE WHEN excluded.outcome IS NULL OR excluded.taken_at < taken_at THEN hint ELSE excluded.hint END,
  outcome = CASE WHEN excluded.outcome IS NULL OR excluded.taken_at < taken_at THEN outcome
                 ELSE excluded.outcome END,
  taken_at = CASE WHEN excluded.outcome IS NULL OR excluded.taken_at < taken_at THEN taken_at
                  ELSE excluded.taken_at END
"""


@dataclass(frozen=True, slots=True)
class Use:
    """The credential was sent at `used_at`; `outcome` is None when the answer says nothing about it.

    Times are Unix seconds. `taken_at`: when it was read from the vault, so that what is known of an older
    state of it can be told apart. `message` and `hint` are redacted by whoever tells.
    """

    used_at: float
    outcome: UseOutcome | None = None
    taken_at: float = 0.0
    message: str = ""
    hint: str = ""


class UseLog:
    """One file for all credentials of this user. Thread-safe."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()

    def record(self, credential_id: str, use: Use) -> None:
        """Remember one use. What is older than what is known already changes nothing."""
        values = {
            "id": credential_id,
            "used_at": use.used_at,
            "outcome": use.outcome,
            "taken_at": use.taken_at,
            "message": use.message[:MAX_TEXT],
            "hint": use.hint[:MAX_TEXT],
        }
        self._ask(_UPSERT, values)

    def all(self) -> dict[str, Use]:
        """What is known, by credential id."""
        return {str(row[0]): Use(*row[1:]) for row in self._ask("SELECT * FROM uses")}

    def forget(self, credential_ids: Collection[str]) -> None:
        """Their credentials are gone for good."""
        for each in credential_ids:
            self._ask("DELETE FROM uses WHERE credential_id = :id", {"id": each})

    def _ask(self, statement: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """Opened for each statement: rare enough, and nothing is held while the vault is locked."""
        try:
            with self._lock, closing(open_private(self._file, timeout_s=5)) as database:
                database.execute(_TABLE)
                return database.execute(statement, values or {}).fetchall()
        except (OSError, sqlite3.Error) as error:
            _log.warning("The last use of credentials cannot be kept: %s", error)
            return []
