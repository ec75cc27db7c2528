from backend.credentials.changes import Change, Clear, Keep, Set
from backend.credentials.draft import Draft, Revision, revise
from backend.credentials.records import Record
from backend.credentials.type_book import TypeBook
from engine.secrets import Secret

NOW = "2026-08-01T09:30:00.000Z"
API_KEY = Record(
    "a1", "GitHub", "apiKey", {"apiKey": Secret("canary"), "apiUrl": "https://a.example/"}, NOW, NOW
)
CUSTOM = Record("c1", "Own", "custom", {"token": Secret("canary"), "tenant": "42"}, NOW, NOW)


def value(text: str) -> Change:
    return Set(Secret(text))


def revise_custom(types: TypeBook, **asked: object) -> Draft:
    return revise(CUSTOM, types.get("custom"), Revision(**asked))  # type: ignore[arg-type]


def test_nothing_asked_changes_nothing(types: TypeBook) -> None:
    assert revise(API_KEY, types.get("apiKey"), Revision(changes={"apiKey": Keep()})) == Draft(API_KEY, {})


def test_a_value_that_was_set_is_wrapped_if_its_field_is_secret(types: TypeBook) -> None:
    changes = {"apiKey": value("second"), "apiUrl": value("https://b.example/")}
    draft = revise(API_KEY, types.get("apiKey"), Revision(changes=changes))
    assert draft.record.fields == {"apiKey": Secret("second"), "apiUrl": "https://b.example/"}


def test_a_required_field_cannot_be_cleared(types: TypeBook) -> None:
    draft = revise(API_KEY, types.get("apiKey"), Revision(changes={"apiKey": Clear(), "apiUrl": Clear()}))
    assert draft.problems == {"apiKey": "This is required."}


def test_a_new_field_of_ones_own_is_secret_unless_said_otherwise(types: TypeBook) -> None:
    changes = {"a": value("1"), "b": value("2")}
    assert revise_custom(types, changes=changes).record.open_fields == {"tenant"}
    opened = revise_custom(types, changes=changes, open_fields=["tenant", "b"]).record
    assert opened.open_fields == {"tenant", "b"}


def test_a_stored_secret_cannot_be_read_by_declaring_it_open(types: TypeBook) -> None:
    draft = revise_custom(types, open_fields=["token", "tenant"])
    assert draft.problems.keys() == {"token"}
    entered = revise_custom(types, open_fields=["token"], changes={"token": value("now public")})
    assert entered.problems == {}
    assert entered.record.fields["token"] == "now public"


def test_an_open_field_can_be_made_secret(types: TypeBook) -> None:
    draft = revise_custom(types, open_fields=[], changes={"token": Keep()})
    assert draft.problems == {}
    assert draft.record.open_fields == frozenset()


def test_a_type_decides_itself_what_is_secret(types: TypeBook) -> None:
    draft = revise(API_KEY, types.get("apiKey"), Revision(open_fields=["apiKey"]))
    assert draft.problems.keys() == {"apiKey"}
    assert isinstance(draft.record.fields["apiKey"], Secret)


def test_clearing_what_is_not_there_is_reported(types: TypeBook) -> None:
    assert revise_custom(types, changes={"zzz": Clear()}).problems.keys() == {"zzz"}


def test_name_hosts_and_fields_are_all_reported_at_once(types: TypeBook) -> None:
    revision = Revision("", {"apiUrl": value("nonsense")}, ["*"])
    draft = revise(API_KEY, types.get("apiKey"), revision)
    assert draft.problems.keys() == {"name", "apiUrl", "allowedHosts"}


def test_too_many_hosts_are_refused(types: TypeBook) -> None:
    hosts = [f"h{number}.example" for number in range(101)]
    draft = revise(API_KEY, types.get("apiKey"), Revision(allowed_hosts=hosts))
    assert draft.problems.keys() == {"allowedHosts"}


def test_a_name_that_fits_no_more_does_not_keep_a_credential_from_being_edited(types: TypeBook) -> None:
    old = Record("a1", "0f" * 16, "apiKey", API_KEY.fields, NOW, NOW)
    assert revise(old, types.get("apiKey"), Revision(changes={"apiKey": value("second")})).problems == {}


def test_short_secrets_and_outer_spaces_are_worth_a_notice(types: TypeBook) -> None:
    changes = {"token": value("abc"), "tenant": value("42\n")}
    notices = revise_custom(types, changes=changes, open_fields=["tenant"]).notices()
    assert {(notice.code, notice.field) for notice in notices} == {
        ("credential.short_secret", "token"),
        ("credential.outer_space", "tenant"),
    }
    assert not any("abc" in notice.message for notice in notices)
