"""A `.env` file: what looks like secrets becomes credentials, one for each service. Pure."""

import re
from io import StringIO

from backend.importers.imported import Imported, ImportFailed
from backend.importers.named_fields import by_service, custom, has_secret, left_out, x_account

MAX_TEXT = 1024 * 1024
# The parser looks for a comment from each blank of a row anew. Only where a row begins: this search does not.
_BLANKS = re.compile(r"(?<![^\S\r\n])[^\S\r\n]{201}")


def import_dotenv(text: str) -> Imported:
    """Raises ImportFailed `import.too_large`, `import.no_secrets`; no message repeats a value."""
    from dotenv.parser import parse_stream

    hint = "A .env file has lines like OPENWEATHER_API_KEY=…"
    if len(text) > MAX_TEXT:
        raise ImportFailed("import.too_large", "The file is larger than 1 MiB.", hint=hint)
    if _BLANKS.search(text):
        raise ImportFailed("import.too_large", "A line of the file has over 200 blanks in a row.", hint=hint)
    # The parser alone fills nothing in from this computer, and logs nothing for a line that it cannot read.
    read = list(parse_stream(StringIO(text)))
    lines = {each.key: each.value for each in read if each.key}
    unread = tuple(
        f"Line {each.original.line} cannot be read, and was left out." for each in read if each.error
    )
    found = {key: value for key, value in lines.items() if value}
    account, left = x_account(found)
    groups = by_service(left)
    made = [custom(name, fields) for name, fields in groups.items() if has_secret(fields)]
    credentials = (*((account,) if account else ()), *made)
    if not credentials:
        raise ImportFailed("import.no_secrets", "Nothing in the file looks like a secret.", hint=hint)
    others = [key for fields in groups.values() if not has_secret(fields) for key in fields]
    return Imported((), credentials, (*left_out(others), *unread))
