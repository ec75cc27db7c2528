"""What the file of an automation is called, whatever its id is. Pure."""

import hashlib
import re

_PLAIN_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
# Windows opens a device for these, whatever the folder and the ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")


def file_name(automation_id: str) -> str:
    """A name that every file system takes: the id itself when it is plain, else a digest of it."""
    if _PLAIN_ID.fullmatch(automation_id) and not _DEVICES.fullmatch(automation_id):
        return f"{automation_id}.json"
    # A plain id has no tilde, so the two kinds never meet.
    return f"~{hashlib.sha256(automation_id.encode()).hexdigest()[:32]}.json"
