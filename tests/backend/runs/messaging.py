"""A process that sends a message: `messaging.py FOLDER URL` resumes its run when there is one, or begins it.

It says on its last line how the run ended.
"""

import sys
from pathlib import Path

from backend.runs.active import RunOptions
from backend.runs.clock import SystemClock
from backend.runs.journal import Journal
from backend.runs.service import RunService
from engine.ports import Credential, Settings
from runs import automation
from servers.oauth1 import Account
from servers.x_run import credential

SEND = {
    "id": "tell",
    "type": "twitterSendDM",
    "credentialId": "c1",
    "userId": "@friend",
    "text": "Good morning",
}


class Saved:
    def find(self, reference: str) -> Credential | None:
        return credential(Account()) if reference == "c1" else None


def main(folder: Path, url: str) -> None:
    journal = Journal(folder / "runs.db")
    settings = Settings(x_base_url=url, max_limit_wait_s=600)
    service = RunService(lambda: journal, Saved(), settings=lambda: settings, clock=SystemClock())
    sending = automation(SEND, id="sending")
    begun = journal.catalog.runs(limit=1)
    if begun:
        run = service.resume(str(begun[0]["run_id"]), sending, {}, RunOptions())
    else:
        run = service.start(sending, RunOptions())
    finished = run.wait()
    print(finished and (finished.outcome, finished.error))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
