import pytest

from backend.credentials.extension import problems

FIELDS = {"url": {"type": "string"}, "key": {"type": "string", "writeOnly": True}}


def paths(**extension: object) -> list[str]:
    found = problems({"type": "object", "properties": FIELDS, "x-loopi": extension})
    return [problem.path.removeprefix("x-loopi.") for problem in found]


def test_a_type_needs_no_extension() -> None:
    assert problems({"type": "object", "properties": FIELDS}) == ()


@pytest.mark.parametrize(
    "signing",
    [
        {"kind": "none"},
        {"kind": "bearer", "fields": {"token": "key"}},
        {"kind": "header", "name": "X-Api-Key", "value": "{{credentials.key}}"},
        {"kind": "query", "name": "appid", "value": "{{ credentials.key }}"},
        {"kind": "basic", "fields": {"username": "url", "password": "key"}},
        {"kind": "oauth2", "fields": {"clientId": "url", "clientSecret": "key"}},
    ],
)
def test_signing_names_the_fields_it_uses(signing: object) -> None:
    assert paths(signing=signing) == []


@pytest.mark.parametrize(
    ("signing", "path"),
    [
        ("bearer", "signing.kind"),
        ({"kind": "magic"}, "signing.kind"),
        ({"kind": "none", "more": 1}, "signing.more"),
        ({"kind": "none", "name": "X"}, "signing"),
        ({"kind": "bearer"}, "signing.fields.token"),
        ({"kind": "bearer", "fields": {"token": "zzz"}}, "signing.fields.token"),
        ({"kind": "bearer", "fields": {"token": "key", "user": "url"}}, "signing.fields.user"),
        ({"kind": "basic", "fields": []}, "signing.fields"),
        ({"kind": "header", "value": "{{credentials.key}}"}, "signing.name"),
        ({"kind": "header", "name": "X Y", "value": "{{credentials.key}}"}, "signing.name"),
        ({"kind": "header", "name": "Host", "value": "{{credentials.key}}"}, "signing.name"),
        ({"kind": "header", "name": "X", "value": "secret"}, "signing.value"),
        ({"kind": "header", "name": "X", "value": "{{credentials.zzz}}"}, "signing.value"),
        ({"kind": "header", "name": "X", "value": "{{credentials.key}}{{env}}"}, "signing.value"),
        ({"kind": "header", "name": "X", "value": "{{credentials.key}}\r\nHost: a"}, "signing.value"),
    ],
)
def test_signing_that_cannot_work_or_does_harm_is_refused(signing: object, path: str) -> None:
    assert path in paths(signing=signing)


@pytest.mark.parametrize(
    ("extension", "path"),
    [
        ({"hosts": "api.example.com"}, "hosts"),
        ({"hosts": ["https://api.example.com/"]}, "hosts[0]"),
        ({"hosts": ["*"]}, "hosts[0]"),
        ({"hostsFromField": "zzz"}, "hostsFromField"),
        ({"hostsFromField": "key"}, "hostsFromField"),
        ({"setup": {}}, "setup"),
        ({"setup": [{"title": "A"}]}, "setup[0]"),
        ({"setup": [{"title": "A", "text": "B", "url": "javascript:alert(1)"}]}, "setup[0].url"),
        ({"icon": "../x"}, "icon"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_the_rest_of_the_extension_is_checked_too(extension: dict[str, object], path: str) -> None:
    assert path in paths(**extension)


def test_an_extension_that_is_no_object_is_refused() -> None:
    assert [problem.path for problem in problems({"type": "object", "x-loopi": []})] == ["x-loopi"]


def test_a_type_has_one_list_of_named_values_at_most() -> None:
    found = {"type": "object", "properties": {"a": {"type": "array"}, "b": {"type": "array"}}}
    assert [problem.path for problem in problems(found)] == ["properties"]


def test_an_address_for_tests_names_a_host_and_known_fields() -> None:
    url = "https://api.example.com/me?key={{credentials.key}}"
    assert paths(test=[{"url": url}, {"url": url, "host": "api.example.com"}]) == []


@pytest.mark.parametrize(
    ("test", "path"),
    [
        ("https://api.example.com/", "test"),
        (["https://api.example.com/"], "test[0]"),
        ([{"host": "api.example.com"}], "test[0]"),
        ([{"url": "https://api.example.com/", "method": "POST"}], "test[0]"),
        ([{"url": "http://api.example.com/"}], "test[0].url"),
        ([{"url": "https://api.example.com/{{credentials.zzz}}"}], "test[0].url"),
        ([{"url": "https://api.example.com/{{city}}"}], "test[0].url"),
        ([{"url": "https://api.example.com/", "host": "https://api.example.com/"}], "hosts[0]"),
    ],
)
def test_an_address_for_tests_that_cannot_work_or_does_harm_is_refused(test: object, path: str) -> None:
    assert path in paths(test=test)
