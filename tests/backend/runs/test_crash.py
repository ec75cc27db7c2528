"""Runs that post, under kill -9 at the worst moments: afterwards each post is there exactly once."""

import os
import random
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from backend.runs.journal import Journal
from servers.command_line import ROOT
from servers.loopback import Reply, Seen
from servers.x_api import XServer
from servers.x_state import XState

RUNS = 30
SCRIPT = Path(__file__).with_name("posting.py")


class Careless(XState):
    """X without its refusal of a second tweet of the same text, which would hide one."""

    def has_duplicate(self, author_id: str, text: str) -> bool:
        return False


@dataclass(slots=True)
class Killing(XServer):
    """Kills its visitor at some posts: before they are carried out, or after, or instead."""

    chance: random.Random = field(default_factory=lambda: random.Random(7))
    visitor: subprocess.Popen[bytes] | None = None
    kills: Counter[str] = field(default_factory=Counter)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def handle(self, seen: Seen) -> Reply:
        with self.turn:
            moment = self.moment(seen)
            if moment == "before":
                self.kill(moment)
            if moment == "instead":
                self.kill(moment)
                return Reply(is_dropped=True)
            reply = super(Killing, self).handle(seen)
            if moment == "after":
                self.kill(moment)
            return reply

    def moment(self, seen: Seen) -> str:
        if seen.method != "POST" or self.chance.random() > 0.4:
            return "never"
        return self.chance.choice(["before", "after", "instead"])

    def kill(self, moment: str) -> None:
        assert self.visitor is not None
        if self.visitor.poll() is None:
            self.visitor.kill()
            self.visitor.wait()
            self.kills[moment] += 1


def test_each_of_thirty_posts_is_there_once_whatever_was_killed(tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    with Killing(state=Careless()) as x:
        command = [sys.executable, str(SCRIPT), str(tmp_path), x.url, str(RUNS)]
        code: int | None = None
        while code != 0:
            with x.turn:
                x.visitor = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE)
            _, said = x.visitor.communicate(timeout=120)
            code = x.visitor.returncode
            assert code in {0, -9}, said.decode()
        posted = Counter(tweet.text for tweet in x.state.tweets.values())
    assert posted == {f"Good morning, {number}": 1 for number in range(RUNS)}
    assert set(x.kills) == {"before", "after", "instead"}
    rows = Journal(tmp_path / "runs.db").catalog.runs(limit=500)
    assert Counter(row["outcome"] for row in rows) == {"succeeded": RUNS}
