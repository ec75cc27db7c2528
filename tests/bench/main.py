"""The promises that are numbers: `make bench`, or `make bench ARGS="--only engine --rounds 9"`.

docs/benchmarks.md says how to read the table.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
# In the place of this folder: one of its files might be called like a package.
sys.path[0:1] = [str(HERE.parent), str(HERE.parent.parent)]

from bench.group import GROUPS  # noqa: E402 - found by the line above
from bench.row import Row, table  # noqa: E402 - as above
from bench.scale import FULL, QUICK, Scale  # noqa: E402 - as above


def main(arguments: Sequence[str]) -> int:
    """Measure, and print one table. 0 also when something is over its bar: a busy machine is no fault."""
    chosen = _options(arguments)
    if chosen.list:
        for name, group in GROUPS.items():
            print(f"{name:<11}{group.title} (about {group.seconds} s)")
        return 0
    scale = QUICK if chosen.quick else FULL
    if chosen.rounds:
        scale = replace(scale, rounds=chosen.rounds)
    rows = _measured(chosen.only or list(GROUPS), scale)
    if chosen.json:
        for row in rows:
            print(json.dumps(row.to_json(), ensure_ascii=False))
    else:
        print(f"{table(rows)}\n\nThe least of {scale.rounds} rounds; both sides took turns in one run.")
    return 0


def _measured(names: Sequence[str], scale: Scale) -> list[Row]:
    rows: list[Row] = []
    for name in names:
        print(f"{name}: {GROUPS[name].title} …", file=sys.stderr, flush=True)
        rows += GROUPS[name].rows(scale)
    return rows


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the promises that are numbers.")
    parser.add_argument("--list", action="store_true", help="show the groups and end")
    parser.add_argument("--only", action="append", choices=list(GROUPS), help="this group; repeatable")
    parser.add_argument(
        "--rounds", type=int, metavar="N", help=f"rounds of which the best counts ({FULL.rounds})"
    )
    parser.add_argument("--quick", action="store_true", help="few rounds and steps: does it run at all?")
    parser.add_argument("--json", action="store_true", help="one row a line, for a program to read")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
