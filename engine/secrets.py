"""A secret that does not show itself. Knows nothing of where secrets are kept or searched for.

`.reveal()` is the only way out, so `grep reveal` is the audit. Python cannot wipe memory: a value stays
there until the memory is used again.
"""

import hmac
from typing import NoReturn, SupportsIndex, final

BULLETS = "••••••••"
_SHOWN = f"Secret({BULLETS})"


@final
class Secret:
    """A text that does not print, format, copy, pickle or go into JSON.

    Printing gives bullets instead of an error: a log line or a traceback must neither leak nor fail. What
    would multiply the value in silence (copy, pickle, `dataclasses.asdict`) raises TypeError. There is no
    hash: a set of secrets could be asked whether it holds a guess.
    """

    __slots__ = ("__value",)
    __value: str

    def __init__(self, value: str) -> None:
        if not isinstance(value, str):
            raise TypeError("A secret is a text.")
        object.__setattr__(self, "_Secret__value", value)

    def reveal(self) -> str:
        """The value itself. Each call is a place where a secret may leave: keep it next to its use."""
        return self.__value

    def __eq__(self, other: object) -> bool:
        """Equal values, in a time that does not depend on where they differ (it does on their lengths)."""
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(_bytes(self.__value), _bytes(other.reveal()))

    __hash__ = None  # type: ignore[assignment]  # see the docstring of the class

    def __bool__(self) -> bool:
        """Whether there is a value at all."""
        return bool(self.__value)

    def __repr__(self) -> str:
        return _SHOWN

    def __str__(self) -> str:
        return _SHOWN

    def __format__(self, _spec: str) -> str:
        return _SHOWN

    def __setattr__(self, _name: str, _value: object) -> NoReturn:
        raise AttributeError("A secret does not change. Make a new one.")

    def __delattr__(self, _name: str) -> NoReturn:
        raise AttributeError("A secret does not change. Make a new one.")

    def __copy__(self) -> NoReturn:
        raise TypeError("A secret is not copied. Pass the same object on.")

    def __deepcopy__(self, _memo: dict[int, object]) -> NoReturn:
        raise TypeError("A secret is not copied. Pass the same object on.")

    def __reduce_ex__(self, _protocol: SupportsIndex) -> NoReturn:
        raise TypeError("A secret is not pickled.")

    def __getstate__(self) -> NoReturn:
        raise TypeError("A secret is not pickled.")


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")
