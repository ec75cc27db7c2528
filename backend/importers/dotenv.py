"""A `.env` file: what looks like secrets becomes credentials, one for each service. Pure."""

from io import StringIO

from backend.importers.imported import Imported, ImportFailed
from backend.importers.named_fields import by_service, custom, has_secret, left_out, x_account

MAX_TEXT = 1024 * 1024


def import_dotenv(text: str) -> Imported:
    """Raises ImportFailed `import.too_large`, `import.no_secrets`; no message repeats a value."""
    from dotenv import dotenv_values

    hint = "A .env file has lines like OPENWEATHER_API_KEY=…"
    if len(text) > MAX_TEXT:
        raise ImportFailed("import.too_large", "The file is larger than 1 MiB.", hint=hint)
    # Nothing is filled in from this computer's own environment.
    found = {
        key: value for key, value in dotenv_values(stream=StringIO(text), interpolate=False).items() if value
    }
    account, left = x_account(found)
    groups = by_service(left)
    made = [custom(name, fields) for name, fields in groups.items() if has_secret(fields)]
    credentials = (*((account,) if account else ()), *made)
    if not credentials:
        raise ImportFailed("import.no_secrets", "Nothing in the file looks like a secret.", hint=hint)
    others = [key for fields in groups.values() if not has_secret(fields) for key in fields]
    return Imported((), credentials, left_out(others))
