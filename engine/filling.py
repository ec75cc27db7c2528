"""Fills the holes that were left for a credential: the only place where a secret enters a request."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import cast

from engine.errors import LoopiError
from engine.ports import Credential
from engine.secrets import BULLETS, Secret
from engine.steps.action import Action
from engine.template import CREDENTIALS
from engine.template.errors import TemplateError
from engine.template.operators import text
from engine.template.render import Slot, encoded, fill

_AUTHORITY = re.compile(r"[^/?#]*[/\\]*[^/?#\\]*")
_WHOLE_BASE = re.compile(r"https?://[^/?#\\@]+[/?#].*", re.IGNORECASE | re.DOTALL)
Params = Mapping[str, object]


def filled(
    params: Params, credential: Credential | None, action: Action, *, learn: Callable[[str], None]
) -> tuple[Params, Params]:
    """Params with the credential's values, and the same with every secret as bullets.

    `learn` is told each text that an expression made of a secret: an answer may echo it, and two encodings,
    one upon the other, are no form that the redactor knows by itself.

    Raises LoopiError `credential.missing`, `template.secret_host`, or UnknownName for a field that the
    credential does not have.
    """
    if credential is None:
        raise LoopiError(
            "credential.missing",
            "The step uses {{credentials.…}} and names no credential: nothing was sent.",
            hint="Choose a credential in the step.",
        )
    real, shown = cast("tuple[Params, Params]", fill(params, lambda slot: _value(slot, credential, learn)))
    for name in action.url_fields:
        _check_host(str(shown.get(name, "")))
    return real, shown


def _value(slot: Slot, credential: Credential, learn: Callable[[str], None]) -> tuple[str, str]:
    fields = _Fields(credential)
    computed = slot.expression.compute({**slot.values, CREDENTIALS: fields}.__getitem__)
    value = encoded(computed, slot.place)
    if not fields.has_revealed:
        return value, value
    if not slot.expression.is_plain:
        learn(text(computed))
    is_base = slot.expression.is_plain and _WHOLE_BASE.fullmatch(value)
    if slot.place == "authority" or (slot.place == "base" and not is_base):
        raise _secret_host()
    return value, BULLETS


def _check_host(shown_url: str) -> None:
    """No part of a secret may become part of the host, where DNS, proxies and messages would see it."""
    begins = _AUTHORITY.match(shown_url)
    if begins is not None and not shown_url.startswith(BULLETS) and BULLETS in begins[0]:
        raise _secret_host()


def _secret_host() -> TemplateError:
    return TemplateError(
        "template.secret_host",
        "A secret stands where the host of the URL belongs: nothing was sent.",
        hint="Write the host out. A secret that is a whole URL, as a webhook is, stands at the very start "
        "and reaches to a / after its host.",
    )


class _Fields(Mapping[str, str]):
    """A credential's fields as an expression sees them; remembers whether it looked at a secret."""

    def __init__(self, credential: Credential) -> None:
        self._fields = credential.fields
        self.has_revealed = False

    def __getitem__(self, name: str) -> str:
        value = self._fields[name]
        if isinstance(value, Secret):
            self.has_revealed = True
            return value.reveal()
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)
