"""Writes JSON in one line, as events are kept: the encoder is made once, not again for each value. Pure."""

import json.encoder
from collections.abc import Callable, Iterable
from typing import TypeAlias

Chunks: TypeAlias = Callable[[object, int], Iterable[str]]

_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def written(value: object) -> str:
    """`value` as compact JSON. Raises TypeError for what is no JSON, RecursionError for what is too deep."""
    return "".join(_chunks(value, 0))


def _made() -> Chunks:
    """What `JSONEncoder.encode` makes anew each time, which takes as long as to write a short value."""
    make: Callable[..., Chunks] | None = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return lambda value, _level: (_ENCODER.encode(value),)
    quote = json.encoder.encode_basestring
    return make(None, _ENCODER.default, quote, None, ":", ",", False, False, True)  # noqa: FBT003 - C's own order


_chunks = _made()
