"""Runs that post, under kill -9 at random moments: each post is there once, whatever a person has to answer.

A post is not looked for in the timeline here: the answer to “was it posted?” is what the server really has.
"""

import random
import subprocess
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from backend.runs.journal import Journal
from engine.events import StepFinished
from servers.command_line import Cli
from servers.oauth1 import Account
from servers.x_api import XServer
from servers.x_state import XState

GROUPS = 3
RUNS = 10  # in each group: thirty
POSTS = 4
# What a whole run prints: its start, and of each round four events and its own entry, and its end.
LINES = 2 + POSTS * 5


class Careless(XState):
    """X without its refusal of a second tweet of the same text, which would hide one."""

    def has_duplicate(self, author_id: str, text: str) -> bool:
        return False


@dataclass(slots=True)
class Killer:
    """Starts commands and ends some with SIGKILL, at moments that the seed chooses."""

    cli: Cli
    x: XServer
    chance: random.Random
    codes: Counter[int] = field(default_factory=Counter)

    def start(self, *arguments: str, may_kill: bool) -> None:
        """Let the command come to its end, or to the one chosen for it."""
        environ = self.cli.environ({"LOOPI_X_BASE_URL": self.x.url})
        lines, rest_s = self.chance.randrange(LINES), self.chance.uniform(0, 0.01)
        with subprocess.Popen(
            self.cli.command(*arguments, "--json"),
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as going:
            assert going.stdout is not None
            if may_kill:
                for _ in range(lines):
                    going.stdout.readline()
                time.sleep(rest_s)
                going.kill()
            _, said = going.communicate()
        assert b"Traceback" not in said
        self.codes[going.returncode] += 1
        # What was sent before the kill may still be carried out.
        self.x.settle()


def texts(number: int) -> list[str]:
    return [f"Run {number}, post {letter}" for letter in "abcd"]


def last(home: Path) -> Mapping[str, object]:
    """The row of the run that began last; `{"automation_id": ""}` when there is none."""
    journal = Journal(home / "runs.db")
    rows = journal.catalog.runs(limit=1)
    journal.close()
    return rows[0] if rows else {"automation_id": ""}


def is_posted(home: Path, run_id: str, x: XServer, number: int) -> bool:
    """Whether X has the first post that the run does not know to be done."""
    journal = Journal(home / "runs.db")
    facts = [each.fact for each in journal.events(run_id)]
    journal.close()
    done = sum(isinstance(fact, StepFinished) and fact.step_id == "post" for fact in facts)
    there = {tweet.text for tweet in x.state.tweets.values()}
    return done < POSTS and texts(number)[done] in there


@pytest.mark.parametrize("group", range(GROUPS))
def test_each_post_is_there_once_whenever_the_program_was_killed(tmp_path: Path, group: int) -> None:
    home = tmp_path / "home"
    cli = Cli(home)
    post = {"id": "post", "type": "twitterCreateTweet", "credentialId": "X", "text": "{{currentItem}}"}
    with XServer(state=Careless(), limit=1000) as x:
        cli.add("X", Account().fields, type_id="twitter")
        killer = Killer(cli, x, random.Random(group))
        for number in range(RUNS):
            loop = {"id": "each", "type": "forEach", "items": texts(number), "steps": [post]}
            file = cli.file(f"posting{number}", loop)
            killer.start("run", file, "--yes", may_kill=True)
            if last(home)["automation_id"] != f"posting{number}":
                killer.start("run", file, "--yes", may_kill=False)  # it had not even begun
            while (row := last(home))["outcome"] is None:
                run_id = str(row["run_id"])
                answer = "yes" if is_posted(home, run_id, x, number) else "no"
                is_killed = killer.chance.random() < 0.25
                killer.start("resume", run_id, file, "--posted", answer, may_kill=is_killed)
            assert row["outcome"] == "succeeded"
        posted = Counter(tweet.text for tweet in x.state.tweets.values())
    assert posted == {text: 1 for number in range(RUNS) for text in texts(number)}
    assert set(killer.codes) == {0, -9}
