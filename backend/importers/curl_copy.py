"""A step's request as a curl command for a POSIX shell. Secrets are names such as $API_KEY. Pure.

Everything else stands in single quotes, so that nothing in a step is run by the shell it is pasted into.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from backend.credentials.types import CredentialType
from backend.importers.literal import BRACES
from backend.importers.shell_quote import quoted
from engine.http.url import append_query
from engine.model import Json
from engine.steps.api_body import scalar_text, written_body

_CREDENTIAL = re.compile(r"\{\{\s*credentials\.([A-Za-z_][A-Za-z0-9_]*)[^{}]*\}\}")
_PLACEHOLDER = re.compile(r"(\{\{(?:[^{}]|\{\{)*\}\})")
_MIME = re.compile(r"[\w.+-]+/[\w.+-]+(; ?charset=[\w-]+)?")
_IN_QUOTES = str.maketrans({"\\": "\\\\", '"': '\\"'})
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Copied:
    """The command, and what it cannot say."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Command:
    """`shown` are the fields of the credential that are no secrets."""

    shown: Mapping[str, str]
    words: list[str] = field(default_factory=lambda: ["curl"])
    notes: list[str] = field(default_factory=list)

    def add(self, option: str, template: str) -> None:
        self.words.append(f"{option} {self.quoted(template)}".strip())

    def quoted(self, template: str, *, is_url: bool = False) -> str:
        """One word of the shell. A field of the credential is its value if it may be shown, else its name."""
        pieces, literal, place = [], "", 0
        for found in _CREDENTIAL.finditer(template):
            literal += _plain(template[place : found.start()])
            place = found.end()
            value = self.shown.get(found[1])
            if value is None:
                pieces += [quoted(literal), f'"${variable(found[1])}"']
                if is_url:
                    self.notes.append(
                        f"{variable(found[1])} stands in the address: write it percent-encoded."
                    )
            elif is_url and found.start():
                value = quote(value, safe="")
            literal = "" if value is None else literal + value
        pieces.append(quoted(literal + _plain(template[place:])))
        return "".join(pieces) or "''"


def copy_as_curl(step: Mapping[str, Json], kind: CredentialType | None, shown: Mapping[str, str]) -> Copied:
    """The command of an `apiCall`. `kind` is the type of its credential, `shown` what may be shown of it."""
    command = _Command(shown)
    method = str(step.get("method") or "GET").upper()
    body = list(_body(step))
    if method != ("POST" if body else "GET"):
        command.add("-I" if method == "HEAD" else "-X", "" if method == "HEAD" else method)
        command.words[-1] = command.words[-1].removesuffix(" ''")
    # A name that begins with @ is none, and would make curl read headers from a file.
    headers = {
        name: value for name, value in _mapping(step.get("headers")).items() if not name.startswith("@")
    }
    url = _address(step)
    placed = {found[1] for found in _CREDENTIAL.finditer(f"{url} {headers} {step.get('body')}")}
    if kind is not None and placed <= shown.keys():
        url = _sign(command, kind, url)
    for name, value in headers.items():
        for each in value if isinstance(value, list) else [value]:
            command.add("-H", f"{name}: {scalar_text(each, name)}")
    for option, values in body:
        for value in values:
            command.add(option, value)
    if step.get("followRedirects") is not False:
        command.words.append("-L")
    _note_templates(command, step)
    lines = [*command.words, f"--url {command.quoted(url, is_url=True)}"]
    lines.insert(1, "-g")
    return Copied(" \\\n  ".join([" ".join(lines[:2]), *lines[2:]]), tuple(command.notes))


def variable(key: str) -> str:
    """The name of a shell variable for a field: `apiKey` becomes `API_KEY`."""
    return _HUMP.sub("_", key).upper()


def _address(step: Mapping[str, Json]) -> str:
    """The URL with its query. Placeholders stay as they are written: they are not known here."""
    pairs = []
    for name, value in _mapping(step.get("query")).items():
        pairs += [
            f"{_encoded(name)}={_encoded(scalar_text(each, name))}"
            for each in (value if isinstance(value, list) else [value])
        ]
    # An @ at the start would make curl read addresses from a file. No address begins so.
    url = str(step.get("url", "")).strip().lstrip("@")
    return append_query(_spaced(url), "&".join(pairs))


def _encoded(template: str) -> str:
    """Percent-encoded for a query but for its placeholders."""
    return _around_placeholders(template, lambda text: quote(text, safe=""))


def _spaced(template: str) -> str:
    return _around_placeholders(template, lambda text: text.replace(" ", "%20"))


