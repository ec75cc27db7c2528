"""Canaries of awkward shapes, in forms that are computed here from the standard library alone."""

import base64
from itertools import product
from urllib.parse import quote, quote_plus

import pytest

from canary import CANARIES, base64_texts, text_forms
from engine.redact import MIN_SEARCHED, WITHHELD, Redactor, derived_forms
from engine.secrets import BULLETS

AROUND = [("", ""), ("x", "y"), ("key=", "&next=1"), ('{"a": "', '"}'), ("\n", "\n"), ("é🙂 ", " é🙂")]


def decoded(text: str) -> bytes:
    """All that is still to be read from base64 with bullets in it: each piece, in each alignment."""
    pieces = text.translate(str.maketrans("-_", "+/")).replace("=", "").split(BULLETS)
    found = b""
    for piece, skipped in product(pieces, range(4)):
        usable = piece[skipped:]
        usable = usable[: len(usable) // 4 * 4]
        found += b" " + base64.b64decode(usable)
    return found


@pytest.mark.parametrize("secret", CANARIES.values(), ids=CANARIES.keys())
def test_every_written_form_of_a_secret_becomes_bullets_wherever_it_stands(secret: str) -> None:
    redactor = Redactor([secret])
    for form, (before, after) in product(text_forms(secret), AROUND):
        shown = redactor.text(before + form + after)
        assert BULLETS in shown, form
        assert not [each for each in derived_forms(secret) if each in shown], form


@pytest.mark.parametrize("secret", CANARIES.values(), ids=CANARIES.keys())
def test_nothing_but_the_secret_is_taken_out_of_a_text(secret: str) -> None:
    redactor = Redactor([secret])
    for before, after in AROUND:
        assert redactor.text(before + secret + after) == before + BULLETS + after


@pytest.mark.parametrize("secret", CANARIES.values(), ids=CANARIES.keys())
def test_base64_around_a_secret_gives_away_none_of_its_bytes_in_any_alignment(secret: str) -> None:
    redactor = Redactor([secret])
    data = secret.encode("utf-8", "surrogatepass")
    triples = {data[at : at + 3] for at in range(len(data) - 2)}
    for text in base64_texts(secret):
        left = decoded(redactor.text(text))
        assert not [triple for triple in triples if triple in left], text


@pytest.mark.parametrize("secret", CANARIES.values(), ids=CANARIES.keys())
def test_each_canary_is_found_at_every_offset_of_a_longer_text(secret: str) -> None:
    redactor = Redactor([secret])
    for offset in range(40):
        text = "." * offset + secret + "." * (40 - offset)
        assert redactor.text(text) == "." * offset + BULLETS + "." * (40 - offset)


@pytest.mark.parametrize("line", ["first line of it", "second line", "third line of it"])
def test_each_line_of_a_secret_is_a_secret_in_all_forms(line: str) -> None:
    redactor = Redactor([CANARIES["lines"]])
    assert redactor.text(f"> {line} <") == f"> {BULLETS} <"
    assert redactor.text(quote(line)) == BULLETS
    assert redactor.text(line.encode().hex()) == BULLETS


def test_a_secret_is_found_without_the_blanks_around_it() -> None:
    assert Redactor(["  token-1234\n"]).text("token-1234!") == f"{BULLETS}!"


def test_both_unicode_spellings_of_a_secret_are_found() -> None:
    assert Redactor(["clé-sécrète"]).text("cle\u0301-se\u0301cre\u0300te") == BULLETS
    assert Redactor(["cle\u0301-se\u0301cre\u0300te"]).text("clé-sécrète") == BULLETS


@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_a_pair_is_masked_as_basic_authentication_writes_it(charset: str) -> None:
    redactor = Redactor(pairs=[("josé", "päss wörd")])
    header = base64.b64encode("josé:päss wörd".encode(charset)).decode()
    assert redactor.text(f"Authorization: Basic {header.rstrip('=')}") == f"Authorization: Basic {BULLETS}"
    assert redactor.text("https://josé:päss wörd@host/") == f"https://{BULLETS}@host/"


def test_a_pair_of_an_oauth_client_is_masked_although_it_is_escaped_before_it_is_encoded() -> None:
    header = base64.b64encode(f"{quote_plus('my id')}:{quote_plus('a/b+c d')}".encode()).decode()
    assert Redactor(pairs=[("my id", "a/b+c d")]).text(header.rstrip("=")) == BULLETS


def test_secrets_that_overlap_leave_nothing_between_them() -> None:
    redactor = Redactor(["alphabeta", "betagamma", "phabet", "gammadelta"])
    assert redactor.text("<alphabetagammadelta>") == f"<{BULLETS}>"
    assert redactor.text("<alphabeta> <phabet>") == f"<{BULLETS}> <{BULLETS}>"


def test_a_secret_inside_a_longer_one_does_not_uncover_the_rest() -> None:
    assert Redactor(["middle", "left-middle-right"]).text("left-middle-right") == BULLETS


@pytest.mark.parametrize("secret", ["", "a", "ab", "12345"])
def test_a_secret_too_short_to_search_for_leaves_texts_alone(secret: str) -> None:
    assert len(secret) < MIN_SEARCHED
    assert Redactor([secret]).text("a 12345 abc") == "a 12345 abc"


def test_a_token_learned_during_a_run_is_masked_from_then_on() -> None:
    redactor = Redactor(["first-secret"])
    redactor.add("later-token")
    assert redactor.text("first-secret later-token") == f"{BULLETS} {BULLETS}"


def test_a_text_with_lone_surrogates_is_searched_too() -> None:
    assert Redactor(["s3cr3tCanary"]).text("\udcff s3cr3tCanary \ud800") == f"\udcff {BULLETS} \ud800"


def test_what_cannot_be_searched_is_withheld() -> None:
    assert Redactor(["s3cr3tCanary"]).text(b"s3cr3tCanary") == WITHHELD  # type: ignore[arg-type]
