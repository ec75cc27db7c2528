"""Runs one side of a comparison, round by round: `worker.py SIDE`.

The first line of stdin is its home as JSON. Each further line asks for one round, and is answered with what
it cost as JSON. Ends when stdin closes.
"""

import json
import resource
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[0:1] = [str(HERE.parent), str(HERE.parent.parent)]

from bench.home import Home  # noqa: E402 - beside this file
from bench.side import SIDES  # noqa: E402 - beside this file


def main(name: str) -> None:
    """Prepare the side, then run a round for each line."""
    home = Home(**json.loads(sys.stdin.readline()))
    with SIDES[name](home) as play:
        for _ in sys.stdin:
            cpu, wall = time.process_time(), time.perf_counter()
            play()
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
            print(json.dumps({"cpu_s": cpu, "wall_s": wall, "peak_mb": peak_mb()}), flush=True)


def peak_mb() -> float:
    """The most memory this process held. Linux hands down `ru_maxrss` of the parent: not used."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1]) / 1024
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / 1024 / (1024 if sys.platform == "darwin" else 1)


if __name__ == "__main__":
    main(sys.argv[1])
