"""The table of X's refusals: which answer means what, under which code, and what helps. Pure."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Fits a status from `first` to `last` with, where given, one of `kinds`, `numbers` or `phrases`.

    `kinds` are last segments of problem types, or titles; `numbers` codes of version 1.1; all in lower case.
    """

    first: int
    last: int
    code: str
    message: str
    hint: str
    kinds: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()
    phrases: tuple[str, ...] = ()
    retryable: bool = False

    def fits(self, status: int, kinds: AbstractSet[str], numbers: AbstractSet[int], words: str) -> bool:
        """Whether this rule explains the answer."""
        if not self.first <= status <= self.last:
            return False
        if not (self.kinds or self.numbers or self.phrases):
            return True
        return bool(
            self.kinds & kinds or self.numbers & numbers or any(each in words for each in self.phrases)
        )


_PORTAL = "X's developer portal (developer.x.com)"

RULES: tuple[Rule, ...] = (
    Rule(
        200,
        299,
        "x.forbidden.resource",
        "X does not show this to the account.",
        "It is protected, suspended, or has blocked the account.",
        kinds=frozenset({"not-authorized-for-resource", "forbidden"}),
    ),
    Rule(
        200,
        299,
        "x.not_found",
        "X does not know what was asked for.",
        "Check the name or the id; it may be misspelt, renamed, deleted or suspended.",
        kinds=frozenset({"resource-not-found", "resource-unavailable", "not found error"}),
    ),
    Rule(200, 299, "x.refused", "X did not do what was asked.", "See X's own words."),
    Rule(
        300,
        399,
        "x.redirected",
        "X sent the request elsewhere, and it was not followed, since it is signed with a credential.",
        "Check the X address in the settings; a proxy or a sign-in page of the network may stand in between.",
    ),
    Rule(
        400,
        403,
        "x.too_long",
        "The text is too long for X.",
        "X counts 280 at most: a URL 23, an emoji or CJK sign 2. Only premium accounts may post more.",
        numbers=frozenset({186}),
        phrases=("text is too long", "tweet needs to be a bit shorter"),
    ),
    Rule(
        400,
        400,
        "x.invalid_request",
        "X does not accept a value in this step.",
        "Correct the field that X names.",
    ),
    Rule(
        401,
        401,
        "x.unauthorized",
        "X did not accept the credential.",
        f"Compare its four keys with those in {_PORTAL}, or make new ones there and save them here. "
        "The clock of this computer must be right within five minutes.",
    ),
    Rule(
        402,
        402,
        "x.no_credits",
        "The X account of the app has no credits left.",
        f"Add credits in {_PORTAL}, under Billing. Waiting does not help.",
    ),
    Rule(
        403,
        403,
        "x.forbidden.no_write_permission",
        "The app may not do this for the account.",
        f"In {_PORTAL}, set the app's permissions to Read and write and Direct message, then make a new "
        "access token: a token keeps the permissions it was made with.",
        kinds=frozenset({"oauth1-permissions"}),
        phrases=("oauth1 app permissions", "read-only application"),
    ),
    Rule(
        403,
        403,
        "x.forbidden.duplicate",
        "The account has posted this text already.",
        "X refuses the same text twice. Change it, for example with a time or a number.",
        numbers=frozenset({187}),
        phrases=("duplicate content", "status is a duplicate"),
    ),
    Rule(
        403,
        403,
        "x.forbidden.reply",
        "X does not allow this reply.",
        "By API, X allows replies only to tweets whose author mentioned the account.",
        numbers=frozenset({385, 433}),
        phrases=("reply to this conversation is not allowed", "have not been mentioned"),
    ),
    Rule(
        403,
        403,
        "x.forbidden.tweet_gone",
        "The tweet this one refers to is not there, or not visible to the account.",
        "Check its id.",
        phrases=("deleted or not visible",),
    ),
    Rule(
        403,
        403,
        "x.forbidden.not_enrolled",
        "The app belongs to no project with access to this.",
        f"In {_PORTAL}, put the app into a project, and use that app's keys.",
        kinds=frozenset({"client-forbidden", "client-not-enrolled", "official-client-forbidden"}),
        numbers=frozenset({453}),
    ),
    Rule(
        403,
        403,
        "x.forbidden.wrong_authentication",
        "X does not accept this kind of key here.",
        "The credential needs all four keys: API key and secret, access token and secret of the account.",
        kinds=frozenset({"unsupported-authentication"}),
    ),
    Rule(
        403,
        403,
        "x.forbidden.plan",
        "X allows this to enterprise customers only.",
        "Leave the step out, or ask X for enterprise access.",
        phrases=("enterprise",),
    ),
    Rule(
        403,
        403,
        "x.forbidden.suspended",
        "X has suspended or locked the account or the app.",
        "Sign in at x.com with the account and follow what it says there.",
        numbers=frozenset({63, 64, 326, 416}),
        phrases=("suspended", "temporarily locked"),
    ),
    Rule(
        403,
        403,
        "x.forbidden",
        "X does not allow this.",
        f"See X's own words, and the app's permissions in {_PORTAL}.",
    ),
    Rule(
        404,
        404,
        "x.not_found",
        "X does not know what was asked for.",
        "Check the name or the id; it may be misspelt, renamed or deleted.",
    ),
    Rule(
        409,
        409,
        "x.conflict",
        "X says that this collides with something in progress.",
        "Wait a minute, look at the account, and run the step again if need be.",
    ),
    Rule(
        413, 413, "x.too_large", "The request is too large for X.", "Shorten the text or use smaller media."
    ),
    Rule(
        422,
        422,
        "x.unprocessable",
        "X cannot carry this out as it is.",
        "Correct what X names, and try again.",
    ),
    Rule(
        429,
        429,
        "x.usage_cap",
        "The app has used up what its plan allows.",
        f"See the usage and the plan in {_PORTAL}. Waiting some minutes does not help.",
        kinds=frozenset({"usage-capped", "usagecapexceeded"}),
        phrases=("usage cap exceeded", "monthly product cap"),
    ),
    Rule(
        429,
        429,
        "x.rate_limited",
        "X takes no more requests of this kind for now.",
        "Run it again later, or give the step retries: they wait until then.",
        retryable=True,
    ),
    Rule(
        500,
        599,
        "x.unavailable",
        "X has a problem of its own.",
        "Try again in some minutes.",
        retryable=True,
    ),
    Rule(0, 999, "x.unexpected_answer", "X gave an answer that is not known here.", "Try again later."),
)
