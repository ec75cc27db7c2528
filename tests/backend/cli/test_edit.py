"""`loopi credentials add|edit|rename|delete|restore` in scripts; test_prompt.py has the terminal."""

import json
from pathlib import Path

from servers.command_line import Cli

FIELDS = {"apiKey": "0123456789abcdef0123456789abcdef", "apiUrl": "https://api.example.com/"}


def test_fields_come_from_a_file_and_hosts_from_options(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "fields.json"
    file.write_text(json.dumps(FIELDS))
    options = ("--allow-host", "api.example.com", "--allow-host", "*.example.org")
    ended = cli(
        "credentials", "add", "--type", "apiKey", "--name", "A", "--file", str(file), "--json", *options
    )
    assert ended.code == 0
    assert ended.json["allowedHosts"] == ["api.example.com", "*.example.org"]


def test_own_fields_are_secret_unless_they_say_otherwise(cli: Cli) -> None:
    cli.add("Own", {"token": FIELDS["apiKey"], "tenant": {"value": "t-1", "secret": False}}, type_id="custom")
    assert cli("credentials", "show", "Own", "--json").json["fields"] == {
        "token": {"set": True, "secret": True},
        "tenant": {"set": True, "secret": False, "value": "t-1"},
    }


def test_fields_that_do_not_fit_are_named_and_not_repeated(cli: Cli) -> None:
    cli.secrets.append("sk-wrong-place")
    ended = cli(
        *("credentials", "add", "--type", "apiKey", "--name", "A", "--stdin", "--json"),
        stdin='{"nothing": "sk-wrong-place", "apiUrl": "sk-wrong-place"}',
    )
    assert (ended.code, ended.error) == (2, "credential.invalid")
    assert {"nothing", "apiKey"} <= ended.json["error"]["fields"].keys()


def test_without_a_terminal_and_without_fields_the_way_out_is_told(cli: Cli) -> None:
    ended = cli("credentials", "add", "--type", "apiKey", "--name", "A", "--json")
    assert (ended.code, ended.error) == (2, "usage.no_terminal")
    assert "--stdin" in ended.json["error"]["hint"]


def test_an_edit_keeps_sets_and_clears(cli: Cli) -> None:
    cli.add("A", FIELDS)
    change = {"apiKey": {"op": "keep"}, "apiUrl": {"op": "set", "value": "https://new.example.com/"}}
    edited = cli("credentials", "edit", "A", "--stdin", "--json", stdin=json.dumps(change)).json
    assert edited["fields"]["apiKey"]["set"] is True
    assert edited["fields"]["apiUrl"]["value"] == "https://new.example.com/"
    cleared = cli("credentials", "edit", "A", "--clear", "apiUrl", "--allow-host", "h.example", "--json").json
    assert cleared["fields"]["apiUrl"]["set"] is False
    assert cleared["allowedHosts"] == ["h.example"]
    assert cli("credentials", "edit", "A", "--reset-hosts", "--json").json["allowedHosts"] == []


def test_a_new_name_must_be_free(cli: Cli) -> None:
    cli.add("A", FIELDS)
    cli.add("B", FIELDS)
    assert cli("credentials", "rename", "A", "B", "--json").error == "credential.name_taken"
    assert cli("credentials", "rename", "A", "C", "--json").json["name"] == "C"


def test_deleting_needs_a_yes_and_names_the_steps_that_lose_it(cli: Cli) -> None:
    cli.add("A", FIELDS)
    step = {"id": "ask", "type": "apiCall", "method": "GET", "url": "https://api.example.com/"}
    cli("automations", "import", cli.file("morning", {**step, "credentialId": "A"}))
    unasked = cli("credentials", "delete", "A")
    assert unasked.code == 2
    assert "Used by Morning, step ask." in unasked.err
    assert "--yes" in unasked.err
    assert cli("credentials", "delete", "A", "--yes").code == 0
    assert cli("credentials", "list", "--json").json == []


def test_what_was_deleted_can_be_restored_by_name(cli: Cli) -> None:
    credential_id = cli.add("A", FIELDS)
    cli("credentials", "delete", "A", "--yes")
    (trashed,) = cli("credentials", "list", "--trash", "--json").json
    assert trashed["id"] == credential_id
    assert cli("credentials", "restore", "A", "--name", "B", "--json").json["name"] == "B"
    assert cli("credentials", "restore", "A", "--json").code == 4


def test_the_vault_on_disk_holds_no_name_and_no_secret(cli: Cli) -> None:
    cli.add("Distinctive", FIELDS)
    content = (cli.home / "credentials.json.enc").read_bytes()
    assert b"Distinctive" not in content
    assert FIELDS["apiKey"].encode() not in content
