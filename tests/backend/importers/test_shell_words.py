import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.importers.imported import ImportFailed
from backend.importers.shell_words import Dialect, dialect_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a  b\tc", ["a", "b", "c"]),
        ("a \\\n  b", ["a", "b"]),
        ("a \\\r\n  b", ["a", "b"]),
        ("'a b'c\"d e\"", ["a bcd e"]),
        ("'' \"\"", ["", ""]),
        ('"a\\"b\\$c\\n"', ['a"b$c\\n']),
        ("a\\ b", ["a b"]),
        ("$'a\\n\\'\\x41\\u00e9\\101\\t'", ["a\n'AéA\t"]),
        ("$'\\xc3\\xbc \\303\\274 \\xfc'", ["ü ü ü"]),
        ("$'\\ud83d' $HOME", ["\ufffd", "$HOME"]),
        ("'a\nb'", ["a\nb"]),
    ],
)
def test_words_are_those_of_bash(text: str, words: list[str]) -> None:
    assert words_of(text, "posix") == (words, False)


@pytest.mark.parametrize("text", ["a | b", "a; b", "a && b", "a > f", "a\nb"])
def test_only_the_first_command_is_read(text: str) -> None:
    assert words_of(text, "posix") == (["a"], True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('a ^"b c^"', ["a", "b c"]),
        ('a "b \\"c\\" d"', ["a", 'b "c" d']),
        ('a ^\n "C:\\x\\\\"', ["a", "C:\\x\\"]),
        ('"" b', ["", "b"]),
    ],
)
def test_words_are_those_of_cmd(text: str, words: list[str]) -> None:
    assert words_of(text, "cmd")[0] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("a `\n 'it''s'", ["a", "it's"]), ('"a`"b""c" d`e', ['a"b"c', "de"])],
)
def test_words_are_those_of_powershell(text: str, words: list[str]) -> None:
    assert words_of(text, "powershell")[0] == words


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("curl a \\\n b", "posix"),
        ("curl a ^\r\n b", "cmd"),
        ('curl ^"a^"', "cmd"),
        ("curl a `\n b", "powershell"),
    ],
)
def test_a_shell_is_known_by_how_it_continues(text: str, dialect: Dialect) -> None:
    assert dialect_of(text) == dialect


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("'a", "posix"),
        ('"a', "posix"),
        ("$'a", "posix"),
        ('"a', "cmd"),
        ('"a', "powershell"),
        ("'a", "powershell"),
    ],
)
def test_a_quote_that_nobody_closes_is_an_error(text: str, dialect: Dialect) -> None:
    with pytest.raises(ImportFailed) as caught:
        words_of(text, dialect)
    assert caught.value.code == "import.unbalanced"


@given(
    st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r")), min_size=1, max_size=6)
)
def test_what_a_shell_was_quoted_for_comes_out_again(words: list[str]) -> None:
    assert words_of(shlex.join(words), "posix") == (words, False)


@given(st.text(max_size=200), st.sampled_from(["posix", "cmd", "powershell"]))
def test_no_text_breaks_the_reading(text: str, dialect: Dialect) -> None:
    try:
        words_of(text, dialect)
    except ImportFailed as error:
        assert error.code == "import.unbalanced"  # noqa: PT017 - any other error fails the test


def test_two_quotes_inside_quotes_are_one_to_a_program_on_windows() -> None:
    text = 'curl.exe "http://h/" ^\n --data-raw "{""a"":""b c""}" ""'
    assert words_of(text, "cmd") == (["curl.exe", "http://h/", "--data-raw", '{"a":"b c"}', ""], False)
