"""What the user set for all runs: `<userData>/settings.json`. Holds no secret."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from backend.store.atomic import write_file
from backend.store.errors import StoreError, unreadable
from engine import ports
from engine.model import Json

OVERRIDE = "LOOPI_X_BASE_URL"
_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Retention:
    """Which runs the history keeps: none that began longer ago, and the newest of a number."""

    history_days: int = 90
    history_runs: int = 10_000


@dataclass(frozen=True, slots=True)
class StoredSettings:
    """The file's values. `unknown` keeps the keys of other versions, so that saving does not lose them."""

    values: ports.Settings = field(default_factory=ports.Settings)
    retention: Retention = field(default_factory=Retention)
    unknown: Mapping[str, Json] = field(default_factory=dict)

    def for_engine(self, environ: Mapping[str, str]) -> ports.Settings:
        """The engine's settings; `LOOPI_X_BASE_URL` wins over the file. Raises `settings.invalid`."""
        base_url = environ.get(OVERRIDE) or self.values.x_base_url
        if problem := _url(base_url):
            raise _invalid(f"{OVERRIDE} {problem}")
        return replace(self.values, x_base_url=base_url.rstrip("/"))

    def to_json(self) -> dict[str, Json]:
        """The file's document: `{"xBaseUrl", "requestTimeoutSeconds", …}` and what is unknown here."""
        values = asdict(self.values) | asdict(self.retention)
        return {**{key: values[name] for key, (name, _) in _KEYS.items()}, **self.unknown}


def load_settings(path: Path) -> StoredSettings:
    """The settings in the file, or the defaults. Raises StoreError `settings.invalid` with every problem."""
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES)
    except FileNotFoundError:
        return StoredSettings()
    except OSError as error:
        raise unreadable(path, error) from error
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _invalid(f"{path} is not JSON text.") from error
    if not isinstance(document, dict):
        raise _invalid(f"{path} holds no JSON object.")
    return _from_json(document, path=path)


def save_settings(path: Path, settings: StoredSettings) -> None:
    """Write all values, known and unknown. Raises StoreError `settings.invalid`, `store.unwritable`."""
    document = settings.to_json()
    _from_json(document, path=path)
    write_file(path, (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode())


def _from_json(document: Mapping[str, Json], *, path: Path) -> StoredSettings:
    known = {key: value for key, value in document.items() if key in _KEYS}
    problems = [f"{key} {problem}" for key, value in known.items() if (problem := _KEYS[key][1](value))]
    if problems:
        raise _invalid(f"{path} has values that cannot be used: " + " ".join(problems))
    values = {_KEYS[key][0]: value for key, value in known.items()}
    unknown = {key: value for key, value in document.items() if key not in _KEYS}
    kept = {name: values.pop(name) for name in asdict(Retention()) if name in values}
    return StoredSettings(ports.Settings(**values), Retention(**kept), unknown)  # type: ignore[arg-type]  # checked above


def _url(value: object) -> str:
    """Why this is no base URL, or an empty text."""
    if not isinstance(value, str):
        return "must be text."
    try:
        parts = urlsplit(value)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return "is not a URL."
    if parts.scheme not in {"http", "https"} or not has_host:
        return "must start with https:// and name a host."
    if parts.username is not None or parts.password is not None:
        return "must not hold a name or a password: this file is not encrypted."
    if parts.query or parts.fragment:
        return "must end before any ? or #."
    return ""


def _optional_url(value: object) -> str:
    return "" if value is None else _url(value)


def _seconds(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 86_400:
        return ""
    return "must be a number above 0, at most 86400."


def _whole(lowest: int, highest: int) -> Callable[[object], str]:
    def problem(value: object) -> str:
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
            return ""
        return f"must be a whole number from {lowest} to {highest}."

    return problem


def _whole_path(value: object) -> str:
    if value == "" or (isinstance(value, str) and Path(value).is_absolute()):
        return ""
    return "must be an absolute path."


def _flag(value: object) -> str:
    return "" if isinstance(value, bool) else "must be true or false."


# The file's key: the engine's name for it, and why a value cannot be used (empty when it can).
_KEYS: Mapping[str, tuple[str, Callable[[object], str]]] = {
    "xBaseUrl": ("x_base_url", _url),
    "requestTimeoutSeconds": ("request_timeout_s", _seconds),
    "maxResponseBytes": ("max_response_bytes", _whole(1024, 1024**3)),
    "maxRedirects": ("max_redirects", _whole(0, 50)),
    "maxLimitWaitSeconds": ("max_limit_wait_s", _whole(0, 86_400)),
    "proxyUrl": ("proxy_url", _optional_url),
    "allowLinkLocal": ("may_reach_link_local", _flag),
    "caFile": ("ca_file", _whole_path),
    "filesFolder": ("files_folder", _whole_path),
    "historyDays": ("history_days", _whole(1, 36_500)),
    "historyRuns": ("history_runs", _whole(1, 1_000_000)),
}


def _invalid(message: str) -> StoreError:
    return StoreError(
        "settings.invalid",
        message,
        hint="Correct the value, or delete the file to go back to the defaults.",
    )
