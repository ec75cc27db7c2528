"""The filters of `{{ value | filter }}`: pure functions over data, each bounded, each with its example."""

from collections.abc import Callable, Mapping

from engine.template.filters.encoding import ENCODING
from engine.template.filters.error import FilterError
from engine.template.filters.number import NUMBER
from engine.template.filters.sequence import SEQUENCE
from engine.template.filters.text import TEXT

GROUPS: Mapping[str, Mapping[str, Callable[..., object]]] = {
    "Text": TEXT,
    "Numbers": NUMBER,
    "Lists and objects": SEQUENCE,
    "Formats": ENCODING,
}
FILTERS: Mapping[str, Callable[..., object]] = {**TEXT, **NUMBER, **SEQUENCE, **ENCODING}

__all__ = ["FILTERS", "GROUPS", "FilterError"]
