import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.http.error import HttpError
from engine.http.header import Headers
from engine.model import Json
from engine.steps.api_page_plan import (
    PagePlan,
    at_path,
    at_position,
    items_of,
    next_link,
    next_position,
    page_plan,
    with_parameter,
)

NOTHING = Headers()


def plan(**given: Json) -> PagePlan:
    found = page_plan(given)
    assert found is not None
    return found


def test_without_pagination_there_is_no_plan() -> None:
    assert page_plan(None) is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ("link", "pagination"),
        ({"kind": "guess"}, "pagination.kind"),
        ({"kind": "cursor", "parameter": "c"}, "pagination.nextPath"),
        ({"kind": "cursor", "nextPath": "n"}, "pagination.parameter"),
        ({"kind": "nextUrl"}, "pagination.nextPath"),
        ({"kind": "page", "maxPages": 0}, "pagination.maxPages"),
        ({"kind": "page", "start": True}, "pagination.start"),
    ],
)
def test_what_cannot_be_a_plan_is_refused_by_its_field(given: object, field: str) -> None:
    with pytest.raises(HttpError, match=field):
        page_plan(given)


def test_caps_stay_below_the_greatest_whatever_the_step_says() -> None:
    greedy = plan(kind="page", maxPages=10**9, maxItems=10**9)
    assert (greedy.max_pages, greedy.max_items) == (1000, 100_000)


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ('<https://h/?p=2>; rel="next"', "https://h/?p=2"),
        ('<https://h/?p=1>; rel="prev", <https://h/?p=3>; rel="next"', "https://h/?p=3"),
        ('</x?a=1,2>; title="a; b, c"; rel=next', "/x?a=1,2"),
        ('<a>; REL="last NEXT"', "a"),
        ('<a>; rel="nextish"', None),
        ('<a>; title="rel=next"', None),
        ("<a>", None),
        ("rel=next", None),
        ("", None),
    ],
)
def test_the_next_link_is_found_by_its_relation(header: str, target: str | None) -> None:
    assert next_link(header) == target


@given(st.text(alphabet='<>;,="re lnxt*\\', max_size=400))
def test_no_link_header_breaks_the_reading(header: str) -> None:
    assert (next_link(header) or "") in header


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("", {"a": [{"b": 1}], "@odata.next": "u", "n": None}),
        ("a[0].b", 1),
        ("@odata.next", "u"),
        ("a[1]", "none"),
        ("a.b", "none"),
        ("a..b", "none"),
        ("n", None),
        ("n.x", "none"),
    ],
)
def test_a_path_leads_to_what_stands_there(path: str, value: Json) -> None:
    data: Json = {"a": [{"b": 1}], "@odata.next": "u", "n": None}
    assert at_path(data, path, missing="none") == value


def test_a_list_that_is_missing_on_the_first_page_may_be_a_misspelt_path() -> None:
    with pytest.raises(HttpError) as caught:
        items_of(plan(kind="page", itemsPath="item"), {"items": []}, is_first=True)
    assert caught.value.code == "http.no_items"


@pytest.mark.parametrize(("data", "is_first"), [({"items": None}, True), ({}, False)])
def test_null_and_a_later_page_without_its_list_are_empty(data: Json, is_first: bool) -> None:  # noqa: FBT001
    assert items_of(plan(kind="page", itemsPath="items"), data, is_first=is_first) == []


@pytest.mark.parametrize("cursor", [True, {"id": 1}, [1]])
def test_a_cursor_that_cannot_be_sent_ends_no_list_in_silence(cursor: Json) -> None:
    found = plan(kind="cursor", nextPath="next", parameter="c")
    with pytest.raises(HttpError) as caught:
        next_position(found, None, {"next": cursor}, NOTHING, count=5)
    assert "pagination.nextPath" in caught.value.message


@pytest.mark.parametrize("cursor", [0, 1.5, "a"])
def test_a_cursor_is_a_number_or_a_text(cursor: Json) -> None:
    found = plan(kind="cursor", nextPath="next", parameter="c")
    assert next_position(found, None, {"next": cursor}, NOTHING, count=5) == cursor


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ('</a>; title="a, b; rel=\\"next\\""; rel=next', "/a"),
        ('</a>; title="x; rel=next"; rel="last", </b>; rel=next', "/b"),
        ('</a>; title="x; rel=next"; rel="last"', None),
        ('</a>; rel="prev"; rel="next"', None),
    ],
)
def test_a_relation_is_a_parameter_and_no_text_inside_another(header: str, target: str | None) -> None:
    assert next_link(header) == target


@pytest.mark.parametrize("cursor", [None, "", False, [], {}])
def test_what_is_no_cursor_ends_the_pages(cursor: Json) -> None:
    found = plan(kind="cursor", nextPath="next", parameter="c")
    assert next_position(found, None, {"next": cursor}, NOTHING, count=5) is None


def test_a_page_number_counts_pages_and_an_offset_counts_items() -> None:
    assert next_position(plan(kind="page"), 4, [], NOTHING, count=7) == 5
    assert next_position(plan(kind="offset"), 20, [], NOTHING, count=7) == 27


@pytest.mark.parametrize("count", [0, 9])
def test_a_short_page_is_the_last(count: int) -> None:
    assert next_position(plan(kind="page", pageSize=10), 1, [], NOTHING, count=count) is None


def test_a_parameter_takes_the_place_of_its_own_and_leaves_the_others() -> None:
    assert with_parameter("https://h/x?a=1&p%61ge=1&b=%20#f", "page", "2 &") == (
        "https://h/x?a=1&b=%20&page=2%20%26"
    )


def test_a_cursor_goes_into_a_body_and_changes_no_other_page() -> None:
    params = {"url": "https://h/", "body": {"json": {"query": "q", "variables": {"n": 1}}}}
    found = plan(kind="cursor", nextPath="n", bodyField="variables.after")
    paged = at_position(params, "https://h/", found, "c1")
    assert paged["body"] == {"json": {"query": "q", "variables": {"n": 1, "after": "c1"}}}
    assert params["body"] == {"json": {"query": "q", "variables": {"n": 1}}}


@pytest.mark.parametrize("body", [None, "text", {"text": "x"}, {"json": [1]}])
def test_a_body_that_has_no_fields_takes_no_cursor(body: Json) -> None:
    found = plan(kind="cursor", nextPath="n", bodyField="after")
    with pytest.raises(HttpError, match="bodyField"):
        at_position({"body": body}, "https://h/", found, "c1")
