import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.redact import Redactor, derived_forms
from engine.secrets import BULLETS

# Bullets in a secret would be found in every redacted text; such a value is refused when it is saved.
SIGNS = st.characters(exclude_characters="•", exclude_categories=["Cs"])
SECRETS = st.lists(st.text(SIGNS, min_size=6, max_size=24), min_size=1, max_size=4)
WRITERS: list[Callable[[str], str]] = [
    str,
    json.dumps,
    repr,
    html.escape,
    quote,
    quote_plus,
    lambda text: quote(quote_plus(text)),
    lambda text: json.dumps(json.dumps(text)),
    lambda text: text.encode().hex(),
    lambda text: base64.b64encode(text.encode()).decode(),
]


@settings(max_examples=60, deadline=None)
@given(st.data(), SECRETS)
def test_no_form_of_any_secret_is_left_in_any_text(data: st.DataObject, secrets: list[str]) -> None:
    pieces = st.text(SIGNS, max_size=8) | st.builds(
        lambda write, secret: write(secret), st.sampled_from(WRITERS), st.sampled_from(secrets)
    )
    shown = Redactor(secrets).text("".join(data.draw(st.lists(pieces, max_size=8))))
    forms = frozenset().union(*map(derived_forms, secrets))
    assert not [form for form in forms if form in shown]


@settings(max_examples=60, deadline=None)
@given(st.text(SIGNS, max_size=60), SECRETS)
def test_a_text_without_a_match_stays_as_it_is(text: str, secrets: list[str]) -> None:
    forms = frozenset().union(*map(derived_forms, secrets))
    shown = Redactor(secrets).text(text)
    assert (shown == text) is not any(form in text for form in forms)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=20), st.text(SIGNS, min_size=6, max_size=20), st.binary(max_size=20))
def test_base64_of_a_secret_among_other_bytes_never_shows_it(
    before: bytes, secret: str, after: bytes
) -> None:
    data = secret.encode()
    start, end = len(before), len(before) + len(data)
    encoded = base64.b64encode(before + data + after).decode()
    # The characters of which at least one bit comes from the secret.
    touched = encoded[start * 8 // 6 : -(-end * 8 // 6)]
    shown = Redactor([secret]).text(encoded)
    assert touched not in shown
    assert shown.count(BULLETS) >= 1
    assert len(shown.partition(BULLETS)[0]) <= start * 8 // 6


@settings(max_examples=60, deadline=None)
@given(SECRETS, st.text(SIGNS, max_size=30))
def test_redacting_twice_changes_nothing_more(secrets: list[str], text: str) -> None:
    redactor = Redactor(secrets)
    once = redactor.text(f"{text}{secrets[0]}{text}")
    assert redactor.text(once) == once
