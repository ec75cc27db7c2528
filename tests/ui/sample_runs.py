"""Runs of some days, as they stand in a journal: what the screens of runs and of the history show."""

import json
import os
import time

from backend.runs.journal import Journal
from engine.events import (
    AnswerTaken,
    Differed,
    Event,
    Fact,
    RequestSent,
    ResponseReceived,
    RunFinished,
    RunRehearsed,
    RunStarted,
    StepFinished,
    StepStarted,
    VariableSet,
)
from engine.model import Json
from engine.secrets import BULLETS
from runs import automation
from ui.program import Program

FAILED, DONE, INTERRUPTED, GOING, REPLAYED = "f" * 32, "d" * 32, "a" * 32, "b" * 32, "e" * 32
STEPS: tuple[dict[str, Json], ...] = (
    {
        "id": "weather",
        "type": "apiCall",
        "description": "Ask OpenWeather",
        "method": "GET",
        "url": "https://api.openweathermap.org/data/2.5/weather?q={{city}}",
        "storeKey": "weatherData",
    },
    {"id": "text", "type": "setVariable", "variableName": "text", "value": "Cold in {{city}}"},
    {"id": "post", "type": "twitterCreateTweet", "description": "Tell the world", "text": "{{text}}"},
    {"id": "rest", "type": "wait", "value": 600},
)
FIELDS: dict[str, Json] = {"id": "weather", "name": "Weather tweet", "variables": {"city": "London"}}
_URL = f"https://api.openweathermap.org/data/2.5/weather?q=London&appid={BULLETS}"
_ANSWER: dict[str, Json] = {
    "main": {"temp": 276.5, "humidity": 81},
    "name": "London",
    "weather": [{"main": "Clouds"}],
}
_HEADERS: dict[str, Json] = {"content-type": "application/json; charset=utf-8"}
_OUTPUT: dict[str, Json] = {"data": _ANSWER, "status": 200, "headers": _HEADERS, "url": _URL}
FORBIDDEN: dict[str, Json] = {
    "code": "x.forbidden.no_write_permission",
    "message": "X refused: the app may read and not write.",
    "hint": "In X's developer portal give the app “Read and write”, then make a new access token.",
    "path": "2",
}
ASKED: tuple[tuple[str, Fact], ...] = (
    ("0", StepStarted("weather", "apiCall", "Ask OpenWeather")),
    ("0", RequestSent("GET", _URL)),
    ("0", ResponseReceived(200, _URL, _HEADERS, 512, 0.392)),
    ("0", StepFinished("weather", "succeeded", _OUTPUT, "weatherData")),
    ("1", StepStarted("text", "setVariable")),
    ("1", VariableSet("text", "Cold in London")),
    ("1", StepFinished("text", "succeeded", {"data": "Cold in London"})),
)
POSTING: tuple[tuple[str, Fact], ...] = (
    *ASKED,
    ("2", StepStarted("post", "twitterCreateTweet", "Tell the world")),
    (
        "2",
        RequestSent(
            "POST", "https://api.x.com/2/tweets", {"authorization": BULLETS}, '{"text": "Cold in London"}'
        ),
    ),
)
REFUSED: tuple[tuple[str, Fact], ...] = (
    ("2", ResponseReceived(403, "https://api.x.com/2/tweets", {}, 190, 0.561)),
    (
        "2",
        StepFinished(
            "post", "failed", {}, None, {key: FORBIDDEN[key] for key in ("code", "message", "hint")}
        ),
    ),
    ("", RunFinished("failed", FORBIDDEN)),
)
UNANSWERED: dict[str, Json] = {
    "code": "run.no_answer",
    "message": "The run has no answer for step post: it did not send this request.",
    "hint": "Run the automation, and replay that run.",
}
DIFFERS: dict[str, Json] = {
    "code": "run.differs",
    "message": "The automation does not do what it did in that run: at post, the run had nothing, and now"
    f" it is a step of type twitterCreateTweet. It ended with: {UNANSWERED['message']}",
    "hint": "Where that is meant, nothing is wrong.",
}
# DONE, by the automation as it is now: it also tells the world.
REPLAY: tuple[tuple[str, Fact], ...] = (
    ("", RunRehearsed("replay", DONE)),
    ("0", StepStarted("weather", "apiCall", "Ask OpenWeather")),
    ("0", AnswerTaken(DONE)),
    ("0", StepFinished("weather", "succeeded", _OUTPUT, "weatherData")),
    *ASKED[4:],
    ("2", Differed("nothing", "a step of type twitterCreateTweet")),
    ("2", StepStarted("post", "twitterCreateTweet", "Tell the world")),
    ("2", StepFinished("post", "failed", {}, None, UNANSWERED)),
    ("", RunFinished("failed", DIFFERS)),
)


def told(
    journal: Journal, run_id: str, *facts: tuple[str, Fact], at: float, name: str = "Weather tweet"
) -> None:
    """Keep a run that began at this Unix time and told this."""
    started = RunStarted("weather", name, automation(*STEPS, **FIELDS).content_hash, {"city": "London"})
    for seq, (path, fact) in enumerate((("", started), *facts)):
        event = Event(run_id, seq, at + seq * 0.2, path, fact)
        journal.write(event, json.dumps(event.to_json()))


def fill_history(program: Program) -> None:
    """Runs of two days: one goes on, in the process of the test, as if in another program."""
    saved: dict[str, Json] = {"format": "loopi-automation/1", "steps": STEPS, **FIELDS}
    program.app.automations.save(saved)
    for file in program.app.places.automations.iterdir():
        os.utime(file, (0, 0))  # not changed since: its steps are those of the runs
    journal, now = program.app.journal, time.time()
    for number in range(6):
        end = RunFinished("cancelled") if number == 3 else RunFinished("succeeded")
        at = now - 90_000 + number * 600
        told(journal, f"{number:032x}", *ASKED, ("", end), at=at, name="Morning news")
    told(journal, DONE, *ASKED, ("", RunFinished("succeeded")), at=now - 4000)
    told(journal, REPLAYED, *REPLAY, at=now - 3500)
    told(journal, FAILED, *POSTING, *REFUSED, at=now - 3000)
    interrupt(program, at=now - 2000)
    told(journal, GOING, *POSTING, at=now - 60)


def interrupt(program: Program, *, at: float) -> None:
    """A run whose program ended while it posted."""
    journal = Journal(program.app.places.history_db)
    told(journal, INTERRUPTED, *POSTING, at=at)
    journal.intend(INTERRUPTED, "2", 1)
    journal.doubt(INTERRUPTED, "2", "X could not be asked: it did not answer in time.")
    journal.close()
