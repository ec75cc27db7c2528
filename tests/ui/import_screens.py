"""The screens of what is taken over from other programs."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Page


def importing(page: Page) -> None:
    page.get_by_role("button", name="Import…").click()
    page.get_by_role("dialog", name="Import").get_by_label("From").select_option("Loopi (Electron)")


def importing_from(source: str) -> Callable[[Page], None]:
    """The dialog as it is for this source."""

    def move(page: Page) -> None:
        importing(page)
        page.get_by_label("From").select_option(source)

    return move


def exporting(page: Page) -> None:
    page.get_by_role("button", name="Export a bundle…").click()
    page.get_by_role("checkbox", name="Morning weather").wait_for()


def imported(page: Page) -> None:
    importing(page)
    page.get_by_label("From").select_option("cURL")
    page.get_by_label("Or paste its text").fill("curl https://api.example.com/ -u ada:s3cr3t --frob")
    page.get_by_role("button", name="Import the text").click()
    page.get_by_role("dialog", name="Imported").wait_for()


SCREENS: Mapping[str, tuple[str, Callable[[Page], None]]] = {
    "import": ("automations", importing),
    "import-own": ("automations", importing_from("Loopi")),
    "import-env": ("automations", importing_from(".env")),
    "import-n8n": ("automations", importing_from("n8n")),
    "import-bundle": ("automations", importing_from("Loopi bundle")),
    "bundle-export": ("settings/vault", exporting),
    "import-report": ("automations", imported),
}
