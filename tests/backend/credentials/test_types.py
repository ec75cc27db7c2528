from backend.credentials.type_book import TypeBook
from backend.credentials.types import Signing, read_type
from engine.secrets import Secret


def test_the_twitter_type_signs_with_oauth_1_for_one_host(types: TypeBook) -> None:
    twitter = types.get("twitter")
    assert twitter.hosts == ("api.x.com",)
    assert twitter.signing == Signing(
        "oauth1",
        fields={
            "consumerKey": "apiKey",
            "consumerSecret": "apiSecret",
            "accessToken": "accessToken",
            "accessSecret": "accessSecret",
        },
    )


def test_an_api_key_is_a_bearer_token_unless_the_step_places_it(types: TypeBook) -> None:
    signing = types.get("apiKey").signing
    assert signing == Signing("header", "Authorization", "Bearer {{credentials.apiKey}}")


def test_an_api_key_may_go_to_the_host_of_its_url(types: TypeBook) -> None:
    kind = types.get("apiKey")
    assert kind.hosts_for({"apiUrl": "https://api.github.com/"}) == ("api.github.com",)
    assert kind.hosts_for({"apiUrl": "not a url"}) == ()
    assert kind.hosts_for({}) == ()


def test_a_host_is_never_taken_from_a_secret(types: TypeBook) -> None:
    assert types.get("apiKey").hosts_for({"apiUrl": Secret("https://api.github.com/")}) == ()


def test_a_field_the_type_does_not_know_is_secret(types: TypeBook) -> None:
    assert types.get("apiKey").is_secret("other")
    assert not types.get("apiKey").is_secret("apiUrl")


def test_a_type_says_what_to_do_at_the_provider(types: TypeBook) -> None:
    texts = " ".join(step.text for step in types.get("twitter").setup)
    assert "Read and write and Direct message" in texts
    assert "Regenerate" in texts


def test_the_fields_of_a_branch_follow_and_cannot_open_a_secret() -> None:
    schema = {
        "type": "object",
        "properties": {"mode": {"enum": ["a", "b"]}, "key": {"type": "string", "writeOnly": True}},
        "required": ["mode"],
        "allOf": [
            {
                "if": {"properties": {"mode": {"const": "b"}}},
                "then": {"properties": {"key": {"type": "string"}, "port": {"type": "integer"}}},
            }
        ],
    }
    kind = read_type("own", schema, is_builtin=False)
    assert [field.key for field in kind.fields] == ["mode", "key", "port"]
    assert kind.is_secret("key")
    assert kind.fields[0].choices == ("a", "b")
    assert kind.fields[2].kind == "integer"
    assert [field.is_required for field in kind.fields] == [True, False, False]
