import pytest

from engine.errors import LoopiError
from engine.steps.twitter_user import SEARCH_USER, user_of
from servers.oauth1 import Account
from servers.x_api import XServer
from servers.x_run import XRun

ME = Account()


@pytest.mark.parametrize("name", ["loopi_test", "@loopi_test", " @LOOPI_test "])
def test_a_user_is_found_with_or_without_the_at_sign(run: XRun, name: str) -> None:
    data = run.act(SEARCH_USER, username=name).output["data"]
    assert isinstance(data, dict)
    assert (data["id"], data["name"], data["username"]) == (ME.user_id, ME.name, ME.username)
    assert data["public_metrics"]


@pytest.mark.parametrize("name", ["", "@", "a" * 16, "a/b", "../me", "a?b", "ä", "a b", "a\n@b"])
def test_a_name_that_would_change_the_path_is_refused_before_any_request(
    x: XServer, run: XRun, name: str
) -> None:
    assert run.refused(SEARCH_USER, username=name).code == "x.invalid_field"
    assert x.requests == []


def test_an_unknown_user_fails_the_step_although_x_answers_200(run: XRun) -> None:
    result = run.act(SEARCH_USER, username="nobody")
    assert result.failure is not None
    assert (result.status, result.failure.code) == ("error", "x.not_found")
    assert "Could not find user with username: [nobody]." in result.failure.message


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("123", ("123", True)),
        (123, ("123", True)),
        ("@123", ("123", False)),
        (" @XDevelopers ", ("XDevelopers", False)),
        ("XDevelopers", ("XDevelopers", False)),
    ],
)
def test_an_account_is_named_by_its_id_or_its_name(written: object, expected: tuple[str, bool]) -> None:
    assert user_of({"userId": written}, "userId") == expected


@pytest.mark.parametrize("written", ["", "@", "a/b", "../1", "1?x", None, "٣", "https://x.com/loopi"])
def test_what_is_neither_is_refused(written: object) -> None:
    with pytest.raises(LoopiError, match="userId is not a name on X"):
        user_of({"userId": written}, "userId")
