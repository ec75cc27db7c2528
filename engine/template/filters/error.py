"""What a filter says when it cannot work on a value."""


class FilterError(ValueError):
    """The message continues a sentence that begins with the filter's name: `takes a list`.

    It says which kind of value is wanted, and never shows the one that was given.
    """


def too_large() -> FilterError:
    """The error for a result that outgrows the largest value."""
    return FilterError("would make a value of more than 16 MiB.")
