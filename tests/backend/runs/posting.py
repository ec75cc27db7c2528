"""A process that posts: `posting.py FOLDER URL COUNT` resumes what was interrupted, then begins the rest.

Each run posts one tweet of its own. The process may be killed at any moment and started again.
"""

import sys
from pathlib import Path

from backend.runs.active import RunOptions
from backend.runs.clock import SystemClock
from backend.runs.journal import Journal
from backend.runs.listing import RunFilter
from backend.runs.service import RunService
from engine.ports import Credential, Settings
from runs import automation
from servers.oauth1 import Account
from servers.x_run import credential

STEPS = [
    {"id": "count", "type": "setVariable", "variableName": "text", "value": "Good morning, {{number}}"},
    {
        "id": "post",
        "type": "twitterCreateTweet",
        "credentialId": "c1",
        "text": "{{text}}",
        "storeKey": "post",
    },
    {"id": "told", "type": "setVariable", "variableName": "told", "value": "{{post.id}}"},
]


class Later(SystemClock):
    """A minute ahead: what was intended before has settled."""

    def now(self) -> float:
        return super().now() + 60


class Saved:
    def find(self, reference: str) -> Credential | None:
        return credential(Account()) if reference == "c1" else None


def service_of(journal: Journal, url: str) -> RunService:
    return RunService(lambda: journal, Saved(), settings=lambda: Settings(x_base_url=url), clock=Later())


def numbers(journal: Journal) -> set[int]:
    """Of the runs that have begun."""
    rows = journal.catalog.runs(limit=500)
    first = (next(iter(journal.events(str(row["run_id"])))).fact for row in rows)
    return {vars(fact)["variables"]["number"] for fact in first}


def main(folder: Path, url: str, count: int) -> None:
    journal = Journal(folder / "runs.db")
    service = service_of(journal, url)
    posting = automation(*STEPS, id="posting", variables={"number": 0})
    for row in journal.catalog.runs(limit=500, wanted=RunFilter(is_going=False)):
        service.resume(str(row["run_id"]), posting, {}, RunOptions()).wait()
    for number in sorted(set(range(count)) - numbers(journal)):
        service.start(posting, RunOptions({"number": number})).wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
