"""`loopi vault`: status, inspect, passphrase, backup."""

import hashlib
from pathlib import Path

import pytest

from servers.command_line import API_KEY, Cli

NO_KEY = {"LOOPI_VAULT_KEY": None}
FIRST, SECOND = "correct horse battery", "staple correct horse"


def tree(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_status_tells_where_the_vault_is_and_what_opens_it(cli: Cli) -> None:
    assert cli("vault", "status", "--json").json["exists"] is False
    cli.add("A", {"apiKey": API_KEY})
    status = cli("vault", "status", "--json", environ={"LOOPI_VAULT_KEY": "00" * 32})
    assert status.code == 0
    assert status.json["exists"] is True
    assert [slot["type"] for slot in status.json["slots"]] == ["keyfile"]
    plain = cli("vault", "status").out
    assert str(cli.home / "credentials.json.enc") in plain
    assert "Opened by    LOOPI_VAULT_KEY" in plain


def test_inspecting_counts_and_writes_nothing(cli: Cli, tmp_path: Path) -> None:
    cli.add("A", {"apiKey": API_KEY})
    elsewhere = tmp_path / "copy" / "vault.bin"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes((cli.home / "credentials.json.enc").read_bytes())
    before = tree(tmp_path)
    found = cli("vault", "inspect", str(elsewhere), "--json").json
    (slot,) = found.pop("slots")
    assert found == {"ok": True, "schema": 1, "generation": 1, "credentials": 1}
    assert slot.keys() == {"type", "kid", "iter"}
    assert cli("vault", "inspect", str(elsewhere)).out == "1 credential(s), schema 1, generation 1\n"
    assert tree(tmp_path).items() >= before.items()
    assert [path.name for path in elsewhere.parent.iterdir()] == ["vault.bin"]


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "vault.truncated"), (b'{"credentials": []}' * 30, "vault.not_a_vault")]
)
def test_a_file_that_is_no_vault_ends_with_7(cli: Cli, tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "file").write_bytes(content)
    ended = cli("vault", "inspect", str(tmp_path / "file"), "--json")
    assert (ended.code, ended.error) == (7, code)


def test_inspecting_with_the_wrong_key_ends_with_3(cli: Cli) -> None:
    cli.add("A", {"apiKey": API_KEY})
    vault = str(cli.home / "credentials.json.enc")
    ended = cli("vault", "inspect", vault, "--json", environ={"LOOPI_VAULT_KEY": "00" * 32})
    assert (ended.code, ended.error) == (3, "vault.wrong_key")


def test_a_passphrase_is_set_used_changed_and_removed(cli: Cli) -> None:
    cli.secrets += [FIRST, SECOND]
    cli.add("A", {"apiKey": API_KEY})
    by_key = cli("vault", "passphrase", "set", "--new-stdin", stdin=FIRST + "\n")
    assert by_key.code == 0, by_key
    again = cli("vault", "passphrase", "set", "--new-stdin", "--json", stdin=FIRST)
    assert (again.code, again.error) == (2, "usage.passphrase_is_set")

    opened = cli("--passphrase-stdin", "credentials", "list", stdin=f"{FIRST}\n", environ=NO_KEY)
    assert opened.out.startswith("A\t")
    locked = cli("credentials", "list", "--json", environ=NO_KEY)
    assert (locked.code, locked.error) == (3, "vault.locked")
    wrong = cli("--passphrase-stdin", "credentials", "list", "--json", stdin="guess\n", environ=NO_KEY)
    assert (wrong.code, wrong.error) == (3, "vault.wrong_key")

    change = ("--passphrase-stdin", "vault", "passphrase", "change", "--new-stdin")
    assert cli(*change, stdin=f"{FIRST}\n{SECOND}\n", environ=NO_KEY).code == 0
    named = {**NO_KEY, "LOOPI_VAULT_PASSPHRASE": SECOND}
    assert cli("credentials", "list", environ=named).code == 0
    assert cli("vault", "passphrase", "remove", environ=named).code == 0
    assert cli("vault", "passphrase", "remove", "--json").error == "usage.no_passphrase_set"


def test_a_passphrase_comes_before_the_fields_on_standard_input(cli: Cli) -> None:
    cli.secrets.append(FIRST)
    named = {**NO_KEY, "LOOPI_VAULT_PASSPHRASE": FIRST}
    cli(
        "credentials",
        "add",
        "--type",
        "apiKey",
        "--name",
        "A",
        "--stdin",
        stdin=f'{{"apiKey": "{API_KEY}"}}',
        environ=named,
    )
    ended = cli(
        *("--passphrase-stdin", "credentials", "add", "--type", "apiKey", "--name", "B", "--stdin"),
        stdin=f'{FIRST}\n{{"apiKey": "{API_KEY}"}}',
        environ=NO_KEY,
    )
    assert ended.code == 0, ended
    assert len(cli("credentials", "list", "--json", environ=named).json) == 2


def test_the_backup_is_restored_and_the_damaged_file_kept(cli: Cli) -> None:
    cli.add("A", {"apiKey": API_KEY})
    cli.add("B", {"apiKey": API_KEY})
    vault = cli.home / "credentials.json.enc"
    vault.write_bytes(b"damaged")
    assert cli("credentials", "list", "--json").code == 7
    assert cli("vault", "restore").code == 2
    restored = cli("vault", "restore", "--yes", "--json").json
    assert restored == {"ok": True, "credentials": 1}
    assert [path.read_bytes() for path in cli.home.glob("*.corrupt-*")] == [b"damaged"]


def test_a_vault_nobody_can_open_is_set_aside(cli: Cli) -> None:
    assert "There is no vault to set aside." in cli("vault", "start-anew").out
    cli.add("A", {"apiKey": API_KEY})
    assert cli("vault", "start-anew", "--yes").code == 0
    assert cli("credentials", "list", "--json").json == []
    assert len(list(cli.home.glob("*.corrupt-*"))) == 1
