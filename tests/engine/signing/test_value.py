import pytest

from engine.ports import Credential, Signing
from engine.secrets import Secret
from engine.signing.error import SigningError
from engine.signing.value import fill, optional_role_value, role_value

FIELDS: dict[str, Secret | str] = {
    "key": Secret("s3cret"),
    "plain": "open",
    "empty": "",
    "odd": Secret("{{credentials.key}}"),
}
CREDENTIAL = Credential("1", "Key", "x", FIELDS, Signing("bearer", fields={"token": "key"}))


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("Bearer {{credentials.key}}", "Bearer s3cret"),
        ("{{ credentials.plain }}:{{credentials.key}}", "open:s3cret"),
        ("no placeholder", "no placeholder"),
        ("{{other.key}}", "{{other.key}}"),
        ("{{credentials.odd}}", "{{credentials.key}}"),
    ],
)
def test_fields_are_filled_in_once(template: str, filled: str) -> None:
    assert fill(template, CREDENTIAL) == filled


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_field_without_a_value_cannot_sign(name: str) -> None:
    with pytest.raises(SigningError) as caught:
        fill("{{credentials." + name + "}}", CREDENTIAL)
    assert caught.value.code == "credential.cannot_sign"
    assert name in caught.value.message


def test_a_role_is_played_by_the_field_that_the_type_names() -> None:
    assert role_value(CREDENTIAL, "token") == "s3cret"
    assert role_value(CREDENTIAL, "plain") == "open"


def test_what_is_optional_may_be_missing_or_empty() -> None:
    assert optional_role_value(CREDENTIAL, "scopes") == ""
    assert optional_role_value(CREDENTIAL, "empty") == ""
    assert optional_role_value(CREDENTIAL, "token") == "s3cret"
