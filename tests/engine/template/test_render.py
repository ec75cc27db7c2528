import json
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drive.templates import fill, lookup, refusal
from engine.template import CREDENTIALS
from engine.template.errors import TemplateError
from engine.template.render import Deferred, Slot, is_deferred, render_tree, render_url, template
from engine.template.render import fill as fill_holes
from servers.limited import printed

NAMES = {
    "q": "a b&c/d?e#f",
    "id": 7,
    "list": [1, 2],
    "flag": True,
    "evil": "{{credentials.apiKey}}",
    "none": None,
}


def url(source: str, **values: object) -> object:
    return render_url(source, lookup(values))


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("plain", "plain"),
        ("", ""),
        ("{{id}}", 7),
        ("{{ list }}", [1, 2]),
        ("{{flag}}", True),
        ("{{none}}", None),
        ("{{id}}!", "7!"),
        (" {{id}}", " 7"),
        ("{{id}}{{id}}", "77"),
        ("{{list}} {{flag}} {{none}}.", "[1,2] true ."),
        ("{ {id} } }}", "{ {id} } }}"),
        ('{{ "{{id}}" }}', "{{id}}"),
        ('{{ {"a": {"b": 1}} }}', {"a": {"b": 1}}),
        ("{% for %} {# no #}", "{% for %} {# no #}"),
    ],
)
def test_one_placeholder_keeps_its_type_and_anything_else_becomes_text(source: str, value: object) -> None:
    assert fill(source, NAMES) == value


def test_a_value_is_inserted_once_everywhere() -> None:
    body = {"{{evil}}": ["{{evil}}", "x {{evil}}", {"deep": "{{evil}}"}]}
    text = "{{credentials.apiKey}}"

    filled = render_tree(body, lookup(NAMES))

    assert filled == {"{{evil}}": [text, f"x {text}", {"deep": text}]}
    assert not is_deferred(filled)
    assert url("https://h/{{evil}}", **NAMES) == "https://h/%7B%7Bcredentials.apiKey%7D%7D"
    assert url("{{evil}}", **NAMES) == text


@pytest.mark.parametrize(
    ("source", "filled"),
    [
        ("https://h/{{q}}", "https://h/a%20b%26c%2Fd%3Fe%23f"),
        ("https://h/p?q={{q}}&n={{id}}", "https://h/p?q=a%20b%26c%2Fd%3Fe%23f&n=7"),
        ("https://h/p#{{q}}", "https://h/p#a%20b%26c%2Fd%3Fe%23f"),
        ("https://h/p?{{q | raw}}", "https://h/p?a b&c/d?e#f"),
        ("{{base}}weather?q={{q}}", "https://api.example.com/v1/weather?q=a%20b%26c%2Fd%3Fe%23f"),
        ("https://{{host}}/p", "https://api.example.com:8443/p"),
        ("https://eu.{{host}}/{{host}}", "https://eu.api.example.com:8443/api.example.com%3A8443"),
        ("https://h/?a={{dots}}", "https://h/?a=.."),
        ("https://h/{{dots | raw}}/x", "https://h/../x"),
    ],
)
def test_a_value_in_a_url_is_written_for_its_place(source: str, filled: str) -> None:
    values = {"q": NAMES["q"], "id": 7, "base": "https://api.example.com/v1/", "dots": ".."}

    assert url(source, host="api.example.com:8443", **values) == filled


@pytest.mark.parametrize(
    "host", ["evil.com/", "a@evil.com", "evil.com#", "evil.com?x", "evil\\com", "e vil", "%2e", "ⅇvil"]
)
def test_a_value_cannot_lead_to_another_host(host: str) -> None:
    for source in (
        "https://{{host}}/",
        "https://{{host}}.example.com/",
        "https:{{host}}",
        "https:\\\\{{host}}/",
    ):
        with pytest.raises(TemplateError, match="not a host name"):
            url(source, host=host)


@pytest.mark.parametrize("value", [".", ".."])
def test_a_value_cannot_climb_out_of_its_path(value: str) -> None:
    with pytest.raises(TemplateError) as caught:
        url("https://h/users/{{id}}/posts", id=value)

    assert caught.value.code == "template.dots"


