"""Locks the dependencies of pyproject.toml with hashes: a file for each use, in build/requirements/.

    python build/generate/requirements.py [--upgrade]

Pins that still fit stay as they are; `--upgrade` (make generate UPGRADE=1) takes the newest.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = Path("build/requirements")
HEADER = "# Written by `make generate` from pyproject.toml. For every system, Python 3.11 and newer.\n"
COMPILE = (
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-header"),
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    # The lock names packages, not places: where they come from is for each machine's own settings to say.
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate"),
    # It has no wheel, and what pywebview needs of it is a decorator (backend/window/library.py).
    *("--no-emit-package", "proxy-tools"),
)


def main(arguments: list[str]) -> None:
    upgrade = [argument for argument in arguments if argument == "--upgrade"]
    program = ("pyproject.toml", "--group", "build")
    lock("run.txt", *program, *upgrade)
    # Tests run on the very versions that users run on.
    lock("dev.txt", *program, "--group", "dev", "--constraint", str(FOLDER / "run.txt"), *upgrade)
    # The extra of the wheel, on top of what is installed already.
    lock("qt.txt", "pyproject.toml", "--extra", "qt", "--constraint", str(FOLDER / "dev.txt"), *upgrade)
    # And so is what is frozen, with its engine; all are installed into one environment.
    constraints = (
        option for name in ("dev.txt", "qt.txt") for option in ("--constraint", str(FOLDER / name))
    )
    lock("package.txt", *program, "--extra", "qt", "--group", "package", *constraints, *upgrade)
    lock("node.txt", "--group", "node", *upgrade)


def lock(name: str, *options: str) -> None:
    target = FOLDER / name
    subprocess.run([*COMPILE, *options, "--output-file", str(target)], check=True, cwd=ROOT)
    written = ROOT / target
    pins = written.read_text("utf-8").removeprefix(HEADER)
    written.write_text(HEADER + pins, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
