"""A Postman environment: its values become one credential with fields of the same names. Pure."""

from backend.importers.document import listed, objects, text_of
from backend.importers.imported import Imported
from backend.importers.named_fields import custom


def import_postman(text: str) -> Imported:
    """Raises ImportFailed `import.no_postman`. What is switched off or empty is not taken."""
    document = objects(
        text,
        code="import.no_postman",
        message="This is no environment of Postman.",
        hint="In Postman, open the environment, choose … and Export. Its file has name and values.",
        needs="values",
    )
    values = listed(document.get("values"))
    fields = {
        text_of(each.get("key")): text_of(each.get("value"))
        for each in values
        if each.get("enabled") is not False and each.get("key") and each.get("value")
    }
    empty = [text_of(each.get("key")) for each in values if each.get("key") and not each.get("value")]
    notes = (f"Without a value in the file, so not taken: {', '.join(sorted(empty)[:20])}.",) if empty else ()
    name = text_of(document.get("name")) or "Postman"
    return Imported((), (custom(name, fields),) if fields else (), notes)
