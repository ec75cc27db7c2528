"""A key of several lines is kept as it is, and never shown again."""

from playwright.sync_api import expect

from ui.program import Program
from ui.visitor import Visitor

KEY = "-----BEGIN PRIVATE KEY-----\nnot-a-secret-0123456789\n-----END PRIVATE KEY-----\n"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"


def test_a_key_in_pem_keeps_its_lines_and_is_covered(visitor: Visitor, program: Program) -> None:
    page = visitor.open("settings/credentials/new/clientCertificate")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Mine")
    dialog.get_by_label("Certificate", exact=False).first.fill(CERTIFICATE)
    key = dialog.get_by_role("textbox", name="Private key")
    key.fill(KEY)
    assert key.input_value() == KEY
    covering = key.evaluate("each => getComputedStyle(each).webkitTextSecurity")
    dialog.get_by_role("button", name="Show Private key").click()
    shown = key.evaluate("each => getComputedStyle(each).webkitTextSecurity")
    assert (covering, shown) == ("disc", "none")
    dialog.get_by_role("button", name="Add credential").click()
    expect(page.get_by_role("link", name="Edit Mine")).to_be_visible()
    page.get_by_role("link", name="Edit Mine").click()
    again = page.get_by_role("dialog").get_by_role("textbox", name="Private key")
    expect(again).to_have_value("")
    assert "not-a-secret" not in page.content()
