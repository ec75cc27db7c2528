"""`loopi run --dry-run`: everything is resolved, nothing arrives anywhere, nothing is written."""

import json
from pathlib import Path

from servers.command_line import API_KEY, Cli, Ended
from servers.echo import EchoServer, json_reply

BULLETS = "••••••••"


def requests(ended: Ended) -> list[str]:
    return [f"{each['method']} {each['url']}" for each in ended.events if each["type"] == "RequestSent"]


def of_kind(ended: Ended, kind: str) -> list[dict[str, object]]:
    return [each for each in ended.events if each["type"] == kind]


def steps(server: EchoServer) -> list[dict[str, object]]:
    ask: dict[str, object] = {
        "id": "ask",
        "type": "apiCall",
        "method": "GET",
        "url": f"{server.url}/list",
        "storeKey": "found",
    }
    tell = {
        "id": "tell",
        "type": "apiCall",
        "method": "POST",
        "url": f"{server.url}/told/{{{{item.name}}}}?k={{{{credentials.apiKey}}}}",
        "credentialId": "W",
        "body": {"json": {"name": "{{item.name | upper}}", "n": "{{item.n}}"}},
        "saveResponseTo": "told.json",
        "retry": {"attempts": 3, "delaySeconds": 60},
    }
    each: dict[str, object] = {
        "id": "each",
        "type": "forEach",
        "items": "{{found.items}}",
        "itemVariable": "item",
        "steps": [tell],
    }
    return [ask, {"id": "rest", "type": "wait", "value": 600}, each]


def test_a_dry_run_sends_nothing_and_shows_each_request_with_secrets_as_bullets(
    cli: Cli, server: EchoServer
) -> None:
    cli.add("W", {"apiKey": API_KEY, "apiUrl": f"{server.url}/"})
    ended = cli("run", cli.file("plan", *steps(server)), "--dry-run", "--json")
    assert ended.code == 0, ended
    assert server.requests == []
    assert requests(ended) == [
        f"GET {server.url}/list",
        f"POST {server.url}/told/not-sent.ask.data.items.0.name?k={BULLETS}",
    ]
    assert (
        of_kind(ended, "RunRehearsed")[0] | {"kind": "dry", "of_run": ""} == of_kind(ended, "RunRehearsed")[0]
    )
    assert not list(Path(cli.home).rglob("told.json"))
    shown = cli("run", cli.file("plan", *steps(server)), "--dry-run").err
    assert f"tell  POST {server.url}/told/" in shown
    assert "not sent: goes on with placeholders" in shown


def test_a_dry_run_goes_on_with_what_the_last_run_was_answered_and_says_which(
    cli: Cli, server: EchoServer
) -> None:
    cli.add("W", {"apiKey": API_KEY, "apiUrl": f"{server.url}/"})
    found = {"items": [{"name": "a b", "n": 1}, {"name": "c", "n": 2}]}
    server.reply("/list", json_reply(found))
    ask = steps(server)[0]
    real = cli("run", cli.file("plan", ask), "--json")
    sent = len(server.requests)
    ended = cli("run", cli.file("plan", *steps(server)), "--dry-run", "--json")
    assert (real.code, ended.code, len(server.requests)) == (0, 0, sent)
    run_id = real.events[0]["run_id"]
    assert of_kind(ended, "RunRehearsed")[0]["of_run"] == run_id
    assert [each["of_run"] for each in of_kind(ended, "AnswerTaken")] == [run_id, "", ""]
    assert [each.rpartition("/")[2] for each in requests(ended)] == [
        "list",
        f"a%20b?k={BULLETS}",
        f"c?k={BULLETS}",
    ]
    bodies = [json.loads(str(each["body"])) for each in of_kind(ended, "RequestSent")[1:]]
    assert bodies == [{"name": "A B", "n": 1}, {"name": "C", "n": 2}]


def test_a_dry_run_is_no_real_one_to_resume_to_replay_or_to_take_values_from(
    cli: Cli, server: EchoServer
) -> None:
    ask = steps(server)[0]
    file = cli.file(
        "plan", ask, {"id": "s", "type": "setVariable", "variableName": "x", "value": "{{found}}"}
    )
    run_id = str(cli("run", file, "--dry-run", "--json").events[0]["run_id"])
    (row,) = cli("history", "list", "--json").json
    assert row["kind"] == "dry"
    assert cli("resume", run_id, file, "--json").error == "run.not_real"
    assert cli("replay", run_id, file, "--json").error == "run.not_real"
    assert cli("run", file, "--only", "s", "--values-of", run_id, "--json").error == "run.not_real"
    # The last run that was real is none.
    assert cli("run", file, "--only", "s", "--json").events[-1]["error"]["code"] == "template.unknown_name"
    assert server.requests == []


def test_what_is_wrong_before_a_request_is_wrong_in_a_dry_run_too(cli: Cli, server: EchoServer) -> None:
    post = {"id": "post", "type": "twitterCreateTweet", "text": "hi", "credentialId": "gone"}
    assert (
        cli("run", cli.file("plan", post), "--dry-run", "--json").events[-1]["error"]["code"]
        == "credential.missing"
    )
    assert server.requests == []


def test_a_dry_run_of_tweets_in_a_loop_asks_nobody_and_posts_none(cli: Cli, server: EchoServer) -> None:
    keys = {name: f"{name}-0123456789" for name in ("apiKey", "apiSecret", "accessToken", "accessSecret")}
    cli.add("X", keys, type_id="twitter")
    cli.secrets += keys.values()
    cli("history", "list")
    (cli.home / "settings.json").write_text(json.dumps({"xBaseUrl": server.url}))
    first = {"id": "first", "type": "twitterCreateTweet", "text": "one", "credentialId": "X"}
    reply = {**first, "id": "reply", "text": "two", "replyToTweetId": "{{steps.first.data.id}}"}
    like = {"id": "like", "type": "twitterLikeTweet", "tweetId": "20", "credentialId": "X"}
    loop = {"id": "each", "type": "forEach", "items": [1, 2], "steps": [first, reply, like]}
    ended = cli("run", cli.file("plan", loop), "--dry-run", "--json")
    assert ended.code == 0, ended
    assert [each.partition(" ")[0] for each in requests(ended)] == ["POST", "POST", "POST"] * 2
    assert all(each["headers"]["authorization"] == BULLETS for each in of_kind(ended, "RequestSent"))  # type: ignore[index]
    assert server.requests == []
