import pytest

from engine.template.errors import TemplateError
from engine.template.expression import expression


@pytest.mark.parametrize(
    "source",
    [
        "credentials.apiKey",
        'credentials["apiKey"]',
        'credentials.user ~ ":" ~ credentials.password',
        '(credentials.user ~ ":" ~ credentials.password) | base64',
        "credentials.apiKey | url",
        'credentials.region | default("eu")',
    ],
)
def test_a_credential_is_inserted_whole(source: str) -> None:
    assert expression(source).names == {"credentials"}


@pytest.mark.parametrize(
    "source",
    [
        "credentials",
        "(credentials)",
        "credentials.a.b",
        "credentials[0]",
        "credentials.apiKey[0]",
        "credentials.apiKey[0:3]",
        "credentials.apiKey | upper",
        "credentials.apiKey | reverse",
        "credentials.apiKey | sha256",
        "credentials.apiKey | length",
        'credentials.apiKey | replace("a", "b")',
        'credentials.apiKey < "m"',
        '"a" in credentials.apiKey',
        '"x" if credentials.apiKey else "y"',
        '1 / 0 if credentials.apiKey < "m" else ""',
        "credentials[credentials.apiKey]",
        "[credentials.apiKey]",
        '{"a": credentials.apiKey}',
        "credentials | json",
        "credentials | keys",
        "credentials.apiKey and 1",
        "credentials.apiKey + 1",
    ],
)
def test_a_credential_cannot_be_taken_apart_compared_or_changed(source: str) -> None:
    with pytest.raises(TemplateError) as caught:
        expression(source)

    assert caught.value.code == "template.credential_form"


@pytest.mark.parametrize("source", ["credentials.a ~ city", "city ~ credentials.a", "credentials[city]"])
def test_a_credential_is_not_mixed_with_other_names(source: str) -> None:
    with pytest.raises(TemplateError) as caught:
        expression(source)

    assert caught.value.code == "template.mixed"


@pytest.mark.parametrize(
    "source",
    [
        "body | hmac(credentials.secret)",
        '"fixed" | hmac(credentials["secret"])',
        '(at ~ "." ~ (body | json)) | hmac(credentials.secret, "sha1", "base64")',
    ],
)
def test_a_credential_may_be_the_key_of_a_signature(source: str) -> None:
    assert "credentials" in expression(source).names


@pytest.mark.parametrize(
    "source",
    [
        "credentials.secret | hmac(key)",
        "credentials.secret | hmac(credentials.secret)",
        "body | hmac(credentials.secret) | slice(0, 2)",
        "body | hmac(credentials.secret) == guess",
        "(body | hmac(credentials.secret)) ~ body",
        "body | hmac(credentials.secret | slice(0, 1))",
        "body | hmac(credentials.secret ~ body)",
        "body | hmac(credentials.secret, algorithm)",
        "body | hmac(credentials.secret, credentials.other)",
        "body | hmac(key=credentials.secret)",
        "body | hmac(credentials)",
        "body | hmac(credentials[0])",
        "body | sha256 | concat(credentials.secret)",
    ],
)
def test_a_signature_is_all_that_a_key_is_used_for(source: str) -> None:
    with pytest.raises(TemplateError) as caught:
        expression(source)

    assert caught.value.code in {"template.mixed", "template.credential_form"}
