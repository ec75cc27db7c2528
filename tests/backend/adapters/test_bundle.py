import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from backend.adapters import bundle
from backend.adapters.bundle_error import BundleError
from backend.adapters.bundle_export import Wanted
from backend.adapters.imports import SavedImport
from backend.app import App, open_app
from backend.credentials.records import Owner
from backend.store.document import steps_of
from backend.store.errors import StoreError
from canary import traces
from engine.model import Json
from engine.secrets import Secret

PASSPHRASE = "four words in a row"
SECRET = "s3cr3t-of-the-bundle"
ALL = Wanted(everything=True)


def app_in(folder: Path) -> App:
    return open_app({"LOOPI_HOME": str(folder), "LOOPI_VAULT_KEY": "5a" * 32})


@pytest.fixture
def home(tmp_path: Path) -> App:
    """One credential by id, one by name, one private to its step; one automation that runs the other."""
    app = app_in(tmp_path / "home")
    key = {"key": Secret(SECRET)}
    by_id = app.credentials.add("custom", "By id", key, allowed_hosts=["a.example"]).entry["id"]
    app.credentials.add("custom", "By name", key)
    app.credentials.add("custom", "Unused", key)
    own = app.credentials.add("custom", "Own", key, owner=Owner("inner", "private")).entry["id"]
    steps: list[dict[str, Json]] = [call("by-id", str(by_id)), call("by-name", "By name")]
    inner = [{"id": "if", "type": "if", "then": [call("private", str(own))]}]
    save(app, "outer", [*steps, {"id": "run", "type": "runAutomation", "automation": "Inner"}])
    save(app, "inner", inner)
    return app


def call(step_id: str, reference: str) -> dict[str, Json]:
    return {"id": step_id, "type": "apiCall", "url": "https://a.example/", "credentialId": reference}


def save(app: App, automation_id: str, steps: object) -> None:
    base = {"format": "loopi-automation/1", "id": automation_id, "name": automation_id.title()}
    app.automations.save(json.loads(json.dumps({**base, "steps": steps})))


def moved(home: App, to: App, wanted: Wanted) -> SavedImport:
    return to.bundles.take(home.bundles.seal(wanted, PASSPHRASE).content, PASSPHRASE)


def credentials_of(app: App, automation: str) -> Mapping[str, str]:
    """The secret that each step of the automation finds by its reference."""
    found = {}
    for step in bundle_steps(app.automations.get(automation)):
        if "credentialId" in step:
            record = app.credentials.get(str(step["credentialId"]))
            value = record.fields["key"]
            found[str(step["id"])] = str(value == Secret(SECRET))
    return found


def bundle_steps(document: Mapping[str, Json]) -> list[dict[str, Json]]:
    return list(steps_of(document))


def test_an_automation_brings_all_it_needs_to_another_machine(home: App, tmp_path: Path) -> None:
    there = app_in(tmp_path / "there")
    saved = moved(home, there, Wanted(automations=("Outer",)))
    assert [each.name for each in there.automations.entries()] == ["Inner", "Outer"]
    assert sorted(name for _, name in saved.credentials) == ["By id", "By name"]
    assert credentials_of(there, "Outer") == {"by-id": "True", "by-name": "True"}
    assert credentials_of(there, "Inner") == {"private": "True"}
    assert there.credentials.get("By id").allowed_hosts == ("a.example",)
    (own,) = there.credentials.owned("inner")
    assert own.owner == Owner("inner", "private")
    assert saved.notes == ()


def test_what_is_there_already_stays_and_the_newcomer_gets_a_number(home: App) -> None:
    before = home.credentials.get("By id").id
    saved = moved(home, home, ALL)
    names = sorted(name for _, name in saved.credentials)
    assert names == ["By id 2", "By name 2", "Unused 2"]
    assert home.credentials.get("By id").id == before
    assert sorted(each.name for each in home.automations.entries()) == [
        "Inner",
        "Inner (2)",
        "Outer",
        "Outer (2)",
    ]
    copy = home.automations.get("Outer (2)")
    step = {str(each["id"]): each for each in bundle_steps(copy)}
    assert step["by-id"]["credentialId"] == home.credentials.get("By id 2").id
    assert step["by-name"]["credentialId"] == home.credentials.get("By name 2").id
    assert step["run"]["automation"] == home.automations.find("Inner (2)").id


