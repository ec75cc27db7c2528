"""The command `loopi`. Starts quickly: everything heavy is imported by the command that needs it."""

import sys


def main() -> int:
    """Run the command line and return its exit code (backend/cli/exits.py)."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        return _tell_version()
    try:
        from backend.cli.program import run
    except KeyboardInterrupt:
        return 130
    return run(sys.argv[1:] or ["--help"])


def _tell_version() -> int:
    from backend import __version__

    try:
        sys.stdout.write(f"loopi {__version__}\n")
        sys.stdout.flush()
    except OSError:
        from backend.cli.output import silence

        silence(sys.stdout)
    return 0
