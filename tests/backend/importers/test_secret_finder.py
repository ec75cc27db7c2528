import pytest

from backend.importers.secret_finder import SecretFinder, basic_pair, bearer_token, is_secret_name


@pytest.mark.parametrize(
    "name",
    ["X-API-Key", "api_key", "apikey", "key", "access_token", "clientSecret", "password", "appid", "sig",
     "X-Auth-Token", "session_id", "sid", "Authorization", "jwt", "X-Amz-Signature", "sessionid",
     "hapikey", "accesskey", "privateKey", "authtoken", "clientsecret", "PHPSESSID", "passcode", "otp",
     "client_assertion", "password2", "X-API-KEY2", "user[password]"],
)  # fmt: skip
def test_these_names_stand_before_secrets(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    ["q", "page", "keyboard", "monkey", "author", "tokens_used", "Accept", "limit", "sign_up", "postcode"],
)
def test_these_names_do_not(name: str) -> None:
    assert not is_secret_name(name)


def test_a_secret_is_replaced_and_kept_once() -> None:
    finder = SecretFinder()
    assert finder.parameter("api_key", "k-0001") == "{{credentials.apiKey}}"
    assert finder.header("X-API-Key", "k-0001") == "{{credentials.apiKey}}"
    assert finder.parameter("api-key", "k-0002") == "{{credentials.apiKey2}}"
    assert finder.parameter("q", "{{x}}") == '{{ "{{" }}x}}'
    assert {key: each.reveal() for key, each in finder.fields.items()} == {
        "apiKey": "k-0001",
        "apiKey2": "k-0002",
    }


def test_the_scheme_of_an_authorization_stays_readable() -> None:
    assert SecretFinder().header("Authorization", "token t-0001") == "token {{credentials.authorization}}"


def test_a_key_is_a_name_that_templates_know() -> None:
    finder = SecretFinder()
    assert finder.put("1-x", "a-0001") == "{{credentials.secret1x}}"
    assert finder.put("ü", "b-0001") == "{{credentials.secret}}"


def test_without_a_secret_there_is_no_credential() -> None:
    assert SecretFinder().credential("A", ()) is None


@pytest.mark.parametrize("value", ["Basic !!", "Basic YTo=", "Bearer x", "Basic", "Basic YQ=="])
def test_what_is_no_login_is_none(value: str) -> None:
    assert basic_pair(value) is None


def test_logins_and_tokens_are_read() -> None:
    assert basic_pair("basic YTpi") == ("a", "b")
    assert bearer_token("BEARER t-0001") == "t-0001"
    assert bearer_token("token t-0001") is None
