"""`loopi credentials types|list|show`: the shapes that programs read."""

import re

from backend.cli.output import moment
from servers.command_line import Cli

FIELDS = {"apiKey": "0123456789abcdef0123456789abcdef", "apiUrl": "https://api.example.com/"}


def test_types_are_listed_with_their_fields(cli: Cli) -> None:
    types = {each["id"]: each for each in cli("credentials", "types", "--json").json}
    assert {"apiKey", "basic", "custom", "oauth", "twitter"} <= types.keys()
    fields = {field["key"]: field for field in types["apiKey"]["fields"]}
    assert fields["apiKey"]["secret"] is True
    assert fields["apiUrl"]["secret"] is False
    assert types["custom"]["ownFields"] is True
    assert cli("credentials", "types").out.startswith("apiKey\t")


def test_a_type_that_was_left_out_is_a_warning(cli: Cli) -> None:
    (cli.home / "schemas").mkdir(parents=True)
    (cli.home / "schemas" / "twitter.schema.json").write_text("{}")
    ended = cli("credentials", "types", "--json")
    assert ended.code == 0
    assert "twitter.schema.json was left out" in ended.err


def test_an_empty_list_is_an_empty_list(cli: Cli) -> None:
    assert cli("credentials", "list", "--json").json == []
    ended = cli("credentials", "list")
    assert (ended.code, ended.out, ended.err) == (0, "", "There is nothing to list.\n")


def test_a_credential_is_listed_and_shown_without_its_secrets(cli: Cli) -> None:
    credential_id = cli.add("Weather", FIELDS)
    (listed,) = cli("credentials", "list", "--json").json
    assert listed.keys() >= {"id", "name", "type", "createdAt", "updatedAt", "fields"}
    assert listed["fields"] == {
        "apiKey": {"set": True, "secret": True},
        "apiUrl": {"set": True, "secret": False, "value": "https://api.example.com/"},
    }
    assert (listed["status"], listed["lastUsedAt"]) == ("unused", None)
    assert cli("credentials", "show", "Weather", "--json").json == listed
    shown = re.sub(r"20\d\d-\d\d-\d\d \d\d:\d\d UTC", "(time)", cli("credentials", "show", credential_id).out)
    assert shown.splitlines() == [
        "Name           Weather",
        "Type           API Key (apiKey)",
        f"Id             {credential_id}",
        "Status         Unused.",
        "Last used      never",
        "Field          apiKey: (set, not shown)",
        "Field          apiUrl: https://api.example.com/",
        "Allowed hosts  api.example.com",
        "Created        (time)",
        "Changed        (time)",
    ]
    row = cli("credentials", "list").out.rstrip("\n").split("\t")
    assert row == ["Weather", "apiKey", "Unused", "never", moment(listed["updatedAt"]), credential_id]


def test_a_credential_that_is_not_there_ends_with_4(cli: Cli) -> None:
    ended = cli("credentials", "show", "Nothing", "--json")
    assert (ended.code, ended.error) == (4, "credential.not_found")
    plain = cli("credentials", "show", "Nothing")
    assert plain.err.startswith("Error: There is no credential")
    assert len(plain.err.splitlines()) == 2
