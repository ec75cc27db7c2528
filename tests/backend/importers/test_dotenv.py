"""A `.env` file as credentials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.importers.dotenv import import_dotenv
from backend.importers.imported import Imported, ImportFailed

TEXT = """
# a comment
export STRIPE_KEY="sk-1 # no comment"
STRIPE_URL=https://api.stripe.com/v1   # a comment
PORT=8080
EMPTY=
HOME_PASSWORD='${HOME}'
"""


def values(found: Imported) -> dict[str, dict[str, str]]:
    return {
        each.name: {key: value.reveal() for key, value in each.fields.items()} for each in found.credentials
    }


def test_each_service_with_a_secret_becomes_a_credential() -> None:
    found = import_dotenv(TEXT)
    assert values(found) == {
        "Stripe": {"STRIPE_KEY": "sk-1 # no comment", "STRIPE_URL": "https://api.stripe.com/v1"},
        # What stands there, not what this computer's own environment has.
        "Home": {"HOME_PASSWORD": "${HOME}"},
    }
    assert found.notes == ("Not taken, since they look like no secrets: PORT.",)


@pytest.mark.parametrize("text", ["", "PORT=80", "no lines of that kind", "\0"])
def test_a_file_without_secrets_is_said(text: str) -> None:
    with pytest.raises(ImportFailed) as refused:
        import_dotenv(text)
    assert refused.value.code == "import.no_secrets"


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(ImportFailed) as refused:
        import_dotenv("A_KEY=1\n" * 200_000)
    assert refused.value.code == "import.too_large"


@given(st.text(max_size=200))
def test_no_text_is_a_fault(text: str) -> None:
    outcome: object
    try:
        outcome = import_dotenv(text)
    except ImportFailed as refused:
        outcome = refused.code
    assert outcome == "import.no_secrets" or isinstance(outcome, Imported)


def test_lines_that_cannot_be_read_fill_no_log(caplog: pytest.LogCaptureFixture) -> None:
    import_dotenv("'\n" * 100 + "STRIPE_KEY=sk-0001")
    assert caplog.records == []


def test_a_line_that_cannot_be_read_is_named() -> None:
    found = import_dotenv("A_KEY=k-0001\nB_KEY='open\nC_KEY=k-0003\n")
    assert any(note.startswith("Line 2 ") for note in found.notes)
