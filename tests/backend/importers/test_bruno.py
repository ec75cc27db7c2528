"""A Bruno environment as a credential."""

import pytest

from backend.importers.bruno import import_bruno
from backend.importers.imported import ImportFailed

TEXT = """vars {
  baseUrl: https://shop.example.com/a:b
  token: t-0001
  ~old: x
}
vars:secret [
  apiKey,
  other
]
"""


def test_its_variables_become_the_fields_of_one_credential_and_its_secrets_are_named() -> None:
    for text in (TEXT, TEXT.replace("\n", "\r\n")):
        found = import_bruno(text)
        (made,) = found.credentials
        assert {key: value.reveal() for key, value in made.fields.items()} == {
            "baseUrl": "https://shop.example.com/a:b",
            "token": "t-0001",
        }
        assert found.notes == (
            "Bruno keeps the values of these outside of the file, add them yourself: apiKey, other.",
        )


def test_secrets_alone_are_named_too() -> None:
    found = import_bruno("vars:secret [\n  a\n]\n")
    assert (found.credentials, len(found.notes)) == ((), 1)


@pytest.mark.parametrize("text", ["", "vars", "meta {\n}\n", "x" * 2_000_000])
def test_what_is_no_environment_is_said(text: str) -> None:
    with pytest.raises(ImportFailed) as refused:
        import_bruno(text)
    assert refused.value.code == "import.no_bruno"
