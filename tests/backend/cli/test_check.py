"""`loopi check`: problems, warnings, and a vault that stays closed unless its key is at hand."""

from servers.command_line import API_KEY, Cli

CALL = {
    "id": "call",
    "type": "apiCall",
    "method": "GET",
    "url": "https://api.example.com/",
    "credentialId": "Gone",
}


def test_a_sound_file_ends_with_0(cli: Cli) -> None:
    ended = cli("check", cli.file("fine", {"id": "w", "type": "wait", "value": 1}))
    assert (ended.code, ended.out, ended.err) == (0, "Fine can run: 1 step, no problems.\n", "")


def test_a_file_with_problems_ends_with_2_and_names_them_all(cli: Cli) -> None:
    file = cli.file("bad", {"id": "a", "type": "wait", "value": "{{"}, {"type": "apiCall"})
    error = cli("check", file, "--json").json["error"]
    assert error["code"] == "automation.invalid"
    paths = {problem["path"] for problem in error["problems"]}
    assert {"steps[0].value", "steps[1].id", "steps[1].url"} <= paths
    assert cli("check", file).code == 2


def test_warnings_leave_the_exit_code_at_0(cli: Cli) -> None:
    tweet = {"id": "t", "type": "twitterCreateTweet", "text": "あ" * 150}
    ended = cli("check", cli.file("long", tweet), "--json")
    assert (ended.code, ended.json["ok"]) == (0, True)
    assert "300" in ended.json["warnings"][0]["message"]


def test_a_reference_that_leads_nowhere_is_a_warning_when_the_key_is_at_hand(cli: Cli) -> None:
    file = cli.file("gone", CALL)
    assert "'Gone', which is not there" in cli("check", file).err
    cli.add("Gone", {"apiKey": API_KEY})
    assert cli("check", file).err == ""


def test_a_vault_that_would_ask_is_not_opened(cli: Cli) -> None:
    cli.add("Other", {"apiKey": API_KEY})
    ended = cli("check", cli.file("gone", CALL), environ={"LOOPI_VAULT_KEY": None})
    assert (ended.code, ended.err) == (0, "")


def test_keys_in_plain_text_are_a_warning(cli: Cli) -> None:
    cli.secrets.append("plain-key-0815")
    tweet = {"id": "t", "type": "twitterCreateTweet", "text": "hi", "apiKey": "plain-key-0815"}
    ended = cli("check", cli.file("inline", tweet))
    assert ended.code == 0
    assert "Warning: steps[0]: holds keys in plain text" in ended.err


def test_automations_that_run_each_other_in_a_circle_are_refused(cli: Cli) -> None:
    first = {"id": "call", "type": "runAutomation", "automation": "Second"}
    cli("automations", "import", cli.file("second", {**first, "automation": "first"}))
    cli("automations", "import", cli.file("first", first))

    for command in ("check", "run"):
        problems = cli(command, cli.file("first", first), "--json").json["error"]["problems"]
        assert problems[0]["path"] == "steps[0].automation"
        assert problems[0]["message"].endswith("First → Second → First")


def test_what_a_run_costs_is_told_before_it_starts(cli: Cli) -> None:
    tweet = {"id": "t", "type": "twitterCreateTweet", "text": "hi"}
    loop = {"id": "each", "type": "forEach", "items": "{{names}}", "steps": [tweet]}
    file = cli.file("costs", {**tweet, "id": "first"}, loop)
    ended = cli("check", file)
    assert ended.out.splitlines()[1] == (
        "This automation posts in a loop. At X's prices of 28 August 2026, "
        "a run costs $0.015, and $0.015 for each round of steps[1]."
    )
    assert cli("check", file, "--json").json["cost"] == {
        "least": 0.015,
        "most": 0.015,
        "rounds": {"steps[1]": {"least": 0.015, "most": 0.015}},
        "postsInLoop": True,
    }
