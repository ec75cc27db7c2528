"""Random steps that ask a service: API calls with every kind of credential, and every Twitter step.

The address of the service stands as HOST, that of one that may get no credential as STRANGER.
"""

from typing import Any

from hypothesis import strategies as st

from drive.random_automation import Step
from engine.model import Json

HOST, STRANGER = "HOST", "STRANGER"
PLACES = ("echo", "json", "failed", "busy", "page", "binary", "named", "moved", "away", "dropped", "digest")
WHERE: list[dict[str, Json]] = [
    {"body": {"json": {"deep": ["{{credentials.key}}", "{{credentials.other}}"]}}},
    {"body": {"text": "<{{credentials.other}}>"}},
    {"body": {"form": {"a": "{{credentials.key}}", "b": ["x", "{{credentials.key | base64}}"]}}},
    {"body": {"multipart": [{"name": "a", "value": "{{credentials.key}}"}]}},
    {"body": {"multipart": [{"name": "f", "file": "picture.png", "fileName": "{{a}}.png"}]}},
    {"body": {"file": "picture.png"}},
    {"query": {"k": "{{credentials.key}}"}},
    {"headers": {"X-Key": "{{credentials.key}}", "X-Both": "Bearer {{ credentials.key | base64 }}"}},
    {"headers": {"X-Url": "{{credentials.other | url}}", "Cookie": "k={{credentials.key | url}}"}},
    {"path": "/{{credentials.key}}/x"},
    {"query": {"v": "{{a}}", "w": "{{steps.s0.data | default('') | json}}"}},
    {},
]
ENDS: list[dict[str, Json]] = [
    {},
    {"storeKey": "a"},
    {"storeKey": "b"},
    {"saveResponseTo": "saved.bin", "overwriteFile": True},
    {"pagination": {"kind": "page", "itemsPath": "all", "parameter": "p", "maxPages": 2}},
    {"retry": {"attempts": 2, "delaySeconds": 0}},
    {"okStatuses": ["200-599"]},
]
SIGNING = ("Login", "Digest", "Header", "Client", "Signed", "Amazon")


def _calls(where: list[dict[str, Json]], names: tuple[str, ...]) -> Step:
    return st.builds(
        _call,
        st.tuples(st.sampled_from(["GET", "POST", "PUT"]), st.sampled_from(PLACES), st.sampled_from(names)),
        st.sampled_from(where),
        st.sampled_from(ENDS),
    )


def _call(how: tuple[str, str, str], where: dict[str, Json], end: dict[str, Json]) -> dict[str, Json]:
    method, place, name = how
    rest = {key: value for key, value in where.items() if key != "path"}
    if method == "GET":
        rest.pop("body", None)
    url = f"{HOST}/{place}{where.get('path', '')}"
    return {"type": "apiCall", "method": method, "url": url, "credentialId": name, **rest, **end}


_HOW = {"onError": st.sampled_from(["stop", "continue", "continue"])}
API: Step = st.builds(
    lambda call, how: {**call, **how},
    st.one_of(
        _calls(WHERE, ("Keys",)),
        _calls([{}, {"query": {"a b": "ü&="}}, {"body": {"form": {"x": "{{a}}"}}}], SIGNING),
    ),
    st.fixed_dictionaries(_HOW),
)


def _x(type_id: str, **fields: Any) -> Step:  # noqa: ANN401 - what a step may hold
    given = {
        name: value if isinstance(value, st.SearchStrategy) else st.just(value)
        for name, value in fields.items()
    }
    return st.fixed_dictionaries(
        {"type": st.just(type_id), "credentialId": st.just("X"), **given, **_HOW},
        optional={"storeKey": st.sampled_from(["a", "c"])},
    )


TWEET = st.sampled_from(
    ["1", "{{a}}", "https://x.com/loopi_test/status/1", "{{steps.s0.data.id | default('2')}}"]
)
X: Step = st.one_of(
    _x("twitterCreateTweet", text=st.sampled_from(["Hello {{a}}", "{{uuid}}", "{{c}}"])),
    _x("twitterDeleteTweet", tweetId=TWEET),
    _x("twitterLikeTweet", tweetId=TWEET),
    _x("twitterUnlikeTweet", tweetId=TWEET),
    _x("twitterRetweet", tweetId=TWEET),
    _x("twitterUndoRetweet", tweetId=TWEET),
    _x("twitterSearchTweets", searchQuery="hello", maxResults=10),
    _x("twitterSearchUser", username=st.sampled_from(["loopi_test", "@nobody"])),
    _x("twitterUserTweets", userId="@loopi_test", maxResults=10),
    _x("twitterSendDM", userId="@loopi_test", text="Hi {{a}}"),
    _x("twitterUploadMedia", filePath="picture.png"),
)
_VALUES: list[Json] = ["{{a}}", "{{b | default('')}}", "{{c}}", "{{steps.s1 | default('') | json}}"]
TELLS: Step = st.builds(
    lambda value, how: {
        "type": "apiCall",
        "method": "POST",
        "url": f"{STRANGER}/told",
        "query": {"v": "{{a | json | truncate(200)}}"},
        "body": {"json": {"value": value}},
        **how,
    },
    st.sampled_from(_VALUES),
    st.fixed_dictionaries(_HOW),
)
RUNS: Step = st.just({"type": "runAutomation", "automation": "Inner", "variables": {"a": "{{a}}"}})
