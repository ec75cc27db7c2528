"""X's API v2 on loopback, for tests: checks every signature itself, answers in X's shapes."""

import json
import re
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from servers import x_problems as problems
from servers.loopback import Headers, LoopbackServer, Reply, Seen, headers_of
from servers.oauth1 import Account, SignatureCheck
from servers.x_media import MEDIA_ROUTES
from servers.x_routes import ROUTES, Call
from servers.x_state import Json, XState

__all__ = ["Account", "XServer"]

WINDOW_S = 900


@dataclass(frozen=True, slots=True)
class _Script:
    """What happens to the next request: a reply of its own, or the real one held or lost."""

    reply: Reply | None = None
    gate: threading.Event | None = None
    is_lost: bool = False


@dataclass(slots=True)
class _Window:
    """How many requests of a kind were made before `reset` (Unix seconds)."""

    reset: int
    used: int = 0


@dataclass(slots=True)
class XServer(LoopbackServer):
    """`with XServer(accounts=(account,)) as x: …`; the base URL is `x.url`, the paths begin with `/2/`.

    `limit` stands in for X's own number of requests in 15 minutes, of every kind. `state.now` tells the time.
    Each scripted failure below meets one request, in the order given; the signature is checked before.
    """

    accounts: tuple[Account, ...] = (Account(),)
    state: XState = field(default_factory=XState)
    signature_failures: int = 0
    _script: deque[_Script] = field(default_factory=deque)
    limit: int | None = None
    _windows: dict[str, _Window] = field(default_factory=dict)
    _check: SignatureCheck = field(init=False)

    def __post_init__(self) -> None:
        self._check = SignatureCheck(self.accounts)
        for account in self.accounts:
            self.state.add_user(account.username, account.name, account.user_id)

    def fail_next(self, status: int, body: "Json | bytes", headers: Mapping[str, str] | None = None) -> None:
        """Answer the next request so, without carrying it out. `x_problems` has the usual ones ready."""
        self.answer_next(_json_reply(status, body, headers_of(headers)))

    def answer_next(self, reply: Reply) -> None:
        """Answer the next request with any reply, without carrying it out."""
        self._script.append(_Script(reply=reply))

    def drop_next(self) -> None:
        """Close the next request's connection before anything is carried out."""
        self.answer_next(Reply(is_dropped=True))

    def lose_next_answer(self) -> None:
        """Carry the next request out, then close the connection without an answer."""
        self._script.append(_Script(is_lost=True))

    def hold_next(self) -> threading.Event:
        """Carry the next request out, and answer when the returned event is set."""
        gate = self.gate()
        self._script.append(_Script(gate=gate))
        return gate

    def handle(self, seen: Seen) -> Reply:
        account = self._check.account_of(seen, self.url)
        if account is None:
            self.signature_failures += 1
            return _reply_of(problems.UNAUTHORIZED, self._limits("refused", 100) or ())
        script = self._script.popleft() if self._script else _Script()
        if script.reply is not None:
            return script.reply
        reply = self._carry_out(seen, account)
        return replace(reply, is_dropped=script.is_lost, gate=script.gate)

    def _carry_out(self, seen: Seen, account: Account) -> Reply:
        for method, pattern, limit, act in (*ROUTES, *MEDIA_ROUTES):
            found = re.fullmatch(pattern, seen.path)
            if method != seen.method or found is None:
                continue
            limits = self._limits(f"{account.user_id} {method} {pattern}", self.limit or limit)
            if limits is None:
                window = self._windows[f"{account.user_id} {method} {pattern}"]
                return _reply_of(problems.too_many(window.reset))
            answer = act(Call(self.state, account.user_id, seen, found.groupdict()))
            if isinstance(answer, problems.Problem):
                return _reply_of(answer, limits)
            is_created = method == "POST" and pattern.endswith(("/tweets", "/messages"))
            return _json_reply(201 if is_created else 200, answer, limits)
        return _reply_of(problems.problem(404, "Not Found", "Not Found"), self._limits("unknown", 100) or ())

    def _limits(self, what: str, limit: int) -> Headers | None:
        """The headers that tell what is left in this window, or None when nothing is."""
        now = self.state.now()
        window = self._windows.get(what)
        if window is None or window.reset <= now:
            window = self._windows[what] = _Window(int(now) + WINDOW_S)
        if window.used >= limit:
            return None
        window.used += 1
        return (
            ("x-rate-limit-limit", str(limit)),
            ("x-rate-limit-remaining", str(limit - window.used)),
            ("x-rate-limit-reset", str(window.reset)),
        )


def _reply_of(problem: problems.Problem, headers: Headers = ()) -> Reply:
    kind = ("Content-Type", "application/problem+json")
    return _json_reply(problem.status, problem.body, (kind, *headers, *headers_of(problem.headers)))


def _json_reply(status: int, body: "Json | bytes", headers: Headers) -> Reply:
    text = body if isinstance(body, (str, bytes)) else "" if body is None else json.dumps(body)
    data = text.encode() if isinstance(text, str) else text
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers = (("Content-Type", "application/json; charset=utf-8"), *headers)
    return Reply(status, data, headers)
