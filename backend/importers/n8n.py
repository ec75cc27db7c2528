"""n8n's export of its credentials, in the clear: each becomes one of ours. Pure."""

from collections.abc import Mapping

from backend.importers.document import entries, text_of
from backend.importers.imported import Imported, ImportFailed, NewCredential
from backend.importers.named_fields import custom, host_of
from engine.secrets import Secret

_HINT = "Make the file with: n8n export:credentials --all --decrypted --output=FILE"
_OAUTH1 = (
    "oauth1",
    {
        "consumerKey": "consumerKey",
        "consumerSecret": "consumerSecret",
        "accessToken": "accessToken",
        "accessSecret": "accessSecret",
    },
)
# What it keeps as the service sent it (RFC 5849).
_TOKENS = {"oauth_token": "accessToken", "oauth_token_secret": "accessSecret"}
# Its type: ours, and which of its fields is which of ours.
_TYPES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "httpBasicAuth": ("basic", {"user": "username", "password": "password"}),
    "httpDigestAuth": ("digest", {"user": "username", "password": "password"}),
    "oAuth1Api": _OAUTH1,
    "twitterOAuth1Api": _OAUTH1,
}


def import_n8n(text: str) -> Imported:
    """Raises ImportFailed `import.no_n8n`, `import.encrypted`."""
    found = entries(text, code="import.no_n8n", message="This is no export of n8n's credentials.", hint=_HINT)
    if any(isinstance(each.get("data"), str) for each in found):
        raise ImportFailed("import.encrypted", "The credentials in this file are encrypted.", hint=_HINT)
    made = tuple(_credential(each) for each in found if isinstance(each.get("data"), dict))
    if not made:
        raise ImportFailed("import.no_n8n", "There are no credentials in this file.", hint=_HINT)
    return Imported((), made)


def _credential(entry: Mapping[str, object]) -> NewCredential:
    name, kind = text_of(entry.get("name")) or "n8n", text_of(entry.get("type"))
    data = entry["data"]
    fields = _plain(data) if isinstance(data, dict) else {}
    ours, keys = _TYPES.get(kind, ("", {}))
    if ours and all(fields.get(key) for key in keys):
        hosts = tuple(dict.fromkeys(host for value in fields.values() if (host := host_of(value))))
        named = {mine: Secret(fields[key]) for key, mine in keys.items()}
        return NewCredential(name, ours, named, hosts, text_of(entry.get("id")) or name)
    return custom(name, fields)


def _plain(data: Mapping[str, object]) -> dict[str, str]:
    """The texts and numbers of a credential; the tokens of OAuth lie one level deeper."""
    tokens = data.get("oauthTokenData")
    inner = tokens if isinstance(tokens, dict) else {}
    return {
        _TOKENS.get(str(key), str(key)): str(value)
        for key, value in {**inner, **data}.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""
    }
