"""What a run costs is said before it is started."""

from playwright.sync_api import expect

from ui.editor import CALL, Step, open_editor, save_automation
from ui.program import Program
from ui.visitor import Visitor

TWEET: Step = {"id": "post", "type": "twitterCreateTweet", "text": "Hello", "credentialId": "X"}


def test_what_a_run_costs_stands_above_its_steps(visitor: Visitor, program: Program) -> None:
    save_automation(program, TWEET)
    page = open_editor(visitor)
    expect(page.get_by_role("main").get_by_text("a run costs")).to_be_visible()
    save_automation(program, CALL)
    page = open_editor(visitor)
    expect(page.get_by_role("main").get_by_text("a run costs")).to_have_count(0)
