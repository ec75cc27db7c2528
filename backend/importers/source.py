"""From which programs one can import, by name: an explicit table. Knows texts, not files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backend.importers.imported import Imported

Read = Callable[[str, str | None], Imported]
"""Takes the text, and the password that the program had for it, if any."""


@dataclass(frozen=True, slots=True)
class Source:
    """`what` is said of it in a list; `read` raises ImportFailed."""

    title: str
    what: str
    read: Read


def _curl(text: str, _password: str | None) -> Imported:
    from backend.importers.curl import import_curl

    return import_curl(text)


def _loopi(text: str, password: str | None) -> Imported:
    from backend.importers.loopi import import_loopi
    from backend.importers.loopi_vault import ADVICE, is_loopi_vault, read_loopi_vault

    if is_loopi_vault(text):
        found = read_loopi_vault(text, password)
        empty = [
            f"The credential “{each.name}” was left out: it is empty." for each in found if not each.fields
        ]
        return Imported((), found, (ADVICE, *empty))
    return import_loopi(text)


def _dotenv(text: str, _password: str | None) -> Imported:
    from backend.importers.dotenv import import_dotenv

    return import_dotenv(text)


def _postman(text: str, _password: str | None) -> Imported:
    from backend.importers.postman import import_postman

    return import_postman(text)


def _n8n(text: str, _password: str | None) -> Imported:
    from backend.importers.n8n import import_n8n

    return import_n8n(text)


def _bruno(text: str, _password: str | None) -> Imported:
    from backend.importers.bruno import import_bruno

    return import_bruno(text)


SOURCES: Mapping[str, Source] = {
    "curl": Source("cURL", "a curl command", _curl),
    "loopi": Source("Loopi (Electron)", "an automation, credentials.json, or the folder of both", _loopi),
    "dotenv": Source(".env", "a .env file", _dotenv),
    "postman": Source("Postman", "an environment", _postman),
    "n8n": Source("n8n", "credentials that were exported with --decrypted", _n8n),
    "bruno": Source("Bruno", "an environment (.bru)", _bruno),
}
