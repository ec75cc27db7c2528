"""What holds for every Twitter step."""

import subprocess
import sys
from pathlib import Path

import pytest

from engine.steps.action import Action
from engine.steps.registry import STEPS

ROOT = Path(__file__).parents[3]
TWITTER = [kind for kind in STEPS.values() if isinstance(kind, Action) and kind.type.startswith("twitter")]


def test_tweepy_is_not_imported_before_a_step_acts() -> None:
    code = "import sys, engine.steps.registry; print({'tweepy', 'requests', 'h11'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("action", TWITTER, ids=lambda action: action.type)
def test_each_step_needs_a_twitter_credential(action: Action) -> None:
    assert action.needs_credential
    assert action.credential_types == ("twitter",)


def test_reading_steps_may_be_repeated() -> None:
    reading = {action.type for action in TWITTER if action.classify({}) == "read"}
    assert reading == {"twitterSearchTweets", "twitterUserTweets", "twitterSearchUser"}
