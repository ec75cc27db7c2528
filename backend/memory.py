"""Keeps this process's memory to itself: no core dump, no debugger of the same user."""

import sys

_PR_SET_DUMPABLE = 4


def keep_private() -> None:
    """Ask the system not to write this memory to a file and not to show it to other processes of the user.

    Where the system has no such request, nothing happens: it is a second line of defence. Python cannot wipe
    what it has freed (docs/threat-model.md).
    """
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        # prctl(2): the process can neither be dumped nor attached to with ptrace by its own user.
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
