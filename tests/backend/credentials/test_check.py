import pytest

from backend.credentials.check import field_problems
from backend.credentials.type_book import TypeBook
from backend.credentials.types import read_type

OWN = read_type(
    "own",
    {
        "type": "object",
        "properties": {
            "mode": {"enum": ["simple", "full"]},
            "port": {"type": "integer", "minimum": 1, "maximum": 65535},
            "ratio": {"type": "number"},
            "tls": {"type": "boolean"},
            "code": {"type": "string", "pattern": "^[A-Z]+-[0-9]+$", "maxLength": 9, "writeOnly": True},
            "token": {"type": "string", "minLength": 4, "writeOnly": True},
            "realm": {"type": "string"},
        },
        "required": ["mode"],
        "allOf": [
            {
                "if": {"properties": {"mode": {"const": "full"}}, "required": ["mode"]},
                "then": {"required": ["realm"]},
            }
        ],
        "additionalProperties": False,
    },
    is_builtin=False,
)


def check(**values: str) -> dict[str, str]:
    return field_problems(OWN, values, open_fields=frozenset())


def test_values_that_fit_have_no_problems() -> None:
    assert not check(mode="full", realm="x", port="443", ratio="-0.5", tls="true", code="AB-1", token="abcd")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("mode", "other"),
        ("port", "0"),
        ("port", "65536"),
        ("port", "8o"),
        ("port", "9" * 5000),
        ("ratio", "nan"),
        ("ratio", "1e999"),
        ("tls", "yes"),
        ("code", "ab-1"),
        ("code", "ABCDEFG-1234"),
        ("code", "A" * 3000),
        ("token", "abc"),
        ("token", "••••••••"),
        ("token", "\ud800"),
        ("realm", "ü" * 40_000),
        ("zzz", "unknown"),
    ],
)
def test_a_value_that_does_not_fit_is_named_by_its_field_and_not_repeated(key: str, value: str) -> None:
    problems = check(**{"mode": "simple", key: value})
    assert problems.keys() == {key}
    assert value not in problems[key]


def test_all_fields_are_reported_at_once() -> None:
    assert check(port="x", token="abc").keys() == {"mode", "port", "token"}


def test_what_another_field_makes_necessary_is_required() -> None:
    assert check(mode="full") == {"realm": "This is required."}
    assert check(mode="simple") == {}


def test_an_empty_value_counts_as_left_out(types: TypeBook) -> None:
    problems = field_problems(types.get("apiKey"), {"apiKey": "", "apiUrl": ""}, open_fields=frozenset())
    assert problems == {"apiKey": "This is required."}


@pytest.mark.parametrize(
    "address",
    [
        "api.github.com",
        "https://",
        "https:///x",
        "https://user:canary@api.example/",
        "https://good.example\\@evil.example/",
        "https://a b.example/",
        "https://a.example/\n",
        "https://a.example:99999/",
        "https://[::1",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://127.1/",
    ],
)
def test_an_address_is_whole_plain_and_holds_no_password(types: TypeBook, address: str) -> None:
    values = {"apiKey": "abcdef", "apiUrl": address}
    problems = field_problems(types.get("apiKey"), values, open_fields=frozenset())
    assert problems.keys() == {"apiUrl"}
    assert "canary" not in problems["apiUrl"]


@pytest.mark.parametrize("address", ["http://127.0.0.1:8765/callback", "com.example.app:/done"])
def test_a_redirect_address_may_lead_to_this_machine_or_to_an_app(types: TypeBook, address: str) -> None:
    values = {"clientId": "a", "clientSecret": "bcdefg", "redirectUri": address}
    assert field_problems(types.get("oauth"), values, open_fields=frozenset()) == {}


def test_a_user_name_with_a_colon_would_end_too_early(types: TypeBook) -> None:
    values = {"username": "a:b", "password": "secret"}
    assert field_problems(types.get("basic"), values, open_fields=frozenset()).keys() == {"username"}


def test_a_custom_credential_takes_any_field_that_a_template_can_name(types: TypeBook) -> None:
    values = {"token": "abcdef", "tenant_2": "x", "2nd": "x", "a-b": "x", "__class__": "x"}
    problems = field_problems(types.get("custom"), values, open_fields=frozenset({"tenant_2"}))
    assert problems.keys() == {"2nd", "a-b", "__class__"}


def test_a_custom_credential_may_be_empty(types: TypeBook) -> None:
    assert field_problems(types.get("custom"), {}, open_fields=frozenset()) == {}
