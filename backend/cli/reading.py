"""From what was typed (a file, `-`, a name or an id) to a document and an automation."""

from pathlib import Path

from backend.cli.session import Session
from engine.model import Automation, Json


def load(session: Session, reference: str) -> Automation:
    """The automation in a file, or the saved one of this name or id. Raises as reading and parsing do."""
    document = read_file(session, reference) if is_file(reference) else session.app.automations.get(reference)
    return session.app.parse(document)


def is_file(reference: str) -> bool:
    """Whether a file is meant. What looks like a path is one, so that a typing error is told as such."""
    return reference == "-" or reference.endswith(".json") or "/" in reference or Path(reference).is_file()


def read_file(session: Session, reference: str) -> dict[str, Json]:
    """The JSON object in a file, or on standard input for `-`."""
    from backend.store.automations import as_document, read_document

    if reference == "-":
        return as_document(session.read_stdin(), name="Standard input")
    return read_document(Path(reference))
