"""Direct messages: `twitterSendDM`."""

from typing import TYPE_CHECKING

from engine.effects import StepResult
from engine.steps.action import ActionContext
from engine.steps.twitter import result, x_step
from engine.steps.twitter_params import Params, invalid, media_ids, text
from engine.steps.twitter_price import of_message
from engine.steps.twitter_user import id_of, user_of

if TYPE_CHECKING:
    from engine.steps.twitter_client import XClient

MESSAGE_LIMIT = 10_000


def send_message(params: Params, context: ActionContext) -> StepResult:
    """Leaves `data`: `{"dm_conversation_id", "dm_event_id"}`. A name is looked up first, once in a run."""
    user, written = user_of(params, "userId"), text(params, "text")
    media = media_ids(params, most=1)
    if not (written.strip() or media):
        raise invalid("text must not be empty, unless the message has media.")
    if len(written) > MESSAGE_LIMIT:
        raise invalid(f"text has {len(written)} characters, and X takes {MESSAGE_LIMIT} in a message.")
    found = _recipient(context, user)
    if isinstance(found, StepResult):
        return found
    fields = {"participant_id": found, "text": written or None, "media_id": media[0] if media else None}
    return result(
        context, lambda client: client.create_direct_message(user_auth=True, **fields), is_once=True
    )


def _recipient(context: ActionContext, user: tuple[str, bool]) -> str | StepResult:
    """The id of who gets it, or how the look-up failed: X charges for each, so a name is asked for once."""
    known = context.resources.sessions
    place = f"x-user:{user[0].lower()}"
    kept = user[0] if user[1] else known.get(place)
    if isinstance(kept, str):
        return kept

    def look_up(client: "XClient") -> dict[str, str]:
        return {"data": id_of(client, user)}

    answer = result(context, look_up)
    if answer.failure is not None:
        return answer
    known[place] = str(answer.output["data"])
    return str(answer.output["data"])


SEND_DM = x_step("twitterSendDM", send_message, "once", price=of_message)
