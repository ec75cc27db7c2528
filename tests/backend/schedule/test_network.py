"""Whether this machine has a route: nothing is sent."""

import subprocess
import sys

import pytest

from servers.command_line import ROOT

ASK = "from backend.schedule.network import has_network; print(has_network())"


def test_a_machine_without_a_route_says_so() -> None:
    """In a network namespace of its own there is no route at all."""
    command = ["unshare", "--net", sys.executable, "-c", ASK]
    try:
        asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("no unshare here")
    if "Operation not permitted" in asked.stderr:
        pytest.skip("this user may not make a network namespace")
    assert asked.stdout == "False\n"
