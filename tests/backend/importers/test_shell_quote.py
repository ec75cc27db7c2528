import os
import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.importers.shell_quote import quoted
from backend.importers.shell_words import words_of

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
SIGNS = "'\"\\$`!\n\t \x1b\r\x03\x7f\x85\u2028\u202e\u2066aé1f0"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", ""),
        ("a b", "'a b'"),
        ("it's", "'it'\\''s'"),
        ("a\x1b[b", "'a'$'\\x1b''[b'"),
        ("\u202e\r", "$'\\u202e\\x0d'"),
        ("a\0b", "'ab'"),
        ("a\n\tb", "'a\n\tb'"),
    ],
)
def test_a_word_is_in_quotes_and_what_steers_is_written_out(text: str, word: str) -> None:
    assert quoted(text) == word


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@settings(max_examples=25)
@given(st.lists(st.text(st.sampled_from(SIGNS), min_size=1, max_size=12), min_size=1, max_size=20))
def test_a_shell_reads_the_same_text(texts: list[str]) -> None:
    words = " ".join(map(quoted, texts))
    assert not STEERING.search(words)
    environ = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    command = ["bash", "-c", f"printf '%s\\0' {words}"]
    done = subprocess.run(command, capture_output=True, check=True, env=environ)
    assert done.stdout.decode().split("\0")[:-1] == texts


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40))
def test_our_own_reader_reads_the_same_text(text: str) -> None:
    assert words_of(quoted(text), "posix")[0] == [text]
