from hypothesis import given
from hypothesis import strategies as st

from backend.importers.literal import literal, literal_tree
from engine.template.render import render


def nobody(name: str) -> object:
    raise AssertionError(name)


@given(st.text(alphabet="a{} \"'%", max_size=30))
def test_a_literal_gives_its_text_and_asks_for_no_name(text: str) -> None:
    assert render(literal(text), nobody) == text


def test_every_text_inside_a_value_is_made_literal() -> None:
    assert literal_tree({"a": ["{{x}}", 1, None]}) == {"a": ['{{ "{{" }}x}}', 1, None]}
