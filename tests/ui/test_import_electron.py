"""What the Electron app of the same name left behind is taken over at once: automations and vault."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from drive.electron_vault import sealed
from ui.form import field
from ui.program import Program
from ui.visitor import Visitor

KEY = "k-of-the-old-app-0001"
OLD_ID = "ab" * 16


def old_files(folder: Path, **password: str) -> list[Path]:
    """Its vault with one credential, and two automations, of which one uses it."""
    times = {"createdAt": "2025-01-01T00:00:00.000Z", "updatedAt": "2025-01-01T00:00:00.000Z"}
    data = {"apiKey": KEY, "apiUrl": "https://api.example.com/"}
    record = {"id": OLD_ID, "name": "Old weather", "type": "apiKey", **times, "data": data}
    call = {
        "type": "apiCall",
        "description": "Ask",
        "url": "https://api.example.com/",
        "credentialId": OLD_ID,
    }
    contents = {
        "credentials.json": sealed(json.dumps([record]).encode(), **password),
        "tree_1.json": tree("1", "Old morning", call),
        "tree_2.json": tree("2", "Old evening", {"type": "navigate", "url": "https://a.example/"}),
    }
    for name, content in contents.items():
        (folder / name).write_text(content, "utf-8")
    return [folder / name for name in contents]


def tree(name: str, title: str, step: dict[str, str]) -> str:
    node = {"id": "n1", "type": "automationStep", "data": {"step": {"id": "n1", **step}}}
    return json.dumps({"id": name, "name": title, "nodes": [node], "edges": []})


def choose(page: Page, files: list[Path]) -> Locator:
    """Begin an import from that app with these files; the dialog."""
    page.get_by_role("button", name="Import…").click()
    dialog = page.get_by_role("dialog", name="Import")
    dialog.get_by_label("From").select_option("Loopi (Electron)")
    give(page, dialog, files)
    return dialog


def give(page: Page, dialog: Locator, files: list[Path]) -> None:
    with page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name="Choose files").click()
    chooser.value.set_files(files)


def check_arrived(page: Page, program: Program) -> None:
    report = page.get_by_role("dialog", name="Imported")
    expect(report.get_by_role("region", name="2 automations")).to_contain_text("Old morning")
    expect(report.get_by_role("region", name="1 credential")).to_contain_text("Old weather")
    expect(report.get_by_role("region", name="To know")).to_contain_text("navigate")
    (entry,) = program.app.credentials.list()
    documents = {document["name"]: document for document in program.app.automations.documents()}
    steps = documents["Old morning"]["steps"]
    assert isinstance(steps, list)
    assert steps[0]["credentialId"] == entry["id"]
    record = program.app.credentials.get(str(entry["id"]))
    value = record.fields["apiKey"]
    assert (value if isinstance(value, str) else value.reveal()) == KEY
    assert KEY not in page.content()


def test_automations_and_their_credentials_arrive_together(
    visitor: Visitor, program: Program, tmp_path: Path
) -> None:
    files = old_files(tmp_path)
    before = [file.read_bytes() for file in files]
    page = visitor.open("automations")
    choose(page, files)
    check_arrived(page, program)
    assert [file.read_bytes() for file in files] == before


@pytest.mark.parametrize("first", ["", "not-the-key"])
def test_a_key_of_its_own_is_asked_for_and_until_then_nothing_arrives(
    visitor: Visitor, program: Program, tmp_path: Path, first: str
) -> None:
    files = old_files(tmp_path, password="a key from the environment")
    page = visitor.open("automations")
    dialog = page.get_by_role("dialog", name="Import")
    page.get_by_role("button", name="Import…").click()
    dialog.get_by_label("From").select_option("Loopi (Electron)")
    key = field(dialog, "Its encryption key")
    key.fill(first)
    give(page, dialog, files)
    expect(key).to_have_attribute("aria-invalid", "true")
    assert not program.app.credentials.list()
    assert not program.app.automations.entries()
    key.fill("a key from the environment")
    give(page, dialog, files)
    check_arrived(page, program)