def _around_placeholders(template: str, change: Callable[[str], str]) -> str:
    pieces = _PLACEHOLDER.split(template)
    return "".join(piece if place % 2 else change(piece) for place, piece in enumerate(pieces))


def _plain(template: str) -> str:
    """Without what keeps two braces from being a placeholder, which only a template needs."""
    return template.replace(BRACES, "{{")


def _sign(command: _Command, kind: CredentialType, url: str) -> str:
    """Put what the type does by itself into the command; the address may get a parameter."""
    signing = kind.signing
    keys = {role: f"{{{{credentials.{key}}}}}" for role, key in signing.fields.items()}
    match signing.kind:
        case "header":
            command.add("-H", f"{signing.name}: {signing.value}")
        case "query":
            return append_query(url, f"{signing.name}={signing.value}")
        case "bearer":
            command.add("-H", f"Authorization: Bearer {keys['token']}")
        case "basic" | "digest":
            command.add(
                "--digest -u" if signing.kind == "digest" else "-u", f"{keys['username']}:{keys['password']}"
            )
        case "aws4":
            command.add("--aws-sigv4", f"aws:amz:{keys['region']}:{keys['service']}")
            command.add("-u", f"{keys['accessKeyId']}:{keys['secretAccessKey']}")
        case "certificate":
            command.words.append("--cert certificate.pem --key key.pem")
            command.notes.append("Certificate and key are files for curl: certificate.pem and key.pem.")
        case "oauth1":
            command.notes.append("curl cannot sign with OAuth 1.0a: the command is sent without it.")
        case "oauth2":
            command.add("-H", "Authorization: Bearer {{credentials.accessToken}}")
            command.notes.append("ACCESS_TOKEN is a token that you fetch at the service's token URL.")
        case "none":
            pass
    return url


def _body(step: Mapping[str, Json]) -> Iterator[tuple[str, list[str]]]:
    body = step.get("body")
    if isinstance(body, Mapping) and "file" in body:
        yield from _kind(step, "application/octet-stream")
        yield "--data-binary", [f"@{_file(body['file'])}"]
    elif isinstance(body, Mapping) and "multipart" in body:
        for each in map(_mapping, _list(body["multipart"])):
            # A value that begins with @ must not make curl read a file.
            yield ("-F" if "file" in each else "--form-string"), [_part(each)]
    elif isinstance(body, Mapping) and "form" in body:
        yield (
            "--data-urlencode",
            [
                f"{name}={scalar_text(each, name)}"
                for name, value in _mapping(body["form"]).items()
                for each in (value if isinstance(value, list) else [value])
            ],
        )
    elif (written := written_body(body, step.get("contentType"))) is not None:
        yield from _kind(step, written[1])
        yield "--data-raw", [written[0]]


def _kind(step: Mapping[str, Json], kind: str | None) -> Iterator[tuple[str, list[str]]]:
    if kind and not any(name.lower() == "content-type" for name in _mapping(step.get("headers"))):
        yield "-H", [f"Content-Type: {kind}"]


def _part(given: Mapping[str, Json]) -> str:
    if "file" not in given:
        return f"{given.get('name')}={scalar_text(given.get('value', ''), 'value')}"
    # curl takes the quotes of a type as its own, and guesses where there is none.
    written = str(given.get("contentType") or "application/octet-stream")
    kind = f";type={written if _MIME.fullmatch(written) else _in_part(written)}"
    name = f";filename={_in_part(given['fileName'])}" if given.get("fileName") else ""
    # What follows the first = may name a file: a part's own name has none.
    return f"{str(given.get('name')).replace('=', '%3D')}=@{_in_part(_file(given['file']))}{kind}{name}"


def _file(name: Json) -> str:
    """A name in the folder of files, where the step would find it: never one from elsewhere."""
    parts = [
        part for part in re.split(r"[/\\]", str(name)) if part.strip(". ") and not part.startswith(("~", "."))
    ]
    return "/".join(parts) or "file"


def _in_part(value: Json) -> str:
    """A word of -F. In quotes where a sign would end it, and begin another file, or a header."""
    text = " ".join(str(value).split())
    return f'"{text.translate(_IN_QUOTES)}"' if set(text) & set(',;"\\') else text


def _note_templates(command: _Command, step: Mapping[str, Json]) -> None:
    fields = f"{step.get('url')} {step.get('query')} {step.get('headers')} {step.get('body')}"
    rest = _CREDENTIAL.sub("", fields).replace(BRACES, "")
    if "{{" in rest:
        command.notes.append("Placeholders {{…}} stand as they are: put values there.")
    for name in ("pagination", "saveResponseTo", "idempotencyKey"):
        if step.get(name):
            command.notes.append(f"The command does not do what {name} says.")


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
