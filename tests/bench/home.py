"""Where one side of a comparison lives: a folder with a vault of its own, and the stand-in it talks to."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent.parent / "out" / "bench"


@dataclass(frozen=True, slots=True)
class Home:
    """All that a side is told. `url` is its only server: X's steps go there too."""

    url: str
    folder: str
    key: str
    steps: int

    @property
    def environ(self) -> dict[str, str]:
        """What the program is started with."""
        return {
            "LOOPI_HOME": self.folder,
            "LOOPI_VAULT_KEY": self.key,
            "LOOPI_X_BASE_URL": self.url,
            # An installed program is compiled once, not at each start; empty is off.
            "PYTHONDONTWRITEBYTECODE": "",
        }


@contextmanager
def a_home(url: str, *, steps: int = 1) -> Iterator[Home]:
    """A new folder on the disk that users have, not in memory; it is removed at the end."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="home-", dir=OUT) as folder:
        yield Home(url, folder, secrets.token_hex(32), steps)
