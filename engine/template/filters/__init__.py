"""The filters of `{{ value | filter }}`: pure functions over data, each bounded, each with its example."""

from collections.abc import Callable, Mapping

from engine.template.filters.date import DATE
from engine.template.filters.digest import DIGEST
from engine.template.filters.encoding import ENCODING
from engine.template.filters.error import FilterError
from engine.template.filters.gathering import GATHERING
from engine.template.filters.number import NUMBER
from engine.template.filters.sequence import SEQUENCE
from engine.template.filters.text import TEXT

GROUPS: Mapping[str, Mapping[str, Callable[..., object]]] = {
    "Text": TEXT,
    "Numbers": NUMBER,
    "Dates and times": DATE,
    "Lists and objects": {**SEQUENCE, **GATHERING},
    "Formats": ENCODING,
    "Digests and signatures": DIGEST,
}
FILTERS: Mapping[str, Callable[..., object]] = {
    name: act for group in GROUPS.values() for name, act in group.items()
}

__all__ = ["FILTERS", "GROUPS", "FilterError"]