def test_one_credential_alone_can_go(home: App, tmp_path: Path) -> None:
    there = app_in(tmp_path / "there")
    saved = moved(home, there, Wanted(credentials=("Unused",)))
    assert (saved.automations, [name for _, name in saved.credentials]) == ((), ["Unused"])


def code(raising: Callable[[], object]) -> str:
    with pytest.raises(BundleError) as caught:
        raising()
    assert SECRET not in caught.value.message + caught.value.hint
    return caught.value.code


def test_what_cannot_be_opened_changes_nothing(home: App, tmp_path: Path) -> None:
    there = app_in(tmp_path / "there")
    sealed = home.bundles.seal(ALL, PASSPHRASE).content
    assert code(lambda: there.bundles.take(sealed, "another passphrase")) == "bundle.wrong_passphrase"
    assert code(lambda: there.bundles.take(sealed[:-1], PASSPHRASE)) == "bundle.damaged"
    assert code(lambda: there.bundles.take(b"PK" + sealed, PASSPHRASE)) == "bundle.not_a_bundle"
    assert code(lambda: there.bundles.take(home.vault.copy(), PASSPHRASE)) == "bundle.not_a_bundle"
    assert (there.automations.entries(), there.vault.read().credentials) == ([], ())


def test_a_passphrase_that_can_be_guessed_is_refused(home: App) -> None:
    assert code(lambda: home.bundles.seal(ALL, "short")) == "bundle.weak_passphrase"


def test_nothing_is_no_bundle(tmp_path: Path) -> None:
    assert code(lambda: app_in(tmp_path).bundles.seal(ALL, PASSPHRASE)) == "bundle.empty"


def test_when_an_automation_cannot_be_written_no_credential_stays(
    home: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = app_in(tmp_path / "there")
    sealed = home.bundles.seal(ALL, PASSPHRASE).content
    there.places.automations.rmdir()
    there.places.automations.write_text("in the way")
    with pytest.raises(StoreError):
        there.bundles.take(sealed, PASSPHRASE)
    assert there.vault.read().credentials == ()


def test_no_file_holds_a_secret_in_the_clear(home: App, tmp_path: Path) -> None:
    there = app_in(tmp_path / "there")
    bundle.write(tmp_path / "b.loopi", home.bundles.seal(ALL, PASSPHRASE).content)
    there.bundles.take(bundle.read(tmp_path / "b.loopi"), PASSPHRASE)
    for file in (each for each in tmp_path.rglob("*") if each.is_file()):
        content = file.read_bytes()
        assert not [form for form in (*traces(SECRET), *traces(PASSPHRASE)) if form in content], file


def test_a_file_is_written_for_its_owner_and_over_no_other(tmp_path: Path) -> None:
    file = tmp_path / "b.loopi"
    bundle.write(file, b"one")
    assert code(lambda: bundle.write(file, b"two")) == "bundle.exists"
    assert (bundle.read(file), file.stat().st_mode & 0o777) == (b"one", 0o600)
    assert list(tmp_path.iterdir()) == [file]
    assert code(lambda: bundle.write(tmp_path / "none" / "b", b"x")) == "bundle.unwritable"
    assert code(lambda: bundle.read(tmp_path / "absent")) == "bundle.unreadable"


WRITER = """
import sys
from pathlib import Path
from backend.adapters import bundle
content = b"x" * 4_000_000
print("ready", flush=True)
for number in range(10_000):
    bundle.write(Path(sys.argv[1]) / f"{number}.loopi", content)
    print(number, flush=True)
"""


def test_an_export_that_is_killed_leaves_a_whole_file_or_none(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    for after in (1, 2, 4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(root)},
        )
        assert writer.stdout is not None
        for _ in range(after):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        sizes = {each.stat().st_size for each in tmp_path.glob("*.loopi")}
        assert sizes <= {4_000_000}
        for each in tmp_path.iterdir():
            each.unlink()
