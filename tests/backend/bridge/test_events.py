import itertools
import json
import threading

from backend.bridge.events import MAX_LISTENERS, MAX_WAITING, MAX_WAITING_CHARS, Hub, Listener, event_json
from engine.events import Event, RunFinished, StepStarted, VariableSet
from servers.browser import Browser


def event(seq: int) -> Event:
    return Event("r", seq, 1.5, "0", StepStarted("s", "wait"))


def waiting() -> Listener:
    return Listener(threading.Condition())


def messages(chunk: bytes) -> list[object]:
    return [json.loads(line.removeprefix("data: ")) for line in chunk.decode().splitlines() if line]


def test_an_event_has_camel_case_keys_and_its_data_as_it_is() -> None:
    shown = event_json(Event("r", 0, 1.0, "", VariableSet("a_b", {"c_d": 1})))
    assert shown == {
        "type": "VariableSet",
        "runId": "r",
        "seq": 0,
        "at": 1.0,
        "path": "",
        "name": "a_b",
        "value": {"c_d": 1},
    }


def test_what_waits_is_one_message_per_topic_and_one_for_all_events() -> None:
    listener = waiting()
    for topic in ("vault", "history", "vault"):
        listener.add_topic(topic)
    listener.add_event('{"seq":0}')
    listener.add_event('{"seq":1}')
    assert messages(listener.take(0)) == [
        {"topic": "vault"},
        {"topic": "history"},
        {"topic": "run", "events": [{"seq": 0}, {"seq": 1}]},
    ]


def test_a_page_that_is_too_slow_is_told_to_ask_again_and_costs_nothing_more() -> None:
    listener = waiting()
    for _ in range(MAX_WAITING + 1):
        listener.add_event("{}")
    assert messages(listener.take(0)) == [{"topic": "resync"}]


def test_large_events_are_bounded_by_their_size() -> None:
    listener = waiting()
    for _ in range(5):
        listener.add_event('"' + "x" * (MAX_WAITING_CHARS // 4) + '"')
    assert len(listener.take(0)) < MAX_WAITING_CHARS // 2


def test_that_a_run_begins_or_ends_is_news_of_the_history_too() -> None:
    hub = Hub()
    stream = hub.stream()
    next(stream)
    hub.follow(Event("r", 0, 1.0, "", RunFinished("succeeded")))
    assert [message["topic"] for message in messages(next(stream))] == ["history", "credentials", "run"]  # type: ignore[index]  # objects
    hub.close()


def test_nothing_new_is_a_heartbeat() -> None:
    assert waiting().take(0).startswith(b":")


def test_the_oldest_stream_ends_when_there_are_too_many() -> None:
    hub = Hub()
    streams = [hub.stream() for _ in range(MAX_LISTENERS)]
    for stream in streams:
        next(stream)
    newest = hub.stream()
    next(newest)
    assert list(streams[0]) == []
    hub.notify("vault")
    assert messages(next(newest)) == [{"topic": "vault"}]
    assert messages(next(streams[1])) == [{"topic": "vault"}]


def test_a_stream_that_is_closed_is_forgotten() -> None:
    hub = Hub()
    stream = hub.stream()
    next(stream)
    stream.close()  # type: ignore[attr-defined]  # it is a generator
    hub.run(event(0))
    assert list(itertools.islice(hub.stream(), 1))


def test_all_streams_end_with_the_door() -> None:
    hub = Hub()
    stream = hub.stream()
    next(stream)
    hub.close()
    assert list(stream) == []


def test_the_page_hears_of_changes_and_of_events_in_order(browser: Browser) -> None:
    stream = browser.listen()
    assert stream.response.headers["Content-Type"] == "text/event-stream"
    browser.call("vault.lock")
    assert {stream.next()["topic"], stream.next()["topic"]} == {"vault", "credentials"}
    for seq in range(100):
        browser.serving.desk.hub.run(event(seq))
    heard: list[int] = []
    while len(heard) < 100:
        heard += [each["seq"] for each in stream.next()["events"]]
    assert heard == list(range(100))
    stream.close()
