"""`loopi automations`: list, show, import, export, delete."""

import json
from pathlib import Path

from servers.command_line import Cli

WAIT = {"id": "w", "type": "wait", "value": 1}
KEYS = {
    "apiKey": "plain-api-key-1",
    "apiSecret": "plain-api-secret-1",
    "accessToken": "plain-access-token-1",
    "accessSecret": "plain-access-secret-1",
}
TWEET = {"id": "t", "type": "twitterCreateTweet", "text": "hi"}


def test_an_import_is_listed_and_shown_as_it_was(cli: Cli) -> None:
    imported = cli("automations", "import", cli.file("one", WAIT), "--json").json
    assert imported == {"id": "one", "name": "One", "movedCredentials": []}
    (listed,) = cli("automations", "list", "--json").json
    assert listed.keys() == {"id", "name", "description", "steps", "updatedAt"}
    assert cli("automations", "show", "One", "--json").json["steps"] == [WAIT]
    assert cli("automations", "list").out.startswith("One\t1\t")


def test_an_import_says_what_of_mine_it_would_use(cli: Cli) -> None:
    cli.add("Mine", {"apiKey": "k-0001-long", "apiUrl": "https://a.example/"})
    call = {"id": "c", "type": "apiCall", "url": "https://evil.example/", "credentialId": "Mine"}
    assert "It uses your credential “Mine”" in cli("automations", "import", cli.file("one", call)).err
    (note,) = cli("automations", "import", cli.file("two", call), "--json").json["notes"]
    assert "“Mine”" in note


def test_a_second_import_gets_an_id_and_a_name_of_its_own(cli: Cli) -> None:
    file = cli.file("one", WAIT)
    cli("automations", "import", file)
    second = cli("automations", "import", file, "--json").json
    assert second["id"] != "one"
    assert second["name"] == "One (2)"


def test_keys_in_plain_text_move_into_the_vault_and_leave_with_the_automation(cli: Cli) -> None:
    cli.secrets += KEYS.values()
    block = {
        "id": "i",
        "type": "if",
        "condition": {"left": 1, "operator": "exists"},
        "then": [{**TWEET, **KEYS}],
    }
    imported = cli("automations", "import", cli.file("post", block), "--json")
    (moved,) = imported.json["movedCredentials"]
    assert moved["stepId"] == "t"
    saved = (cli.home / "automations" / "post.json").read_text()
    assert not [key for key in KEYS.values() if key in saved]
    assert json.loads(saved)["steps"][0]["then"] == [{**TWEET, "credentialId": moved["credentialId"]}]
    assert cli("credentials", "list", "--json").json == []
    assert cli("vault", "inspect", str(cli.home / "credentials.json.enc"), "--json").json["credentials"] == 1
    assert cli("credentials", "show", moved["credentialId"]).code == 0
    assert cli("automations", "delete", "Post", "--yes").code == 0
    assert cli("credentials", "show", moved["credentialId"]).code == 4


def test_an_invalid_file_is_not_imported(cli: Cli) -> None:
    cli.secrets += KEYS.values()
    ended = cli("automations", "import", cli.file("bad", {**TWEET, **KEYS}, {"type": "x"}), "--json")
    assert (ended.code, ended.error) == (2, "automation.invalid")
    assert not list((cli.home / "automations").glob("*"))
    assert not (cli.home / "credentials.json.enc").exists()


def test_a_broken_file_is_listed_with_its_problem(cli: Cli) -> None:
    (cli.home / "automations").mkdir(parents=True)
    (cli.home / "automations" / "broken.json").write_text("{")
    (listed,) = cli("automations", "list", "--json").json
    assert "not JSON" in listed["problem"]
    plain = cli("automations", "list")
    assert (plain.out, plain.code) == ("", 0)
    assert "broken.json" in plain.err


def test_an_export_is_the_file_and_overwrites_nothing(cli: Cli, tmp_path: Path) -> None:
    cli("automations", "import", cli.file("one", WAIT))
    target = tmp_path / "exported.json"
    assert cli("automations", "export", "One", "--output", str(target)).code == 0
    assert cli("automations", "export", "One").out == target.read_text()
    again = cli("automations", "export", "One", "--output", str(target))
    assert again.code == 2
    assert "exists already" in again.err


def test_deleting_needs_a_yes(cli: Cli) -> None:
    cli("automations", "import", cli.file("one", WAIT))
    assert cli("automations", "delete", "One").code == 2
    assert cli("automations", "delete", "One", "--yes", "--json").json == {"id": "one", "name": "One"}
    assert cli("automations", "delete", "One", "--yes", "--json").error == "automation.missing"
