import hmac
from base64 import b64encode

import pytest

from drive.templates import lookup
from engine.effects import StepResult
from engine.errors import LoopiError
from engine.filling import Params, filled
from engine.ports import Credential
from engine.secrets import BULLETS, Secret
from engine.steps.action import Action
from engine.template.errors import UnknownName
from engine.template.render import render_tree, render_url

ACTION = Action("x", lambda _params, _context: StepResult("ok"), lambda _params: "read", url_fields=("url",))
FIELDS: dict[str, Secret | str] = {
    "apiUrl": "https://api.example.com/v1/",
    "bare": "https://api.example.com",
    "user": "Ada",
    "apiKey": Secret("s3cret/Key"),
    "webhook": Secret("https://hooks.example.com/services/T0/x"),
    "short": Secret("https://hooks.example.com"),
}
CREDENTIAL = Credential("c", "Mine", "custom", FIELDS)


def unheard(_made: str) -> None:
    """Most of these tests do not look at what is learned."""


def both(**fields: object) -> tuple[Params, Params]:
    params = {
        name: render_url(str(value), lookup()) if name == "url" else render_tree(value, lookup())
        for name, value in fields.items()
    }
    return filled(params, CREDENTIAL, ACTION, learn=unheard)


def test_a_secret_enters_the_request_and_shows_as_bullets() -> None:
    real, shown = both(
        url="{{credentials.apiUrl}}w?k={{credentials.apiKey}}&r={{credentials.apiKey | raw}}",
        headers={"Authorization": ["Key {{credentials.apiKey}}", "{{credentials.user}}"]},
    )

    assert real == {
        "url": "https://api.example.com/v1/w?k=s3cret%2FKey&r=s3cret/Key",
        "headers": {"Authorization": ["Key s3cret/Key", "Ada"]},
    }
    assert shown == {
        "url": f"https://api.example.com/v1/w?k={BULLETS}&r={BULLETS}",
        "headers": {"Authorization": [f"Key {BULLETS}", "Ada"]},
    }


def test_fields_are_joined_and_encoded_as_a_whole() -> None:
    real, shown = both(body='{{ (credentials.user ~ ":" ~ credentials.apiKey) | base64 }}')

    assert real == {"body": "QWRhOnMzY3JldC9LZXk="}
    assert shown == {"body": BULLETS}


def test_what_an_expression_makes_of_a_secret_is_made_known_and_the_rest_is_not() -> None:
    made: list[str] = []
    body = "{{credentials.apiKey | base64 | base64}} {{credentials.user | base64}} {{credentials.apiKey}}"

    filled({"body": render_tree(body, lookup())}, CREDENTIAL, ACTION, learn=made.append)

    assert made == [b64encode(b64encode(b"s3cret/Key")).decode()]


def test_what_a_field_holds_is_not_read_as_a_template() -> None:
    credential = Credential(
        "c", "Mine", "custom", {"user": "{{credentials.apiKey}}", "apiKey": Secret("x" * 9)}
    )

    real, _shown = filled(
        {"a": render_tree("{{credentials.user}}", lookup())}, credential, ACTION, learn=unheard
    )

    assert real == {"a": "{{credentials.apiKey}}"}


def test_a_secret_that_is_a_whole_url_may_begin_it() -> None:
    real, shown = both(url="{{credentials.webhook}}?wait=true")

    assert real == {"url": "https://hooks.example.com/services/T0/x?wait=true"}
    assert shown == {"url": f"{BULLETS}?wait=true"}


@pytest.mark.parametrize(
    "url",
    [
        "https://{{credentials.apiKey}}/",
        "https://{{credentials.apiKey | raw}}.evil.com/",
        "https://a.{{credentials.apiKey}}.evil.com/",
        "https:{{credentials.apiKey}}.evil.com/",
        "https:\\\\{{credentials.apiKey | raw}}.evil.com/",
        "//{{credentials.apiKey}}.evil.com/",
        "https://user:{{credentials.apiKey | raw}}@evil.com/",
        '{{"https://" ~ credentials.apiKey ~ ".evil.com/"}}',
        "{{credentials.apiKey}}",
        "{{credentials.apiKey}}.evil.com/",
        "{{credentials.short}}.evil.com/",
        "{{credentials.bare}}{{credentials.apiKey}}.evil.com/",
        "{{credentials.bare}}{{credentials.apiKey | raw}}/",
    ],
)
def test_no_part_of_a_secret_becomes_a_host(url: str) -> None:
    with pytest.raises(LoopiError) as caught:
        both(url=url)

    assert caught.value.code in {"template.secret_host", "template.host"}
    assert "s3cret" not in (caught.value.message + caught.value.hint).lower()


def test_a_field_that_the_credential_lacks_is_named_with_those_it_has() -> None:
    with pytest.raises(UnknownName, match="there is no apikey") as caught:
        both(body="{{credentials.apikey}}")

    assert "Did you mean apiKey?" in caught.value.hint


def test_a_placeholder_without_a_credential_sends_nothing() -> None:
    with pytest.raises(LoopiError) as caught:
        filled({"a": "x"}, None, ACTION, learn=unheard)

    assert caught.value.code == "credential.missing"


def test_a_signature_goes_out_and_neither_it_nor_its_key_is_shown() -> None:
    heard: list[str] = []
    values = lookup({"body": {"a": "{{credentials.apiKey}}"}, "at": 7})
    field = 'sha256={{ (at ~ "." ~ (body | json)) | hmac(credentials.apiKey) }}'
    signed = hmac.new(b"s3cret/Key", b'7.{"a": "{{credentials.apiKey}}"}', "sha256").hexdigest()

    real, shown = filled({"h": render_tree(field, values)}, CREDENTIAL, ACTION, learn=heard.append)

    assert real == {"h": f"sha256={signed}"}
    assert shown == {"h": f"sha256={BULLETS}"}
    assert heard == [signed]


def test_what_is_signed_must_be_known_before_the_key_is_asked_for() -> None:
    with pytest.raises(UnknownName):
        render_tree("{{ missing | hmac(credentials.apiKey) }}", lookup())