def test_a_character_that_cannot_be_sent_is_an_error() -> None:
    with pytest.raises(TemplateError, match="holds what no text can"):
        url("https://h/{{q}}", q="\ud800")


def test_quotes_in_a_value_do_not_break_json() -> None:
    hostile = '", "admin": true, "x": "'

    body = render_tree({"name": "{{hostile}}", "say": "Hi {{hostile}}"}, lookup({"hostile": hostile}))

    assert json.loads(json.dumps(body)) == {"name": hostile, "say": f"Hi {hostile}"}


def test_a_credential_stays_a_hole_with_its_place() -> None:
    found = url("{{credentials.base}}x/{{credentials.key}}?k={{credentials.key}}&r={{credentials.key | raw}}")

    assert isinstance(found, Deferred)
    assert [part.place for part in found.parts if isinstance(part, Slot)] == ["base", "path", "part", "plain"]
    assert is_deferred({"a": [found]})
    real, shown = fill_holes({"a": [found], "n": 1}, lambda slot: (slot.place, "•"))
    assert real == {"a": ["basex/path?k=part&r=plain"], "n": 1}
    assert shown == {"a": ["•x/•?k=•&r=•"], "n": 1}


def test_a_lookup_is_never_asked_for_credentials() -> None:
    asked: list[str] = []

    for source in ("{{credentials.a}}", "x{{credentials.a}}", '{{credentials.a ~ ""}}'):
        assert is_deferred(render_tree({"a": source}, asked.append))

    assert CREDENTIALS not in asked


@pytest.mark.parametrize("source", ["{{", "{{ a", "a {{ 'b }}", "{{ {} }", "{{" * 10_000])
def test_an_open_placeholder_is_an_error(source: str) -> None:
    with pytest.raises(TemplateError, match="never ends"):
        template(source)


MANY = """
from engine.template.render import render_url
print(len(render_url("http://h/" + "{{a}}" * 200_000, {"a": "b"}.__getitem__)))
print(len(render_url("http://" + "{{a}}" * 200_000, {"a": "b"}.__getitem__)))
print(len(render_url("{{a}}" * 200_000 + "?" + "{{a}}" * 9, {"a": "b"}.__getitem__)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_an_address_of_many_placeholders_is_not_read_anew_for_each() -> None:
    assert printed(MANY, cpu_s=90) == ["200009", "200007", "200010"]


def test_behind_a_long_address_a_value_is_still_written_for_its_place() -> None:
    long = "x" * 5_000
    assert str(url("https://h/" + long + "/{{q}}", q="a/b")).endswith("/a%2Fb")
    assert str(url("https://" + long + "{{q}}/", q="b.c")).endswith("xb.c/")
    with pytest.raises(TemplateError, match="not a host name"):
        url("https://" + long + "{{q}}/", q="b/c")


def test_a_secret_that_is_named_a_thousand_times_does_not_outgrow_it_either() -> None:
    with pytest.raises(TemplateError, match="16 MiB"):
        fill_holes(render_tree(["{{credentials.key}}" * 2_000], lookup({})), lambda _: ("x" * 10_000, "•"))


def test_a_filled_text_does_not_outgrow_the_largest_size() -> None:
    with pytest.raises(TemplateError, match="16 MiB"):
        fill("{{a}}{{a}}{{a}}", {"a": "x" * 6_000_000})


@example("{{")
@given(st.text(alphabet="{}a.|\"'% #raw", max_size=40))
def test_random_text_renders_or_is_an_error_in_words(source: str) -> None:
    codes = refusal(lambda: fill(source, {"a": {"a": 1}})), refusal(lambda: url(source, a="x"))

    assert all(code == "" or code.startswith("template.") for code in codes)


@given(st.text().filter(lambda text: "{{" not in text))
def test_text_without_placeholders_renders_to_itself(source: str) -> None:
    assert fill(source) == source


@given(st.text())
def test_an_inserted_text_is_not_changed(value: str) -> None:
    assert fill("<{{a}}>", {"a": value}) == f"<{value}>"
