"""The session: standard input is read once, in order, with limits."""

import io
import sys

import pytest
import typer

from backend.cli.output import Output
from backend.cli.prompt import UsageProblem
from backend.cli.session import MAX_STDIN_BYTES, Session, decode, session_of


class Stdin(io.TextIOWrapper):
    """Standard input that is no terminal."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))


def session(monkeypatch: pytest.MonkeyPatch, content: bytes, *, has_passphrase: bool) -> Session:
    monkeypatch.setattr(sys, "stdin", Stdin(content))
    made = Session(Output())
    made.passphrase_from_stdin = has_passphrase
    return made


def test_the_passphrase_is_the_first_line_and_the_rest_comes_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = session(monkeypatch, b" two words \r\nrest\nmore\n", has_passphrase=True)
    assert made.read_stdin() == "rest\nmore\n"
    assert made.passphrase == " two words "


def test_without_the_option_all_of_it_is_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    made = session(monkeypatch, b"all", has_passphrase=False)
    assert made.passphrase is None
    assert made.read_stdin() == "all"


def test_a_passphrase_that_does_not_come_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageProblem) as caught:
        _ = session(monkeypatch, b"", has_passphrase=True).passphrase
    assert caught.value.code == "usage.no_passphrase"


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageProblem) as caught:
        session(monkeypatch, b"x" * (MAX_STDIN_BYTES + 1), has_passphrase=False).read_stdin()
    assert caught.value.code == "usage.too_large"


def test_what_is_no_text_is_refused_without_showing_it() -> None:
    with pytest.raises(UsageProblem) as caught:
        decode(b"secret\xff", what="It")
    assert "secret" not in caught.value.message
    assert caught.value.__cause__ is None


def test_a_command_without_a_session_is_a_mistake_of_ours() -> None:
    context = typer.Context(typer.main.get_command(_one_command()))
    with pytest.raises(TypeError, match="needs a session"):
        session_of(context)


def _one_command() -> typer.Typer:
    app = typer.Typer(add_completion=False)
    app.command()(_nothing)
    return app


def _nothing() -> None:
    """Do nothing."""
