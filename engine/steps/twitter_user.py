"""Accounts on X: how a step names one, and `twitterSearchUser`."""

import re
from typing import TYPE_CHECKING

from engine.effects import StepResult
from engine.errors import LoopiError
from engine.steps.action import ActionContext
from engine.steps.twitter import result, x_step
from engine.steps.twitter_params import Params, invalid, text
from engine.steps.twitter_price import READ_USER, flat
from engine.template.unsent import NOT_SENT, Unsent

if TYPE_CHECKING:
    from engine.steps.twitter_client import XClient

USER_FIELDS = (
    "created_at",
    "description",
    "location",
    "profile_image_url",
    "protected",
    "public_metrics",
    "url",
    "verified",
    "verified_type",
)
_USERNAME = re.compile(r"@?([A-Za-z0-9_]{1,15})", re.ASCII)
_USER_ID = re.compile(r"[0-9]{1,19}", re.ASCII)


def search_user(params: Params, context: ActionContext) -> StepResult:
    """Leaves `data`: the user's id, name, username and USER_FIELDS."""
    name = username(params, "username")
    return result(
        context, lambda client: client.get_user(username=name, user_fields=list(USER_FIELDS), user_auth=True)
    )


def username(params: Params, field: str) -> str:
    """A name without its @. Raises LoopiError `x.invalid_field`."""
    found = _USERNAME.fullmatch(text(params, field).strip())
    if found is None:
        raise invalid(
            f"{field} is not a name on X.",
            "Give 1 to 15 letters, digits or _, with or without @ before them.",
        )
    return found[1]


def user_of(params: Params, field: str) -> tuple[str, bool]:
    """An account as a step names it: its id or its name, and whether it is the id.

    Digits alone are an id; a name of digits needs its @.
    """
    value = params.get(field)
    if isinstance(value, Unsent):
        return value, True
    written = text(params, field).strip()
    return (written, True) if _USER_ID.fullmatch(written) else (username(params, field), False)


def id_of(client: "XClient", user: tuple[str, bool]) -> str:
    """The id of an account; X is asked only for a name. Raises XError, for one that is unknown too.

    In a run that sends nothing it is words, so that what is done with it is told as well.
    """
    written, is_id = user
    if is_id:
        return written
    try:
        return _asked_id(client, written)
    except LoopiError as error:
        if error.code != NOT_SENT:
            raise
        return Unsent(f"id-of-{written}")


def _asked_id(client: "XClient", written: str) -> str:
    data = client.get_user(username=written, user_auth=True).get("data")
    found = data.get("id") if isinstance(data, dict) else None
    if not isinstance(found, str) or not _USER_ID.fullmatch(found):
        raise LoopiError("x.unexpected_answer", "X's answer does not tell the id of the account.")
    return found


SEARCH_USER = x_step("twitterSearchUser", search_user, price=lambda _params: flat(READ_USER))
