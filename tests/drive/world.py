"""The program itself with a vault of secrets, and services that repeat them: where random runs take place."""

import json
import random
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from backend.app import App, open_app
from backend.runs.active import ActiveRun, RunOptions
from backend.runs.recorder import Sink
from canary import traces
from drive.indiscreet import Careless, Indiscreet, IndiscreetX
from drive.random_automation import numbered
from drive.random_requests import HOST, STRANGER
from engine.events import Event
from engine.executor import keyed_steps
from engine.model import Automation, Json
from servers.command_line import KEY
from servers.echo import EchoServer
from servers.oauth1 import Account

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
ENDED_AFTER_S = 20.0
"""Sooner than a silent service gives up (30 s) or a request is timed out (60 s)."""
PASSWORDS = 8
Fields = Mapping[str, str]


def saved(passwords: Sequence[str], account: Account, base: str) -> dict[str, tuple[str, Fields, list[str]]]:
    """By name: the credential's type, its fields, and which of their values are secret."""
    key, other, login, digest, header, client, consumer, amazon = passwords
    user = {"username": "someone"}
    oauth = {
        "clientId": "a-client",
        "redirectUri": "http://127.0.0.1:8765/callback",
        "tokenUrl": f"{base}/token",
    }
    aws = {"accessKeyId": "AKIDEXAMPLE", "region": "eu-west-1", "service": "s3"}
    x = account.fields
    signed = {"consumerKey": x["apiKey"], "accessToken": x["accessToken"], "accessSecret": x["accessSecret"]}
    return {
        "Keys": ("custom", {"key": key, "other": other}, [key, other]),
        "Login": ("basic", {**user, "password": login}, [login]),
        "Digest": ("digest", {**user, "password": digest}, [digest]),
        "Header": ("apiKey", {"apiKey": header}, [header]),
        "Client": ("oauth", {**oauth, "clientSecret": client}, [client]),
        "Signed": ("oauth1", {**signed, "consumerSecret": consumer}, [consumer, *signed.values()]),
        "Amazon": ("aws", {**aws, "secretAccessKey": amazon}, [amazon]),
        "X": ("twitter", x, list(x.values())),
    }


@dataclass
class World:
    """`known` are the secrets by the name of their credential. `stranger` may get none of them."""

    app: App
    server: Indiscreet
    x: IndiscreetX
    stranger: EchoServer
    known: Mapping[str, Sequence[str]]
    events: list[Event] = field(default_factory=list)

    def parsed(self, steps: Sequence[dict[str, Json]]) -> Automation:
        text = json.dumps(_document("Outer", numbered(list(steps)))).replace(HOST, self.server.url)
        return self.app.parse(json.loads(text.replace(STRANGER, self.stranger.url)))

    def start(self, automation: Automation, *sinks: Sink) -> ActiveRun:
        """Begin a run. The services know the secrets of the credentials that it uses, and no others."""
        used = {str(step.credential) for _key, step in keyed_steps(self.app.linked(automation))}
        told = [secret for name in sorted(used & self.known.keys()) for secret in self.known[name]]
        self.server.secrets = tuple(dict.fromkeys(told))
        return self.app.runs.start(automation, RunOptions(sinks=(self.events.append, *sinks), max_wait_s=0))

    def lines(self, run_id: str) -> list[str]:
        return list(self.app.journal.lines(run_id))

    def leaks(self, told: Sequence[str] = ()) -> list[bytes]:
        """The forms of secrets in what was told, here or to the stranger, and in all files of Loopi's own."""
        home = self.app.places
        files = [
            each for each in home.user_data.rglob("*") if each.is_file() and home.files not in each.parents
        ]
        heard = [f"{seen.target} {seen.headers}".encode() + seen.body for seen in self.stranger.requests]
        texts = [text.encode("utf-8", "surrogatepass") for text in told]
        whole = b"\n".join([*texts, *heard, *(path.read_bytes() for path in files)])
        secrets = {self.server.token, *(secret for each in self.known.values() for secret in each)}
        return [form for secret in secrets for form in traces(secret) if form in whole]

    @contextmanager
    def died_after(self, run_id: str, count: int) -> Iterator["World"]:
        """The same vault and services, in which the program ended for good when so much was written down."""
        kept = [(Event.from_json(json.loads(line)), line) for line in self.lines(run_id)[:count]]
        intents = [each for each in self.app.journal.intents(run_id) if each.at <= kept[-1][0].at]
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            left_out = shutil.ignore_patterns("*.db*", "running", "blobs")
            shutil.copytree(self.app.places.user_data, home, ignore=left_out)
            environ = {**self.app.environ, "LOOPI_HOME": str(home)}
            dead = open_app(environ)
            for event, line in kept:
                dead.journal.write(event, line)
            for intent in intents:
                dead.journal.intend(run_id, intent.path, intent.attempt)
            dead.journal.close()
            self.server.is_token_used = False  # the next process gets one of its own
            again = World(open_app(environ), self.server, self.x, self.stranger, self.known)
            with closing(again):
                yield again

    def close(self) -> None:
        let_go(self.app)


def let_go(app: App) -> None:
    """Close the journal when the threads of runs that are over have tidied it."""
    for thread in threading.enumerate():
        if thread.name.startswith("run-"):
            thread.join(60)
    app.journal.close()


@contextmanager
def world(passwords: Sequence[str], seed: int) -> Iterator[World]:
    """Secrets of any characters (`PASSWORDS`), and what X does by chance."""
    mark = f"{seed:04d}x{passwords[0].encode().hex()[-12:]}"
    account = Account(f"consumer{mark}", f"conSec{mark}", f"1-token{mark}", f"tokSec{mark}")
    x = IndiscreetX(accounts=(account,), state=Careless(), limit=1000, chance=random.Random(seed))
    x.secrets = tuple(account.fields.values())
    with (
        tempfile.TemporaryDirectory() as folder,
        Indiscreet(token=f"given{mark}") as server,
        EchoServer() as stranger,
        x,
    ):
        environ = {"LOOPI_HOME": f"{folder}/home", "LOOPI_VAULT_KEY": KEY, "LOOPI_X_BASE_URL": x.url}
        app, credentials = open_app(environ), saved(passwords, account, server.url)
        for name, (type_id, fields, _secrets) in credentials.items():
            hosts = [] if name == "X" else [server.url]
            app.credentials.add(type_id, name, fields, allowed_hosts=hosts)
        app.automations.save(json.loads(json.dumps(INNER).replace(HOST, server.url)))
        (app.places.files / "picture.png").write_bytes(PNG)
        known = {name: secrets for name, (_type, _fields, secrets) in credentials.items()}
        with closing(World(app, server, x, stranger, known)) as made:
            yield made


def _document(name: str, steps: Sequence[object]) -> dict[str, object]:
    base = {"format": "loopi-automation/1", "id": name.lower(), "name": name}
    return {**base, "variables": {"a": 1, "c": "text"}, "steps": list(steps)}


_CALL = {"id": "s0", "type": "apiCall", "method": "POST", "url": f"{HOST}/echo", "credentialId": "Keys"}
INNER = _document("Inner", [{**_CALL, "body": {"text": "{{credentials.key}}{{a}}"}, "storeKey": "a"}])
