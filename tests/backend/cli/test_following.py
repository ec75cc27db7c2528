from backend.cli.following import watcher
from backend.cli.output import Output
from backend.cli.progress import JsonLines, PlainLines
from backend.cli.session import Session


def test_events_are_shown_in_the_form_that_fits_who_reads() -> None:
    assert isinstance(watcher(Session(Output(is_json=True))), JsonLines)
    assert isinstance(watcher(Session(Output())), PlainLines)
