import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import LoopiError
from engine.steps.tweet_id import parse_tweet_id

ID = "1790000000000000001"


@pytest.mark.parametrize(
    "text",
    [
        ID,
        f"  {ID}\n",
        f"https://x.com/loopi/status/{ID}",
        f"https://twitter.com/loopi/status/{ID}",
        f"https://www.twitter.com/loopi_1/status/{ID}/",
        f"http://mobile.twitter.com/loopi/statuses/{ID}?s=20&t=abc",
        f"https://x.com/i/web/status/{ID}",
        f"https://x.com/i/status/{ID}#top",
        f"https://X.com/Loopi/status/{ID}/photo/1",
        f"x.com/loopi/status/{ID}",
    ],
)
def test_an_id_is_read_out_of_every_address_that_x_gives(text: str) -> None:
    assert parse_tweet_id(text) == ID


def test_an_id_out_of_a_variable_may_be_a_number() -> None:
    assert parse_tweet_id(int(ID)) == ID


@pytest.mark.parametrize(
    "text",
    [
        f"https://x.com.evil.example/loopi/status/{ID}",
        f"https://evilx.com/loopi/status/{ID}",
        f"https://xtwitter.com/loopi/status/{ID}",
        f"https://х.com/loopi/status/{ID}",  # a Cyrillic х
        f"https://ｘ.com/loopi/status/{ID}",  # a full-width x
        f"https://x.com@evil.example/loopi/status/{ID}",
        f"https://user@x.com/loopi/status/{ID}",
        f"https://evil.example/https://x.com/loopi/status/{ID}",
        f"https://evil.example\\x.com/loopi/status/{ID}",
        f"https://x.com:8080/loopi/status/{ID}",
        f"ftp://x.com/loopi/status/{ID}",
        f"javascript:x.com/loopi/status/{ID}",
        f"https://x.com/loopi/status/{ID}/../../1",
        f"https://x.com/loopi/status/{ID}\nhttps://x.com/a/status/2",
        f"https://x.com/loopi/likes/{ID}",
        "https://x.com/loopi/status/١٢٣",
        "١٢٣",
        "12345678901234567890",
        "-1",
        "1.5",
        "",
        None,
        True,
        1.5,
        [ID],
    ],
)
def test_anything_else_is_refused_and_look_alike_hosts_above_all(text: object) -> None:
    with pytest.raises(LoopiError) as caught:
        parse_tweet_id(text, field="replyToTweetId")
    assert caught.value.code == "x.tweet_id"
    assert caught.value.message.startswith("replyToTweetId")


@given(st.text(alphabet="0123456789/:.@xcomstatus٣ \n", max_size=60))
def test_whatever_is_accepted_is_an_id(text: str) -> None:
    try:
        found = parse_tweet_id(text)
    except LoopiError:
        return
    assert re.fullmatch("[0-9]{1,19}", found)
    assert found in text
