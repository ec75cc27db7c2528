"""What the self-test checks, in this order: each needs what the one before has left."""

import json
import sqlite3
from collections.abc import Mapping
from importlib.metadata import entry_points

from backend import resources
from backend.selftest import door, window
from backend.selftest.stand_in import USER, WEATHER
from backend.selftest.trial import CREDENTIAL, X_CREDENTIAL, Check, Trial, last_word, require
from engine.secrets import Secret

_X_KEYS = ("apiKey", "apiSecret", "accessToken", "accessSecret")


def files(trial: Trial) -> str:
    """The page, every schema and the examples came along."""
    app = trial.open()
    page = [file for file in resources.web().rglob("*") if file.is_file()]
    examples = list(resources.examples().glob("*.json"))
    require(examples, "there is no example")
    app.parse(json.loads(examples[0].read_text("utf-8")))
    require(app.types.types, "there is no type of credentials")
    return (
        f"a page of {len(page)} files, {len(app.types.types)} types of credentials, {len(examples)} examples"
    )


def libraries(_trial: Trial) -> str:
    """What is imported late, and what is found by a name at run time."""
    from rich.table import Table

    from engine.http.tls import system_tls

    system_tls()
    Table("rich")
    keychains = [each.load() for each in entry_points(group="keyring.backends")]
    require(keychains, "keyring knows no keychain")
    sqlite = sqlite3.sqlite_version
    return f"{len(keychains)} kinds of keychains, the certificates of this system, SQLite {sqlite}"


def vault(trial: Trial) -> str:
    """A credential is saved, and read by a program that was started anew."""
    credentials = trial.open().credentials
    credentials.add("apiKey", CREDENTIAL, {"apiKey": trial.secret, "apiUrl": f"{trial.stand_in.url}/"})
    credentials.add("twitter", X_CREDENTIAL, dict.fromkeys(_X_KEYS, trial.secret))
    found = trial.open().credentials.get(CREDENTIAL)
    require(found.fields["apiKey"] == Secret(trial.secret), "the credential came back changed")
    _require_hidden(trial)
    return "a credential was saved and read again; no file shows its secret"


def run(trial: Trial) -> str:
    """`loopi run` of an automation with credentials, one of them for X, against a service in this process."""
    weather = {
        "id": "weather",
        "type": "apiCall",
        "credentialId": CREDENTIAL,
        "method": "GET",
        "url": "{{credentials.apiUrl}}weather?q={{city}}&appid={{credentials.apiKey}}",
        "storeKey": "weather",
    }
    user = {"id": "user", "type": "twitterSearchUser", "credentialId": X_CREDENTIAL, "username": "ada"}
    document = {
        "format": "loopi-automation/1",
        "id": "selftest",
        "name": CREDENTIAL,
        "steps": [weather, user],
    }
    file = trial.home.parent / "selftest.json"
    file.write_text(json.dumps({**document, "variables": {"city": "Oslo"}}), "utf-8")
    done = trial.start("run", str(file))
    require(done.returncode == 0, last_word(done))
    paths = [path for path, _ in trial.stand_in.seen]
    require(f"{WEATHER}?q=Oslo&appid={trial.secret}" in paths, "the service did not get the credential")
    signed = [sign for path, sign in trial.stand_in.seen if path.startswith(USER)]
    require(signed and signed[0].startswith("OAuth "), "the request to X was not signed")
    require(trial.secret not in done.stdout + done.stderr, "the secret was printed")
    _require_hidden(trial)
    return "2 steps called a service with their credentials; no file shows a secret"


CHECKS: Mapping[str, Check] = {
    "files": files,
    "libraries": libraries,
    "vault": vault,
    "door": door.check,
    "run": run,
    "window": window.check,
}


def _require_hidden(trial: Trial) -> None:
    shown = ", ".join(trial.shows_secret())
    require(not shown, f"the secret stands in the clear in {shown}")
