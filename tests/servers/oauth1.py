"""Checks OAuth 1.0a HMAC-SHA1 signatures as a service does (RFC 5849), with oauthlib's server side."""

from dataclasses import dataclass, field
from threading import Lock

from oauthlib.oauth1 import SIGNATURE_HMAC_SHA1, RequestValidator, SignatureOnlyEndpoint

from servers.loopback import Seen

TIMESTAMP_LIFETIME_S = 300
_NOBODY = "nobody-has-this-key"


@dataclass(frozen=True, slots=True)
class Account:
    """The four values of a Twitter credential, and the user they belong to."""

    consumer_key: str = "cnsKeyOfTheTestApp0000001"
    consumer_secret: str = "cnsSecret-of+the/test=app~%20&0001"
    token: str = "1000000000000000001-tokenOfTheTestUser"
    token_secret: str = "tokSecret-of+the/test=user~%20&0001"
    user_id: str = "1000000000000000001"
    username: str = "loopi_test"
    name: str = "Loopi & Test"

    @property
    def fields(self) -> dict[str, str]:
        """What a saved credential of type twitter holds."""
        return {
            "apiKey": self.consumer_key,
            "apiSecret": self.consumer_secret,
            "accessToken": self.token,
            "accessSecret": self.token_secret,
        }


@dataclass(slots=True, eq=False)
class _Keys(RequestValidator):
    accounts: tuple[Account, ...]
    _seen: set[tuple[str, str, str, str]] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    enforce_ssl = False
    allowed_signature_methods = (SIGNATURE_HMAC_SHA1,)
    timestamp_lifetime = TIMESTAMP_LIFETIME_S
    dummy_client = _NOBODY

    def check_client_key(self, client_key: str) -> bool:
        return bool(client_key)

    def check_nonce(self, nonce: str) -> bool:
        return bool(nonce)

    def validate_client_key(self, client_key: str, request: object) -> bool:
        return any(each.consumer_key == client_key for each in self.accounts)

    def validate_timestamp_and_nonce(  # noqa: PLR0917 - the signature that oauthlib calls
        self,
        client_key: str,
        timestamp: str,
        nonce: str,
        request: object,
        request_token: str | None = None,
        access_token: str | None = None,
    ) -> bool:
        token = str(getattr(request, "resource_owner_key", ""))
        with self._lock:
            once = (client_key, token, timestamp, nonce)
            is_new = once not in self._seen
            self._seen.add(once)
        return is_new

    def get_client_secret(self, client_key: str, request: object) -> str:
        return next((a.consumer_secret for a in self.accounts if a.consumer_key == client_key), _NOBODY)

    def get_access_token_secret(self, client_key: str, token: str, request: object) -> str:
        found = (a.token_secret for a in self.accounts if (a.consumer_key, a.token) == (client_key, token))
        return next(found, _NOBODY)


class SignatureCheck:
    """Finds the account that signed a request. Refuses replays, old timestamps, other signing methods."""

    def __init__(self, accounts: tuple[Account, ...]) -> None:
        self._accounts = accounts
        self._endpoint = SignatureOnlyEndpoint(_Keys(accounts))

    def account_of(self, seen: Seen, base_url: str) -> Account | None:
        """The signer, or None. The signature must hold for `base_url`, whatever the Host header says."""
        headers = {name.title(): value for name, value in seen.headers}
        if not headers.get("Authorization", "").startswith("OAuth "):
            return None
        try:
            is_valid, request = self._endpoint.validate_request(
                base_url + seen.target,
                http_method=seen.method,
                body=seen.body.decode("latin-1"),
                headers=headers,
            )
        except ValueError:  # oauthlib's answer to a query or body that is not form-encoded
            return None
        if not is_valid:
            return None
        # Without a token oauthlib would check the consumer's secret alone.
        pair = (request.client_key, request.resource_owner_key)
        return next((a for a in self._accounts if (a.consumer_key, a.token) == pair), None)
