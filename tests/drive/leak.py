"""Looks for secrets in all that a command left behind: its files, and what it printed."""

from collections.abc import Mapping

from canary import CANARIES, traces
from servers.command_line import Cli

OVERLAPPING = {"overlap_left": "Kq7-left-shared", "overlap_right": "shared-right-9Zw"}
# A lone surrogate is no JSON text, so it cannot be saved in the first place.
SECRETS = {
    name.replace(" ", "_"): value for name, value in CANARIES.items() if name != "surrogate"
} | OVERLAPPING


def findings(loopi: Cli, secrets: Mapping[str, str]) -> list[str]:
    """Where a form of a secret stands, in a file of the command's own or in what it printed."""
    files = {str(file): file.read_bytes() for file in loopi.home.rglob("*") if file.is_file()}
    places = {**files, "what was printed": "\n".join(loopi.printed).encode()}
    return [
        f"{name} in {place}: {form!r}"
        for name, secret in secrets.items()
        for form in traces(secret)
        for place, content in places.items()
        if form in content
    ]
