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
