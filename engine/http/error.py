"""What can go wrong between a request and its answer. Messages name hosts, never queries."""

from engine.errors import LoopiError


class HttpError(LoopiError):
    """A request got no usable answer. `may_have_happened`: it left, so it may have been carried out."""

    may_have_happened: bool = False


class BlockedByPolicy(HttpError):
    """A request that was not sent, because of where it was going. Its codes begin with `policy.`."""
