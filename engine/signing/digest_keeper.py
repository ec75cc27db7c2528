"""The challenge that one credential answers during a run: learnt from a 401, answered from then on."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from engine.http.message import HttpRequest, HttpResponse
from engine.signing.digest import Challenge, Login, Turn, answer, challenge_in


@dataclass(slots=True)
class DigestKeeper:
    """Counts each use of a nonce; shared by the threads of a run. A challenge is for its own origin only."""

    login: Login
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _challenge: Challenge | None = None
    _origin: str = ""
    _count: int = 0

    def sign(self, request: HttpRequest) -> HttpRequest:
        """The request with the answer; as it is, as long as nobody there has asked."""
        with self._lock:
            challenge = self._challenge
            if challenge is None or request.url.origin != self._origin:
                return request
            self._count += 1
            turn = Turn(self._count, secrets.token_hex(16))
        return request.with_header("Authorization", answer(challenge, self.login, request, turn))

    def prepare(self, _is_cancelled: Callable[[], bool]) -> str:
        """The nonce that the next request will answer, "" for none yet."""
        return self._challenge.nonce if self._challenge is not None else ""

    def renew(self, prepared: str, response: HttpResponse) -> bool:
        """Take the challenge of a 401. False when asking again is of no use: the answer was refused."""
        found = challenge_in(response.headers)
        if found is None:
            return False
        with self._lock:
            if found.nonce == prepared and self._origin == response.url.origin:
                return False
            self._challenge, self._origin, self._count = found, response.url.origin, 0
        return True
