"""Every `loopi …` on a page is a command with options that exist, and every command is on a page."""

import re
import shlex
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import typer

from backend.cli.output import Output
from backend.cli.program import cli
from backend.cli.session import Session
from docs.pages import USER_PAGES, page, sessions
from shape.tree import ROOT, table

COMMAND: Any = typer.main.get_command(cli)  # typer carries a click of its own
_CALL = re.compile(r"(?:^|[|(;&]\s*|\$ |^> +)(loopi(?: .*)?)$")
# What the shell puts in there is a value to us.
_FILLED_IN = re.compile(r"\$\([^)]*\)")
_END = re.compile(r";| (?=[|<>]|&& )| {3,}|  #")


def shown_calls() -> Iterator[tuple[str, str]]:
    """Page and call, of lines to be typed."""
    for each in USER_PAGES:
        lines = [line for block in each.blocks("console") for line in block.splitlines()]
        typed = [line for session in sessions(each) for line in session[0].splitlines()]
        plain = [] if typed else lines
        for line in (*typed, *plain):
            found = _CALL.search(_FILLED_IN.sub("VALUE", line.strip()))
            if found:
                yield each.path, _END.split(found[1])[0]


def parse(arguments: Sequence[str]) -> str:
    """The command that is meant, its options read, not called. Raises typer.TyperException."""
    context = COMMAND.make_context("loopi", list(arguments), obj=Session(Output()))
    command = COMMAND
    while hasattr(command, "commands"):
        name, command, rest = command.resolve_command(context, [*context._protected_args, *context.args])  # noqa: SLF001 - no other way without calling it
        context = command.make_context(name, rest, parent=context)
    return str(context.command_path)


CALLS = [pytest.param(call, id=f"{path}: {call}") for path, call in dict.fromkeys(shown_calls())]


@pytest.mark.parametrize("call", CALLS)
def test_a_command_that_is_shown_can_be_typed(call: str) -> None:
    assert parse(shlex.split(call)[1:]).startswith("loopi ")


def mentions() -> Iterator[tuple[str, str]]:
    """Page and call, of words in code. `list|show` stands for two commands."""
    for each in USER_PAGES:
        for code in each.code():
            if re.match(r"loopi( |$)", code):
                yield each.path, code.replace("\\|", "|")


def unknown(mention: str) -> list[str]:
    """The words of a mention that are neither a command nor one of its options. Capitals are values."""
    commands = [COMMAND]
    for word in mention.split()[1:]:
        names = word.split("|")
        groups = [each for each in commands if hasattr(each, "commands")]
        if groups and re.fullmatch(r"[a-z|][a-z|-]*", word):
            missing = [name for name in names if not any(name in each.commands for each in groups)]
            if missing:
                return missing
            commands = [each.commands[name] for each in groups for name in names if name in each.commands]
        elif word.startswith("--"):
            options = {option for each in (COMMAND, *commands) for p in each.params for option in p.opts}
            if word.partition("=")[0] not in {*options, "--help"}:
                return [word]
    return []


def test_every_command_and_option_that_is_mentioned_exists() -> None:
    wrong = [f"{path}: {mention}" for path, mention in mentions() if unknown(mention)]
    assert not wrong, table(wrong)


def test_every_option_in_code_exists() -> None:
    known = {"--help"}
    waiting = [COMMAND]
    while waiting:
        each = waiting.pop()
        known |= {option for parameter in each.params for option in parameter.opts}
        waiting += getattr(each, "commands", {}).values()
    pages = [each for each in USER_PAGES if "decisions" not in each.path]
    named = [(each.path, word) for each in pages for code in each.code() for word in code.split()]
    wrong = [
        f"{path}: {word}" for path, word in named if re.fullmatch(r"--[a-z-]+", word) and word not in known
    ]
    assert not wrong, table(wrong)


def test_every_command_is_on_the_page_of_commands() -> None:
    text = page("docs/command-line.md").text
    waiting, absent = [("loopi", COMMAND)], []
    while waiting:
        path, command = waiting.pop()
        for name, each in getattr(command, "commands", {}).items():
            waiting.append((f"{path} {name}", each))
            absent += [] if re.search(rf"\b{name}\b", text) else [f"{path} {name}"]
    assert not absent, table(absent)


def test_the_help_of_a_command_shows_examples_that_can_be_typed() -> None:
    waiting, shown = [COMMAND], []
    while waiting:
        each = waiting.pop()
        shown += [
            line.strip() for line in (each.epilog or "").splitlines() if line.strip().startswith("loopi ")
        ]
        waiting += getattr(each, "commands", {}).values()
    assert len(shown) > 20
    for call in shown:
        parse(shlex.split(_END.split(call)[0])[1:])
    named = {word for call in shown for word in call.split() if word.startswith("examples/")}
    assert not [word for word in named if not (ROOT / word).is_file()]
