import pytest

from drive.templates import compute
from engine.template.errors import TemplateError
from engine.template.filters.error import too_large


def test_a_filter_continues_the_sentence_that_names_it() -> None:
    with pytest.raises(TemplateError) as caught:
        compute('"x" | sum')

    assert caught.value.message == '{{"x" | sum}}: sum takes a list.'
    assert str(too_large()) == "would make a value of more than 16 MiB."
