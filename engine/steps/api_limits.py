"""X's limits in an `apiCall`: what Twitter steps have learned holds for it too, and the other way round.

Of other services nothing is known beforehand; their answers say how long a retry has to wait.
"""

from engine.http.message import HttpRequest, HttpResponse
from engine.steps.action import ActionContext
from engine.steps.twitter_limits import family, used_up
from engine.steps.waiting import wait_for

_HOSTS = frozenset({"api.x.com", "api.twitter.com"})


def heed(request: HttpRequest, context: ActionContext) -> None:
    """Wait for a limit that is used up. Raises LoopiError `limit.too_long`, HttpError `http.cancelled`."""
    counted = _counted(request, context)
    limit = context.resources.limits.find(*counted, context.resources.clock.now()) if counted else None
    if limit is None:
        return
    # Nothing is about to happen for now: a crash in the wait must leave no doubt.
    context.withdraw()
    wait_for(limit, context)
    context.intend()


def learn(request: HttpRequest, response: HttpResponse, context: ActionContext) -> None:
    """Keep what X says of its limit in an answer."""
    counted = _counted(request, context)
    if counted is None:
        return
    headers = {name: str(value) for name, value in response.headers.to_json().items()}
    if limit := used_up(headers, context.resources.clock.now()):
        context.resources.limits.learn(*counted, limit)


def _counted(request: HttpRequest, context: ActionContext) -> tuple[str, str] | None:
    """The credential and the kind of request for which X keeps a count; None for any other service."""
    credential, url = context.credential, request.url
    if credential is None or credential.type != "twitter" or not credential.id:
        return None
    path = url.target.partition("?")[0]
    base = context.resources.settings.x_base_url
    if (url.origin + path).startswith(f"{base}/"):
        path = (url.origin + path).removeprefix(base)
    elif url.host not in _HOSTS:
        return None
    return credential.id, family(request.method, path)
