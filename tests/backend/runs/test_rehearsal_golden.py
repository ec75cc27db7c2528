"""Golden dry runs: what each kind of step says that it would do, to the letter, while nothing is sent.

A file holds one automation and the events of its dry run. BULLETS stand where secrets are, as everywhere.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from backend.runs.active import RunOptions
from backend.runs.journal import Journal
from backend.runs.rehearsals import Rehearsals
from backend.runs.service import RunService
from drive.run import BOOK, STEP_SCHEMAS
from engine.parse.document import parse
from engine.ports import Credential, Settings, Signing
from engine.secrets import Secret
from servers.clock import WaitedClock
from servers.oauth1 import Account
from servers.x_run import credential

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))
KEY = "key-of-the-dry-run"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
# More than one part of it is sent.
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 5_000_000
# Nobody listens there, and nobody is asked.
NOWHERE = "http://127.0.0.1:9"
# what no two machines or moments share
VOLATILE = ("at", "run_id", "content_hash", "of_run")
PASSING = {
    re.compile(r"boundary=(loopi-)?[0-9a-f]+"): "boundary=B",
    re.compile(r"oauth_[a-z_]+=[^,]+(, )?"): "",
}


class Known:
    """The two credentials there are: Key for API calls, X for X."""

    def find(self, reference: str) -> Credential | None:
        bearer = Signing("header", "Authorization", "Bearer {{credentials.apiKey}}")
        fields: dict[str, Secret | str] = {"apiKey": Secret(KEY), "apiUrl": "https://api.example.com/"}
        key = Credential("c1", "Key", "apiKey", fields, bearer, ("api.example.com",))
        return {"Key": key, "X": credential(Account())}.get(reference)


def events_of(document: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    """What a dry run of the automation tells, without what differs from run to run."""
    (folder / "chart.png").write_bytes(PNG)
    (folder / "clip.mp4").write_bytes(MP4)
    journal = Journal(folder / "runs.db")
    settings = Settings(x_base_url=NOWHERE, files_folder=str(folder))
    runs = RunService(lambda: journal, Known(), settings=lambda: settings, clock=WaitedClock())
    run = Rehearsals(runs, lambda: journal).dry(parse(document, book=BOOK), RunOptions())
    run.wait(30)
    told = "\n".join(journal.lines(run.run_id))
    journal.close()
    for secret in (KEY, *(str(one) for one in credential(Account()).secrets())):
        assert secret not in told
    for passing, standing in PASSING.items():
        told = passing.sub(standing, told)
    events = [json.loads(line) for line in told.split("\n")]
    return [{key: value for key, value in each.items() if key not in VOLATILE} for each in events]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_dry_run_tells_what_it_would_send(path: Path, tmp_path: Path) -> None:
    golden = json.loads(path.read_text("utf-8"))
    assert events_of(golden["automation"], tmp_path) == golden["events"]


def test_there_is_one_for_each_step_that_sends_something() -> None:
    sending = {kind for kind in STEP_SCHEMAS if kind.startswith("twitter") or kind == "apiCall"}
    shown = {
        step["type"] for path in GOLDEN for step in json.loads(path.read_text("utf-8"))["automation"]["steps"]
    }
    assert sending <= shown
