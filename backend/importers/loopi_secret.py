"""Keys in plain text in the API calls of the Electron app: each host gets a credential of them. Pure."""

import re
from dataclasses import dataclass, field

from backend.importers.curl_body import FORM, JSON, typed_body
from backend.importers.imported import NewCredential
from backend.importers.secret_finder import SecretFinder, allowed_host
from engine.errors import LoopiError
from engine.http.url import parse_url
from engine.model import Json

_HOST = re.compile(r"https?://[^/?#{}\s]+", re.IGNORECASE)
_KINDS = {"json": JSON, "form": FORM}


@dataclass(slots=True)
class StepSecrets:
    """Takes the secrets out of steps, one credential for each host. `notes` name what is left to do."""

    notes: list[str] = field(default_factory=list)
    _finders: dict[str, SecretFinder] = field(default_factory=dict)

    def take(self, step: dict[str, Json]) -> None:
        """Put references where the step holds secrets. A value with a placeholder in it stays."""
        host = _host(str(step.get("url")))
        finder = SecretFinder()
        if host is not None and not step.get("credentialId"):
            finder = self._finders.setdefault(host, finder)
        changed = _changed(step, finder)
        if changed == {name: step.get(name) for name in changed}:
            return
        if host is None or step.get("credentialId"):
            self.notes.append(
                f"The step “{step.get('description') or step['id']}” holds what looks like a key, in plain "
                "text. Move it into a credential, and make a new key at the service."
            )
            return
        step.update(changed)
        if changed["body"] is None:
            del step["body"]
        if isinstance(changed["body"], dict):
            step.pop("contentType", None)
        step["credentialId"] = _name(host)

    def credentials(self) -> tuple[NewCredential, ...]:
        """What was found, allowed for the host whose steps held it."""
        made = (finder.credential(_name(host), (host,)) for host, finder in self._finders.items())
        return tuple(each for each in made if each is not None)


def _changed(step: dict[str, Json], finder: SecretFinder) -> dict[str, Json]:
    headers = step.get("headers")
    changed: dict[str, Json] = {"url": _address(str(step.get("url")), finder), "body": step.get("body")}
    if isinstance(headers, dict):
        changed["headers"] = {
            name: finder.header(name, value) if isinstance(value, str) and _is_plain(value) else value
            for name, value in headers.items()
        }
    body, kind = step.get("body"), _KINDS.get(str(step.get("contentType")))
    if isinstance(body, str) and kind and _is_plain(body):
        before = len(finder.fields)
        typed, _ = typed_body(body, kind, finder)
        changed["body"] = typed if len(finder.fields) > before else body
    return changed


def _address(url: str, finder: SecretFinder) -> str:
    path, mark, query = url.partition("?")
    pairs = [
        finder.pair(pair, is_encoded_again=True) if _is_plain(pair) else pair for pair in query.split("&")
    ]
    return path + mark + "&".join(pairs)


def _is_plain(value: str) -> bool:
    return "{{" not in value


def _host(url: str) -> str | None:
    """The allowed host of an address that is written out, as credentials have it."""
    if not (found := _HOST.match(url)):
        return None
    try:
        return allowed_host(parse_url(found[0]))
    except LoopiError:
        return None


def _name(host: str) -> str:
    return host.rpartition("//")[2]
