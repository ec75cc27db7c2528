"""`loopi run` of what posts in a loop: asked once, and held by X's limits."""

from servers.command_line import Cli
from servers.oauth1 import Account
from servers.x_api import XServer

KEYS = Account().fields
TWEET = {"id": "tweet", "type": "twitterCreateTweet", "text": "{{currentItem}}"}


def posts(cli: Cli) -> str:
    loop = {
        "id": "each",
        "type": "forEach",
        "items": ["a", "b"],
        "steps": [TWEET],
    }
    return cli.file("posts", loop)


def test_a_loop_that_posts_does_not_run_unasked(cli: Cli) -> None:
    ended = cli("run", posts(cli), "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "usage.no_terminal")
    assert "posts in a loop" in ended.json["error"]["message"]
    assert "--yes" in ended.json["error"]["hint"]


def test_a_loop_that_posts_runs_when_that_was_confirmed(cli: Cli) -> None:
    with XServer() as x:
        cli.add("X", KEYS, type_id="twitter")
        ended = cli(
            "run", posts(cli), "--yes", "--credential", "tweet=X", environ={"LOOPI_X_BASE_URL": x.url}
        )
        assert ended.code == 0, ended
        assert [tweet.text for tweet in x.state.tweets.values()] == ["a", "b"]


def test_a_wait_for_a_limit_can_be_ruled_out_for_one_run(cli: Cli) -> None:
    with XServer(limit=1) as x:
        cli.add("X", KEYS, type_id="twitter")
        chosen = ("--yes", "--credential", "tweet=X", "--max-wait", "0", "--json")
        ended = cli("run", posts(cli), *chosen, environ={"LOOPI_X_BASE_URL": x.url})
        assert ended.code == 1
        assert ended.events[-1]["error"]["code"] == "limit.too_long"
        assert len(x.state.tweets) == 1
