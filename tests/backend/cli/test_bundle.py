"""`loopi bundle`: out of one home, into another."""

import json
from pathlib import Path

from canary import traces
from servers.command_line import API_KEY, Cli

PASSPHRASE = "four words in a row"
STEP = {"id": "s", "type": "apiCall", "method": "GET", "url": "https://h.example/", "credentialId": "K"}
STDIN = "--bundle-passphrase-stdin"


def exported(cli: Cli, *options: str) -> str:
    cli.secrets.append(PASSPHRASE)
    cli.add("K", {"apiKey": API_KEY, "apiUrl": "https://h.example"})
    cli("automations", "import", cli.file("weather", STEP))
    file = str(cli.home.parent / "moving.loopi")
    done = cli("bundle", "export", file, *(options or ("--all",)), STDIN, "--json", stdin=PASSPHRASE)
    assert done.json == {"file": file, "automations": 1, "credentials": 1}
    return file


def test_an_automation_and_its_credential_go_to_another_home(cli: Cli, tmp_path: Path) -> None:
    file = exported(cli, "--automation", "Weather")
    there = Cli(tmp_path / "there")
    done = there("bundle", "import", file, STDIN, stdin=f"{PASSPHRASE}\n")
    assert done.out.splitlines() == ["Saved the credential “K”.", "Imported “Weather” (weather)."]
    (entry,) = there("credentials", "list", "--json").json
    (step,) = there("automations", "show", "Weather", "--json").json["steps"]
    assert step["credentialId"] == entry["id"]
    assert there("check", "Weather").code == 0
    assert not [form for form in traces(API_KEY) if form in Path(file).read_bytes()]


def test_a_wrong_passphrase_and_a_changed_file_are_refused_with_their_codes(cli: Cli) -> None:
    file = exported(cli)
    wrong = cli("bundle", "import", file, STDIN, "--json", stdin="another passphrase")
    assert (wrong.code, wrong.error) == (3, "bundle.wrong_passphrase")
    Path(file).write_bytes(Path(file).read_bytes()[:-1])
    broken = cli("bundle", "import", file, STDIN, "--json", stdin=PASSPHRASE)
    assert (broken.code, broken.error) == (2, "bundle.damaged")
    assert len(cli("credentials", "list", "--json").json) == 1


def test_the_passphrase_is_asked_for_where_somebody_sits(cli: Cli) -> None:
    done = cli("bundle", "export", "x.loopi", "--all", "--json")
    assert (done.code, done.error) == (2, "usage.no_terminal")
    assert STDIN in json.dumps(done.json)


def test_no_file_is_written_over(cli: Cli) -> None:
    file = exported(cli)
    again = cli("bundle", "export", file, "--all", STDIN, "--json", stdin=PASSPHRASE)
    assert (again.code, again.error) == (2, "bundle.exists")


def test_both_passphrases_come_in_their_order(cli: Cli) -> None:
    file = exported(cli)
    locked = {"LOOPI_VAULT_KEY": None}
    cli("vault", "passphrase", "set", "--new-stdin", stdin="that of the vault")
    both = f"that of the vault\n{PASSPHRASE}\n"
    done = cli("--passphrase-stdin", "bundle", "import", file, STDIN, "--json", stdin=both, environ=locked)
    assert [each["name"] for each in done.json["credentials"]] == ["K 2"]
