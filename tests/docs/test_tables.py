"""What the pages say about exit codes and the environment is what the program does."""

import re

from backend.cli.exits import ExitCode, exit_code
from docs.pages import USER_PAGES, page
from shape.tree import PRODUCT, sources, table

_ROW = re.compile(r"^\| `([a-z0-9_.]+)` \| .+ \| (\d+|–) \|$", re.MULTILINE)
_VARIABLE = re.compile(r"(?<![A-Z_])LOOPI_[A-Z_]*[A-Z](?![A-Z_])")


def test_the_exit_code_of_each_error_is_right() -> None:
    rows = _ROW.findall(page("docs/errors.md").text)
    wrong = [f"{code}: {told}" for code, told in rows if told != "–" and int(told) != exit_code(code)]
    assert len(rows) > 100
    assert not wrong, table(wrong)


def test_every_row_of_errors_has_cause_remedy_and_exit_code() -> None:
    lines = [line for line in page("docs/errors.md").text.splitlines() if line.startswith("| `")]
    odd = [line for line in lines if not _ROW.fullmatch(line) or len(re.split(r"(?<!\\)\|", line)) != 6]
    assert not odd, table(odd)


def test_what_is_no_end_is_a_note_or_a_warning() -> None:
    rows = _ROW.findall(page("docs/errors.md").text)
    silent = {code for code, told in rows if told == "–"}
    notes = {"credential.short_secret", "credential.outer_space", "schedule.missed"}
    assert {code for code in silent if not code.startswith("credential_type.")} == notes


def test_errors_are_grouped_by_family_in_order() -> None:
    text = page("docs/errors.md").text
    codes = [code for code, _ in _ROW.findall(text)]
    assert codes == sorted(codes, key=lambda code: (code.split(".")[0], code))
    assert set(re.findall(r"^## ([a-z_]+)$", text, re.MULTILINE)) == {code.split(".")[0] for code in codes}


def test_every_exit_code_in_the_command_lines_table_exists_and_every_one_is_there() -> None:
    told = re.findall(r"^\| (\d+) \|", page("docs/command-line.md").text, re.MULTILINE)
    assert sorted(map(int, told)) == sorted(ExitCode)


def test_every_variable_of_the_environment_is_documented_and_read() -> None:
    read = {name for source in sources(*PRODUCT) for name in _VARIABLE.findall(source.text)}
    told = {name for each in USER_PAGES for name in _VARIABLE.findall(each.text)}
    assert read == told
