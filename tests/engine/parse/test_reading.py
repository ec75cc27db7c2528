from drive.run import BOOK
from engine.parse.reading import Block, Reading, inline_keys
from engine.steps.registry import STEPS


def test_blocks_are_read_from_top_to_bottom() -> None:
    inner = [{"id": "b", "type": "wat"}]
    condition = {"left": 1, "operator": "exists"}
    reading = Reading(BOOK)

    reading.read(
        Block([{"id": "a", "type": "if", "condition": condition, "then": inner, "else": inner}, 7], "steps")
    )

    assert [problem.path for problem in reading.problems] == [
        "steps[1]",
        "steps[0].then[0].type",
        "steps[0].else[0].type",
    ]


def test_only_steps_of_one_service_may_carry_its_keys() -> None:
    assert inline_keys(STEPS["twitterCreateTweet"]) == ("apiKey", "apiSecret", "accessToken", "accessSecret")
    assert inline_keys(STEPS["apiCall"]) == ()
    assert inline_keys(STEPS["if"]) == ()
