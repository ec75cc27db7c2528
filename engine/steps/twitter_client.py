"""Opens tweepy's client with a credential. Slow to import (tweepy): steps import it when they act."""

import logging
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Protocol, TypeAlias, cast

from tweepy import Client, OAuth1UserHandler

from engine.errors import LoopiError
from engine.model import Json
from engine.ports import Credential
from engine.secrets import Secret
from engine.steps.action import ActionContext
from engine.steps.twitter_session import Session, XError
from engine.steps.twitter_wire import Answer

__all__ = ["XClient", "XError", "open_client", "post_form"]

# At DEBUG they print tokens and signatures.
for _name in ("oauthlib", "requests_oauthlib", "tweepy"):
    logging.getLogger(_name).setLevel(logging.WARNING)

_KEYS = {
    "apiKey": "API Key",
    "apiSecret": "API Key Secret",
    "accessToken": "Access Token",
    "accessSecret": "Access Token Secret",
}


Answered: TypeAlias = Mapping[str, Json]
Fields: TypeAlias = Mapping[str, str]


class XClient(Protocol):
    """The calls of tweepy that steps use. Each returns X's whole answer, or raises XError, HttpError."""

    def create_tweet(self, *, user_auth: bool, **fields: object) -> Answered: ...
    def delete_tweet(self, id: str, *, user_auth: bool) -> Answered: ...  # noqa: A002 - tweepy's name
    def like(self, tweet_id: str, *, user_auth: bool) -> Answered: ...
    def unlike(self, tweet_id: str, *, user_auth: bool) -> Answered: ...
    def retweet(self, tweet_id: str, *, user_auth: bool) -> Answered: ...
    def unretweet(self, source_tweet_id: str, *, user_auth: bool) -> Answered: ...
    def create_direct_message(self, *, user_auth: bool, **fields: object) -> Answered: ...
    def get_me(self, *, user_auth: bool) -> Answered: ...
    def get_user(self, *, user_auth: bool, **fields: object) -> Answered: ...
    def get_users_tweets(self, id: str, *, user_auth: bool, **fields: object) -> Answered: ...  # noqa: A002
    def request(
        self, method: str, route: str, *, user_auth: bool, params: Fields | None = None, json: Json = None
    ) -> Answer: ...
    def search_recent_tweets(self, query: str, *, user_auth: bool, **fields: object) -> Answered: ...


def open_client(context: ActionContext, *, is_once: bool) -> XClient:
    """A client that signs with the step's credential and sends over the run's connections.

    `is_once`: a lost answer leaves open what happened. Raises LoopiError `credential.missing`,
    `credential.incomplete`.
    """
    credential = context.credential
    if credential is None:
        raise LoopiError("credential.missing", "The step has no credential: nothing was sent.")
    client = copy(_client_of(credential, context.resources.sessions))
    client.session = Session(context, credential, is_once)
    return client  # type: ignore[no-any-return]  # tweepy has no types


def post_form(client: XClient, path: str, fields: Fields, media: bytes) -> Answered:
    """Send a file with some fields, signed as all else is; tweepy has no call for it."""
    tweepy_client = cast("Client", client)
    signer = OAuth1UserHandler(
        tweepy_client.consumer_key,
        tweepy_client.consumer_secret,
        tweepy_client.access_token,
        tweepy_client.access_token_secret,
    )
    answer: Answer = tweepy_client.session.request(
        "POST", path, data=fields, files={"media": ("media", media)}, auth=signer.apply_auth()
    )
    return answer.json()


def _client_of(credential: Credential, sessions: dict[str, object]) -> Client:
    """The client that the steps of a credential are copied from: a new one makes a session of its own."""
    # By identity, with the credential kept beside it: keys written into steps have no id.
    place = f"x:{id(credential)}"
    kept = sessions.get(place)
    if isinstance(kept, _Kept):
        return kept.client
    api_key, api_secret, token, token_secret = _keys(credential)
    client = Client(
        consumer_key=api_key,
        consumer_secret=api_secret,
        access_token=token,
        access_token_secret=token_secret,
        return_type=dict,
    )
    sessions[place] = _Kept(credential, client)
    return client


@dataclass(frozen=True, slots=True, repr=False)
class _Kept:
    credential: Credential
    client: Client


def _keys(credential: Credential) -> list[str]:
    values = [credential.fields.get(name, "") for name in _KEYS]
    plain = [value.reveal() if isinstance(value, Secret) else value for value in values]
    unusable = [title for title, value in zip(_KEYS.values(), plain, strict=True) if not _is_usable(value)]
    if unusable:
        raise LoopiError(
            "credential.incomplete",
            f"The credential “{credential.name}” lacks, or has unreadable: {', '.join(unusable)}.",
            hint="Copy them from X's developer portal into the credential.",
        )
    return plain


def _is_usable(value: str) -> bool:
    return bool(value) and value.isascii() and value.isprintable()
