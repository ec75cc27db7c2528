"""The groups of the bench, by name: what `--only` takes and `--list` shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench import (
    api_steps,
    door,
    flow,
    page,
    redaction,
    start_up,
    stopping,
    twitter_steps,
    vault_file,
    whole_run,
    window,
)
from bench.row import Row
from bench.scale import Scale


@dataclass(frozen=True, slots=True)
class Group:
    """Measurements that belong together. `seconds` is about what they take in full."""

    title: str
    seconds: int
    rows: Callable[[Scale], list[Row]]


def _redaction(_scale: Scale) -> list[Row]:
    found = redaction.rows()
    peers = [("re" if each["peer"] else "") for each in found]
    return [
        Row(each["what"].split(", peer")[0], each["unit"], each["ours"], each["peer"], peer, is_speed=True)
        for each, peer in zip(found, peers, strict=True)
    ]


GROUPS: Mapping[str, Group] = {
    "engine": Group("1,000 API calls in a run, against httpx", 40, api_steps.rows),
    "flow": Group("100,000 rounds and 10,000 steps without a request", 30, flow.rows),
    "twitter": Group("1,000 look-ups on X in a run, against tweepy", 60, twitter_steps.rows),
    "tools": Group("whole runs, against newman and Bruno's command line", 70, whole_run.rows),
    "start": Group("commands that do little, against Python", 15, start_up.rows),
    "stop": Group("from Stop to the end of a run", 5, stopping.rows),
    "door": Group("a call of the page's, against waitress alone", 15, door.rows),
    "page": Group("the page in a browser: start, memory, size, long lists", 60, page.rows),
    "window": Group("the window: start and memory, against a window with one line", 180, window.rows),
    "vault": Group("the vault at 10, 1,000 and 10,000 credentials", 15, vault_file.rows),
    "redaction": Group("taking secrets out of a text", 10, _redaction),
}
