import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.steps.tweet_length import weighted_length, without_placeholders

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


# The first six texts are from twitter-text's conformance suite, counted with the weights of configuration v3.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This is a test.", 15),
        ("http://test.com", 23),
        ("test.com", 23),
        ("Test https://test.com test https://test.com test.com test", 86),
        ("저찀쯿쿿", 8),
        (f"H\U0001f431☺{FAMILY}", 7),
        ("", 0),
        ("\U00010000\U0010ffff", 4),
        ("café", 4),
        ("cafe\u0301", 4),
        ("“quoted” – it's", 15),
        ("…", 2),
        ("日本語", 6),
        ("ｗｉｄｅ", 8),
    ],
)
def test_a_text_counts_as_twitter_text_counts_it(text: str, expected: int) -> None:
    assert weighted_length(text) == expected


@pytest.mark.parametrize(
    "emoji",
    [
        "😀",
        "❤️",
        "👍🏽",
        "👩🏽\u200d💻",
        FAMILY,
        "🇩🇪",
        "1️⃣",
        "#⃣",
        "©️",
        "©",
        "®",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)
def test_an_emoji_counts_two_however_it_is_put_together(emoji: str) -> None:
    assert weighted_length(emoji) == 2
    assert weighted_length(f"a{emoji}{emoji}b") == 6


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "HTTP://EXAMPLE.COM/" + "a" * 200,
        "https://example.com:8080/a/b?c=d&e=f#g",
        "https://en.wikipedia.org/wiki/Tweet_(disambiguation)",
        "https://münchen.de/straße",
        "https://t.co/abc",
        "example.org",
        "t.co",
        "foo.co.jp",
        "example.de/path",
        "www.example.de",
        "www.münchen.de",
        "café.com",
        "münchen.de",
        "is.it",
        "example.ninja",
        "a_b.example.photography/x",
        "https://日本語.jp",
        "example.みんな",
        "xn--wgv71a119e.xn--q9jyb4c",
        "example.travelersinsurance",
    ],
)
def test_a_url_counts_23_whatever_its_length(url: str) -> None:
    assert weighted_length(url) == 23
    assert weighted_length(f"see {url} now") == 31


@pytest.mark.parametrize(
    "text", ["name@example.com", "1.5", "e.g", "done.Then", "x_y.com", "_a.com", "@a.com", "version 2.10.3"]
)
def test_what_only_looks_like_a_url_counts_its_letters(text: str) -> None:
    assert weighted_length(text) == len(text)


def test_a_url_ends_where_twitter_text_ends_it() -> None:
    assert weighted_length("example.com?q=1") == 23 + 4
    assert weighted_length("example.com:80") == 23 + 3
    assert weighted_length("example.com:80/a?q=1") == 23
    assert weighted_length("https://example.com?q=1") == 23
    assert weighted_length("example.com/a日本") == 23 + 4


def test_a_url_may_touch_letters_of_another_script() -> None:
    assert weighted_length("日本example.com中国語") == 4 + 23 + 6
    assert weighted_length("https://example.com中国語") == 23 + 6


def test_a_host_that_ends_in_no_top_level_domain_counts_its_letters() -> None:
    assert weighted_length("https://localhost.test/a") == 24


def test_a_full_stop_after_a_url_is_not_part_of_it() -> None:
    assert weighted_length("https://example.com/a.") == 24
    assert weighted_length("(https://example.com/a)") == 25


@given(st.text(max_size=200))
def test_no_text_without_a_url_counts_more_than_two_a_sign(text: str) -> None:
    plain = text.replace(".", "")
    assert weighted_length(plain) <= 2 * len(plain)


@pytest.mark.parametrize(
    "text", ["a" * 25_000, "a." * 12_500, "https://" + "a-" * 12_000, "https://a.de/" + "(" * 24_000]
)
def test_counting_a_premium_text_stays_linear(text: str) -> None:
    assert weighted_length(text) >= 23


@pytest.mark.parametrize(
    ("template", "known"), [("a{{b}}c", "ac"), ("a", "a"), ("a{{b", "a{{b"), ("{{a}}{{b}} {{", " {{")]
)
def test_what_is_known_of_a_template_is_all_but_its_placeholders(template: str, known: str) -> None:
    assert without_placeholders(template) == known
