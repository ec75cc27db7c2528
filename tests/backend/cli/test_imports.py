"""`loopi import` and `loopi curl`."""

import json
from pathlib import Path

from servers.command_line import Cli

KEYS = {key: f"{key}-of-the-old-app" for key in ("apiKey", "apiSecret", "accessToken", "accessSecret")}
SECRET = "ghp-of-the-test-0001"
COMMAND = f"curl https://api.example.com/user -H 'Authorization: Bearer {SECRET}' -k"


def test_a_command_goes_in_and_comes_out_without_its_secret(cli: Cli) -> None:
    cli.secrets.append(SECRET)
    imported = cli("import", "curl", "--json", stdin=COMMAND).json
    assert [each["name"] for each in imported["credentials"]] == ["api.example.com"]
    assert "always checked" in imported["notes"][0]
    copied = cli("curl", imported["automations"][0], "request")
    assert "$API_KEY" in copied.out
    assert cli("curl", imported["automations"][0], "x", "--json").error == "run.no_such_step"


def test_a_file_is_read_and_people_are_told(cli: Cli, tmp_path: Path) -> None:
    cli.secrets.append(SECRET)
    (tmp_path / "command.txt").write_text(COMMAND)
    done = cli("import", "curl", str(tmp_path / "command.txt"))
    assert "Saved the credential “api.example.com”." in done.out
    assert "Imported “GET api.example.com/user”" in done.out
    assert "Note: -k was not taken" in done.err


def test_a_source_that_is_not_known_is_named(cli: Cli) -> None:
    assert cli("import", "wget", "--json", stdin="x").error == "usage.source"
    assert cli("import", "curl", "--json", stdin="wget x").code == 2


def test_a_folder_of_the_electron_app_comes_over_whole_and_is_left_as_it_is(cli: Cli, tmp_path: Path) -> None:
    trees = tmp_path / "old" / ".trees"
    trees.mkdir(parents=True)
    step = {"id": "s", "type": "twitterDeleteTweet", "tweetId": "1", **KEYS}
    tree = {
        "name": "Old",
        "nodes": [{"id": "n", "type": "automationStep", "data": {"step": step}}],
        "edges": [],
        "schedule": {"type": "interval", "intervalMinutes": 30},
    }
    (trees / "tree_1.json").write_text(json.dumps(tree))
    cli.secrets += KEYS.values()
    ended = cli("import", "loopi", str(tmp_path / "old"), "--json").json
    (automation_id,) = ended["automations"]
    assert "loopi schedule enable" in ended["notes"][0]
    (scheduled,) = cli("schedule", "list", "--json").json
    assert (scheduled["automationId"], scheduled["enabled"]) == (automation_id, False)
    assert json.loads((trees / "tree_1.json").read_text()) == tree


def test_an_import_that_cannot_be_read_saves_nothing(cli: Cli) -> None:
    ended = cli("import", "n8n", "--json", stdin='[{"name": "a", "data": "sealed"}]')
    assert (ended.code, ended.error) == (2, "import.encrypted")
    assert cli("credentials", "list", "--json").json == []


def test_a_damaged_file_of_a_folder_is_named_and_the_others_come_over(cli: Cli, tmp_path: Path) -> None:
    trees = tmp_path / "old" / ".trees"
    trees.mkdir(parents=True)
    step = {"id": "w", "type": "wait", "value": 1}
    good = {
        "name": "Good",
        "nodes": [{"id": "w", "type": "automationStep", "data": {"step": step}}],
        "edges": [],
    }
    (trees / "tree_1.json").write_text(json.dumps(good))
    (trees / "tree_2.json").write_text('{"name": "Cut')
    done = cli("import", "loopi", str(tmp_path / "old"))
    assert done.code == 0
    assert "tree_2.json was left out" in done.err
    assert "Good" in done.out
    (trees / "tree_1.json").unlink()
    assert cli("import", "loopi", str(tmp_path / "old")).code == 2
