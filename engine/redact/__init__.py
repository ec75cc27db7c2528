"""Takes secrets out of texts and JSON-like values before they leave. Knows only the texts it is given."""

from engine.redact.forms import derived_forms
from engine.redact.redactor import MIN_SEARCHED, WITHHELD, Redactor, mask
from engine.redact.writing import written

__all__ = ["MIN_SEARCHED", "WITHHELD", "Redactor", "derived_forms", "mask", "written"]
