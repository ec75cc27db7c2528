"""Where the Electron app kept its files in its folder. Opens none of them."""

from pathlib import Path

from backend.importers.imported import ImportFailed

VAULT = "credentials.json"
TREES = ".trees"


def files_in(folder: Path) -> list[Path]:
    """The vault, when there is one, then the automations. Raises ImportFailed `import.no_loopi`."""
    vault = folder / VAULT
    found = [vault] if vault.is_file() else []
    found += sorted(each for each in (folder / TREES).glob("tree_*.json") if each.is_file())
    if not found:
        raise ImportFailed(
            "import.no_loopi",
            f"There are no files of the Electron app in {folder}.",
            hint=f"Name its folder: the one that holds {VAULT} or {TREES}.",
        )
    return found
