"""What a run teaches about its credentials: real runs of the whole program, services on loopback."""

import threading
from pathlib import Path
from typing import Any

import pytest

from backend.adapters.credential_use import outcome_of
from backend.app import App, open_app
from backend.store.credential_use import Use
from servers.echo import EchoServer, json_reply

KEY = "5a" * 32
SECRET = "s3cr3t-of-the-service"


@pytest.fixture
def app(tmp_path: Path) -> App:
    return open_app({"LOOPI_HOME": str(tmp_path), "LOOPI_VAULT_KEY": KEY})


def run(app: App, *steps: dict[str, Any]) -> None:
    document = {"format": "loopi-automation/1", "id": "a", "name": "Test", "steps": list(steps)}
    active = app.runs.start(app.parse(document))
    assert active.wait(30) is not None


def save(app: App, name: str = "Mine") -> str:
    fields = {"apiKey": SECRET}
    return str(app.credentials.add("apiKey", name, fields, allowed_hosts=["127.0.0.1"]).entry["id"])


def step(url: str, **more: object) -> dict[str, Any]:
    return {"id": "s", "type": "apiCall", "url": url, "credentialId": "Mine", **more}


def test_a_success_is_the_last_use(app: App, server: EchoServer) -> None:
    credential_id = save(app)
    run(app, step(server.url))
    use = app.uses.all()[credential_id]
    assert use.outcome == "works"
    assert use.used_at >= use.taken_at > 0


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_is_kept_with_the_services_words_and_without_the_secret(
    app: App, server: EchoServer, tmp_path: Path, status: int
) -> None:
    credential_id = save(app)
    run(app, step(server.reply("/no", json_reply({"message": f"{SECRET} is bad"}, status))))
    use = app.uses.all()[credential_id]
    assert use.outcome == "refused"
    assert "is bad" in use.message
    assert use.hint
    assert SECRET.encode() not in (tmp_path / "credential-use.db").read_bytes()


def test_a_server_that_is_down_says_nothing_about_the_credential(app: App, server: EchoServer) -> None:
    credential_id = save(app)
    run(app, step(server.reply("/down", json_reply({}, 503))))
    assert app.uses.all()[credential_id].outcome is None


def test_a_status_that_the_step_allows_is_no_word_on_the_credential(app: App, server: EchoServer) -> None:
    credential_id = save(app)
    run(app, step(server.reply("/no", json_reply({}, 401)), okStatuses=[401]))
    assert app.uses.all()[credential_id].outcome is None


def test_what_is_blocked_before_it_is_sent_is_no_use(app: App) -> None:
    save(app)
    run(app, step("https://elsewhere.example.com/"))
    assert app.uses.all() == {}


def test_a_loop_tells_the_end_of_it(app: App, server: EchoServer) -> None:
    credential_id = save(app)
    url = server.reply("/s", json_reply({}), json_reply({}, 401), json_reply({}))
    inner = step(url, onError="continue")
    loop = {"id": "l", "type": "forEach", "items": [1, 2, 3], "steps": [inner]}
    run(app, loop)
    assert app.uses.all()[credential_id].outcome == "works"


def test_a_run_that_began_before_an_edit_says_nothing_about_the_new_key(app: App, server: EchoServer) -> None:
    credential_id = save(app)
    gate = threading.Event()
    server.reply("/slow", json_reply({}, 401))
    taken_before = app.uses.all().get(credential_id, Use(0.0)).taken_at
    gate.set()
    run(app, step(f"{server.url}/slow"))
    assert app.uses.all()[credential_id].taken_at > taken_before


@pytest.mark.parametrize(
    ("code", "message", "outcome"),
    [
        ("http.unauthorized", "The server answered 401: Bad credentials", "refused"),
        ("http.unauthorized", "The server answered 401: The access token expired", "expired"),
        ("x.unauthorized", "It said: “Invalid or expired token.”", "refused"),
        ("x.forbidden.duplicate", "X has this text already.", None),
        ("http.status", "The server answered 404 Not Found.", None),
    ],
)
def test_a_failure_is_about_the_credential_or_not(code: str, message: str, outcome: str | None) -> None:
    assert outcome_of(code, message) == outcome
