import json
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.importers.curl import import_curl
from backend.importers.imported import Imported, ImportFailed
from drive.run import BOOK
from engine.model import Json
from engine.parse.document import parse


def step_of(found: Imported) -> dict[str, Json]:
    steps = found.automations[0]["steps"]
    assert isinstance(steps, list)
    assert isinstance(steps[0], dict)
    return steps[0]


def read(text: str) -> dict[str, Json]:
    return step_of(import_curl(text))


def fields_of(found: Imported) -> dict[str, str]:
    return {key: value.reveal() for each in found.credentials for key, value in each.fields.items()}


def test_a_bash_copy_of_a_browser_is_read() -> None:
    found = import_curl(
        "curl 'https://shop.example/api/cart?x=1' \\\n"
        "  -H 'accept: application/json' \\\n  -H 'accept-encoding: gzip, deflate, br' \\\n"
        "  -b 'sid=session-0001' \\\n"
        '  --data-raw $\'{"note":"it\\\'s \\u00fc"}\' \\\n'
        "  -H 'content-type: application/json' \\\n  --compressed"
    )
    assert step_of(found) == {
        "id": "request",
        "type": "apiCall",
        "method": "POST",
        "url": "https://shop.example/api/cart?x=1",
        "headers": {"accept": "application/json", "Cookie": "{{credentials.cookie}}"},
        "body": {"json": {"note": "it's ü"}},
        "credentialId": "shop.example",
    }
    assert fields_of(found) == {"cookie": "sid=session-0001"}
    assert found.notes == ()


CMD = (
    'curl ^"https://h.example/x^" ^\r\n -H ^"content-type: application/json^" ^\r\n'
    ' --data-raw ^"^{^\\^"a^\\^":1^}^"'
)


@pytest.mark.parametrize(
    "text",
    [
        CMD,
        'curl.exe "https://h.example/x" `\n  -H "content-type: application/json" `\n  --data-raw \'{"a":1}\'',
        "$ curl https://h.example/x -H 'content-type: application/json' --data-raw '{\"a\":1}'",
    ],
)
def test_each_shell_s_copy_means_the_same(text: str) -> None:
    step = read(text)
    assert (step["method"], step["url"], step["body"]) == ("POST", "https://h.example/x", {"json": {"a": 1}})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Invoke-WebRequest -Uri https://h.example", "import.no_curl"),
        ("fetch('https://h.example')", "import.no_curl"),
        ("wget https://h.example", "import.no_curl"),
        ("", "import.no_curl"),
        ("curl", "import.no_url"),
        ("curl 'https://h.example", "import.unbalanced"),
        ("curl ftp://h.example/x", "import.no_url"),
        ("curl " + "x" * (1024 * 1024), "import.too_large"),
    ],
)
def test_what_is_no_command_says_what_it_is(text: str, code: str) -> None:
    with pytest.raises(ImportFailed) as caught:
        import_curl(text)
    assert caught.value.code == code


def test_a_second_command_and_a_second_request_are_named() -> None:
    assert "behind the command" in import_curl("curl https://h.example/ | jq .").notes[0]
    assert "--next" in import_curl("curl https://h.example/ --next https://h.example/2").notes[0]


def test_checks_are_never_turned_off() -> None:
    found = import_curl("curl -k https://h.example/")
    assert "always checked" in found.notes[0]
    assert "insecure" not in json.dumps(step_of(found))


def test_braces_of_a_body_do_not_become_placeholders() -> None:
    step = read("""curl https://h.example/ --json '{"t": "{{credentials.x}} {{y}}"}'""")
    assert step["body"] == {"json": {"t": '{{ "{{" }}credentials.x}} {{ "{{" }}y}}'}}


WORD = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    for command in (text, f"curl {text}", f"curl https://h.example/ {text}"):
        try:
            import_curl(command)
        except ImportFailed as error:
            assert error.code.startswith("import.")  # noqa: PT017 - any other error fails the test


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "c"]), WORD), min_size=1, max_size=4, unique_by=lambda p: p[0]
    )
)
def test_what_was_quoted_for_a_shell_comes_out_as_it_was(pairs: list[tuple[str, str]]) -> None:
    words = ["curl", "https://h.example/"]
    for name, value in pairs:
        words += ["--form-string", f"{name}={value}"]
    step = read(shlex.join(words))
    body = step["body"]
    assert isinstance(body, dict)
    parts = body["multipart"]
    shown = [(part["name"], part["value"].replace('{{ "{{" }}', "{{")) for part in parts]
    assert shown == pairs


@given(st.lists(WORD, max_size=6))
def test_what_is_made_can_be_run_or_is_refused(words: list[str]) -> None:
    try:
        found = import_curl(shlex.join(["curl", "https://h.example/", *words]))
    except ImportFailed:
        return
    assert [step.type for step in parse(dict(found.automations[0]), book=BOOK).steps] == ["apiCall"]


READING = [
    "-d @{}",
    "--data-binary @{}",
    "--data-urlencode @{}",
    "--data-urlencode a@{}",
    "--json @{}",
    "-T {}",
]
READING += ["-F f=@{}", "-F 'f=<{}'", "-K {}", "--cert {}", "--key {}", "--cacert {}", "-b {}", "-H @{}"]
READING += ["--netrc-file {}", "--variable x@{}", "--url-query @{}", "-d a -d @{}", "--config {}"]


@pytest.mark.parametrize("option", READING)
def test_no_option_makes_the_import_read_a_file(option: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("never-read")
    found = import_curl(f"curl https://h.example/ {option.format(tmp_path / 'secret')}")
    fields = [value.reveal() for made in found.credentials for value in made.fields.values()]
    assert "never-read" not in f"{found.automations} {found.notes} {fields}"
    body = found.automations[0]["steps"][0].get("body")  # type: ignore[index,union-attr]
    assert str(tmp_path) not in str(body)
