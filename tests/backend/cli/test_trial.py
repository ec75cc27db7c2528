"""`loopi credentials test`, against a service on loopback."""

from servers.command_line import API_KEY, Cli
from servers.echo import EchoServer, json_reply
from servers.x_api import Account, XServer


def test_a_key_that_is_taken_is_ready_from_then_on(cli: Cli, server: EchoServer) -> None:
    cli.add("Mine", {"apiKey": API_KEY, "apiUrl": server.url + "/v1/"})
    ended = cli("credentials", "test", "Mine")
    assert (ended.code, ended.out) == (0, "It works: 127.0.0.1 answered 200.\n")
    (listed,) = cli("credentials", "list", "--json").json
    assert listed["status"] == "ready"
    assert listed["lastUsedAt"]
    assert [seen.header("Authorization") for seen in server.requests] == [f"Bearer {API_KEY}"]


def test_a_key_that_is_refused_ends_with_5_and_says_what_to_do(cli: Cli, server: EchoServer) -> None:
    address = server.reply("/v1/", json_reply({"message": f"Bad key {API_KEY}"}, 401))
    cli.add("Mine", {"apiKey": API_KEY, "apiUrl": address})
    ended = cli("credentials", "test", "Mine", "--json")
    assert (ended.code, ended.json["outcome"]) == (5, "refused")
    assert "Check the credential" in ended.json["hint"]
    shown = cli("credentials", "show", "Mine").out
    assert "Needs attention. The server answered 401 Unauthorized: Bad key ••••••" in shown


def test_the_keys_of_an_x_account_are_asked_who_they_are(cli: Cli, x: XServer) -> None:
    keys = Account().fields
    cli.add("Mine", keys, type_id="twitter")
    environ = {"LOOPI_X_BASE_URL": x.url}
    assert cli("credentials", "test", "Mine", environ=environ).code == 0
    cli.add("Wrong", {**keys, "apiSecret": "0123456789"}, type_id="twitter")
    ended = cli("credentials", "test", "Wrong", environ=environ)
    assert ended.code == 5
    assert "X did not accept" in ended.out
    assert [seen.path for seen in x.requests] == ["/2/users/me"] * 2


def test_what_names_no_address_cannot_be_tested(cli: Cli) -> None:
    cli.add("Mine", {"token": API_KEY}, type_id="custom")
    ended = cli("credentials", "test", "Mine")
    assert (ended.code, ended.out[:33]) == (1, "It cannot be tested by itself: no")
