"""The refusals of X's API v2, ready-made: status, body, headers. Shapes from X's OpenAPI document."""

from typing import NamedTuple

from servers.x_state import Json

_OLD = "https://api.twitter.com/2/problems/"
_NEW = "https://api.x.com/2/problems/"  # X sends both


class Problem(NamedTuple):
    """Unpacks into `server.fail_next(*problem)`."""

    status: int
    body: Json
    headers: dict[str, str] = {}  # noqa: RUF012 - a NamedTuple's default, never changed


def problem(status: int, title: str, detail: str, **more: Json) -> Problem:
    """A problem document of X's shape; `type` is about:blank unless given."""
    body: dict[str, Json] = {
        "title": title,
        "type": "about:blank",
        "status": status,
        "detail": detail,
        **more,
    }
    return Problem(status, body)


def not_found(parameter: str, value: str, kind: str) -> Json:
    """One entry of `errors` in an answer of status 200."""
    return {
        "value": value,
        "detail": f"Could not find {kind} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "type": _OLD + "resource-not-found",
    }


def invalid(message: str, **parameters: list[str]) -> Problem:
    """400 as X words it: the reason stands in `errors[].message`."""
    errors: Json = [{"parameters": dict(parameters), "message": message}]
    detail = "One or more parameters to your request was invalid."
    return problem(400, "Invalid Request", detail, type=_OLD + "invalid-request", errors=errors)


def too_many(reset: int, *, window: str = "", limit: int = 100) -> Problem:
    """429. `window`: empty (15 minutes), `app-limit-24hour`, `user-limit-24hour`; `reset` in Unix seconds."""
    prefix = f"x-{window}" if window else "x-rate-limit"
    headers = {f"{prefix}-limit": str(limit), f"{prefix}-remaining": "0", f"{prefix}-reset": str(reset)}
    return problem(429, "Too Many Requests", "Too Many Requests")._replace(headers=headers)


UNAUTHORIZED = problem(401, "Unauthorized", "Unauthorized")
UNAUTHORIZED_V1 = Problem(401, {"errors": [{"code": 89, "message": "Invalid or expired token."}]})
CREDITS_DEPLETED = problem(
    402,
    "CreditsDepleted",
    "Your enrolled account [1] does not have any credits to fulfill this request.",
    type=_NEW + "credits",
    account_id="1",
)
DUPLICATE = problem(403, "Forbidden", "You are not allowed to create a Tweet with duplicate content.")
NO_WRITE_PERMISSION = problem(
    403,
    "Forbidden",
    "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.",
    type=_OLD + "oauth1-permissions",
)
NOT_ENROLLED = problem(
    403,
    "Client Forbidden",
    "When authenticating requests to the Twitter API v2 endpoints, you must use keys and tokens "
    "from a developer App that is attached to a Project. You can create a project via the developer portal.",
    type=_NEW + "client-forbidden",
    reason="client-not-enrolled",
    registration_url="https://developer.twitter.com/en/docs/projects/overview",
    client_id="1",
    required_enrollment="Appropriate Level of API Access",
)
WRONG_AUTHENTICATION = problem(
    403,
    "Unsupported Authentication",
    "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.",
    type=_OLD + "unsupported-authentication",
)
REPLY_NOT_ALLOWED = problem(
    403,
    "Forbidden",
    "Reply to this conversation is not allowed because you have not "
    "been mentioned or otherwise engaged by the author.",
)
ENTERPRISE_ONLY = problem(403, "Forbidden", "This endpoint is only available to Enterprise customers.")
ERRORS_DETAIL = Problem(
    403,
    {
        "errors": [
            {"title": "Forbidden", "type": "about:blank", "detail": "You cannot send messages to this user."}
        ]
    },
)
SUSPENDED_V1 = Problem(
    403, {"errors": [{"code": 64, "message": "Your account is suspended and is not permitted to do this."}]}
)
CONFLICT = problem(
    409, "Conflict", "You cannot create a new job if one is already in progress.", type=_OLD + "conflict"
)
TOO_LARGE = problem(413, "Payload Too Large", "The request is too large.")
UNPROCESSABLE = problem(422, "Unprocessable Entity", "The poll needs at least two options.")
USAGE_CAP = problem(
    429,
    "UsageCapExceeded",
    "Usage cap exceeded: Monthly product cap",
    type=_OLD + "usage-capped",
    period="Monthly",
    scope="Product",
    account_id="1",
)
UNAVAILABLE = problem(503, "Service Unavailable", "Service Unavailable")
HTML = Problem(
    503,
    "<!DOCTYPE html><html><body>Over capacity</body></html>",
    {"Content-Type": "text/html; charset=utf-8"},
)
