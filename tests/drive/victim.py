"""A program with one credential, the service that may get it, and a stranger that may not: for attempts."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from backend.app import App, open_app
from backend.runs.active import RunOptions
from canary import traces
from drive.attempt import CHALLENGES, REDIRECTS, Attempt
from drive.world import let_go
from engine.events import Event, StepFinished
from engine.parse.problem import InvalidAutomation
from servers.command_line import KEY
from servers.echo import EchoServer, json_reply, redirect
from servers.loopback import Reply

SECRET = "s3cr3t-Canary+value/of=it"
INJECTED = "injected"


@dataclass
class Victim:
    """`attempt` runs one step behind one that fetched `evil` from the service."""

    app: App
    server: EchoServer
    stranger: EchoServer
    folder: Path

    @property
    def files(self) -> Path:
        return self.app.places.files

    @property
    def names(self) -> Mapping[str, str]:
        """What stands for the addresses in an attempt."""
        server, stranger = (each.url.removeprefix("http://") for each in (self.server, self.stranger))
        ports = {"SERVERPORT": server.split(":")[1], "STRANGERPORT": stranger.split(":")[1]}
        return {**ports, "SERVER": server, "STRANGER": stranger, "SECRET": SECRET}

    def attempt(self, tried: Attempt) -> str:
        """Run it; return the code it was refused with, or "" when it was carried out."""
        for server in (self.server, self.stranger):
            server.requests.clear()
        self.server.reply("/evil", json_reply(json.loads(self.placed(tried.evil))))
        asked = {"id": "evil", "type": "apiCall", "method": "GET", "url": "http://<SERVER>/evil"}
        base: dict[str, object] = {"id": "tried", "type": "apiCall", "method": "POST", "credentialId": "Keys"}
        step = {**base, "url": "http://<SERVER>/target", **tried.step}
        steps = [{**asked, "storeKey": "evil"}, {name: step[name] for name in step if step[name] is not None}]
        document = {"format": "loopi-automation/1", "id": "a", "name": "Attempt", "steps": steps}
        try:
            automation = self.app.parse(json.loads(self.placed(document)))
        except InvalidAutomation:
            return "automation.invalid"
        events: list[Event] = []
        running = self.app.runs.start(automation, RunOptions(sinks=[events.append]))
        assert running.wait(60) is not None
        self.assert_unharmed(repr(events))
        ended = [each.fact for each in events if isinstance(each.fact, StepFinished)]
        error = next((fact.error for fact in ended if fact.step_id == "tried"), None)
        return str(error["code"]) if error else ""

    def placed(self, document: object) -> str:
        text = json.dumps(document)
        for name, address in self.names.items():
            text = text.replace(f"<{name}>", json.dumps(address)[1:-1])
        return text

    def assert_unharmed(self, told: str) -> None:
        """The stranger got no secret, nobody a header or request of the attacker's; nothing lies outside."""
        heard = "\n".join(f"{seen.target}\n{seen.headers}\n{seen.body!r}" for seen in self.stranger.requests)
        assert [form for form in traces(SECRET) if form in (told + heard).encode()] == []
        for seen in (*self.server.requests, *self.stranger.requests):
            assert INJECTED not in {name.lower() for name, _ in seen.headers}
            assert not seen.path.startswith("/injected")
        assert {path.name for path in self.folder.iterdir()} == {"home", "outside"}
        assert (self.folder / "outside").read_text() == "precious"

    def arrived(self) -> str:
        """What the service got of the step that was tried: a line for each request, and the bodies."""
        seen = [each for each in self.server.requests if each.path != "/evil"]
        odd = [f"{name}: {value}" for each in seen for name, value in each.headers if name.startswith("X-")]
        lines = [f"{each.method} {each.target}" for each in seen]
        return "\n".join([*lines, *odd, *(each.body.decode() for each in seen)]).strip()


@contextmanager
def victim() -> Iterator[Victim]:
    with tempfile.TemporaryDirectory() as folder, EchoServer() as server, EchoServer() as stranger:
        home = Path(folder) / "home"
        (Path(folder) / "outside").write_text("precious")
        app = open_app({"LOOPI_HOME": str(home), "LOOPI_VAULT_KEY": KEY})
        local = server.url.replace("127.0.0.1", "localhost")
        app.credentials.add("custom", "Keys", {"key": SECRET}, allowed_hosts=[server.url])
        app.credentials.add("custom", "Named", {"key": SECRET}, allowed_hosts=[local])
        app.credentials.add("apiKey", "Signed", {"apiKey": SECRET}, allowed_hosts=[server.url])
        made = Victim(app, server, stranger, Path(folder))
        (app.places.files / "plain.txt").write_text("plain")
        (app.places.files / "link.txt").symlink_to(Path(folder) / "outside")
        (app.places.files / "way").symlink_to(folder)
        server.reply("/target", lambda seen: Reply(200, seen.body or b"{}"))
        for number, location in enumerate(REDIRECTS):
            server.reply(f"/go{number}", redirect(json.loads(made.placed(location))))
        asking = {"username": "someone", "password": SECRET}
        app.credentials.add("digest", "Asked", asking, allowed_hosts=[server.url])
        for number, challenge in enumerate(CHALLENGES):
            server.reply(f"/asked{number}", Reply(401, b"?", (("WWW-Authenticate", challenge),)))
        yield made
        let_go(app)
