"""The command `loopi run` from start to end, against newman and Bruno's command line on the same requests."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import npm_peer
from bench.automation import many_steps
from bench.child import Sample, commands, server
from bench.home import Home, a_home
from bench.row import Row
from bench.scale import Scale
from bench.start_up import LOOPI, save_credentials

Command = tuple[Sequence[str], Mapping[str, str]]


def rows(scale: Scale) -> list[Row]:
    """CPU in ms of a run with one request, with many, and of one request net of the start."""
    reason = npm_peer.missing()
    peers = () if reason else tuple(npm_peer.PACKAGES)
    with server("weather") as url, a_home(url) as home:
        found = commands(_each(home, (1, scale.requests), peers), scale.rounds)
    counts = (1, scale.requests)
    return [
        row
        for peer in npm_peer.PACKAGES
        for row in (
            *(_whole(found, peer, count, reason) for count in counts),
            _net(found, peer, scale.requests, reason),
        )
    ]


def _each(home: Home, counts: Sequence[int], peers: Sequence[str]) -> dict[str, Command]:
    save_credentials(home)
    each: dict[str, Command] = {}
    for count in counts:
        file = Path(home.folder, f"{count}.json")
        file.write_text(json.dumps(many_steps(count)), "utf-8")
        each[f"loopi {count}"] = ([*LOOPI, "run", str(file)], home.environ)
        for peer in peers:
            folder = file.with_name(f"{peer}-{count}")
            each[f"{peer} {count}"] = (npm_peer.command(peer, folder, home.url, count), npm_peer.ENVIRON)
    return each


def _whole(found: Mapping[str, Sample], peer: str, count: int, reason: str) -> Row:
    ours, theirs = found[f"loopi {count}"].cpu_s, found.get(f"{peer} {count}")
    steps = "1 step" if count == 1 else f"{count} steps"
    peer_ms = theirs.cpu_s * 1000 if theirs else None
    return Row(f"loopi run, {steps}: CPU", "ms", ours * 1000, peer_ms, peer, note=reason)


def _net(found: Mapping[str, Sample], peer: str, count: int, reason: str) -> Row:
    def one(tool: str) -> float:
        return (found[f"{tool} {count}"].cpu_s - found[f"{tool} 1"].cpu_s) / (count - 1) * 1000

    what = "loopi run: CPU a step, net of the start"
    return Row(what, "ms", one("loopi"), None if reason else one(peer), peer, note=reason)
