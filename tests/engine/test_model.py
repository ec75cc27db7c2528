from engine.model import Step, located, walk


def test_nested_steps_come_in_reading_order_with_their_places() -> None:
    inner = Step("c", "if", blocks={"then": (Step("d", "stop"),), "else": (Step("e", "stop"),)})
    steps = (Step("a", "wait"), Step("b", "forEach", blocks={"steps": (inner,)}), Step("f", "wait"))

    assert [step.id for step in walk(steps)] == list("abcdef")
    assert [path for path, _step in located(steps)] == [
        "steps[0]",
        "steps[1]",
        "steps[1].steps[0]",
        "steps[1].steps[0].then[0]",
        "steps[1].steps[0].else[0]",
        "steps[2]",
    ]
