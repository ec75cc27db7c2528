"""What requests cost, in mills: thousandths of a US dollar, so that nothing is rounded. Knows no service."""

from typing import NamedTuple


class Price(NamedTuple):
    """From `least` to `most`: what is only known when the step runs makes the difference."""

    least: int
    most: int

    def in_words(self) -> str:
        """`$0.015`, `$0.015 to $0.20`, `up to $0.10`."""
        if self.least == self.most:
            return dollars(self.most)
        return (
            f"{dollars(self.least)} to {dollars(self.most)}" if self.least else f"up to {dollars(self.most)}"
        )


def dollars(mills: int) -> str:
    """With two digits after the point, or three where they say something: `$0.20`, `$0.015`."""
    return f"${mills / 1000:,.3f}".removesuffix("0") if mills % 10 == 0 else f"${mills / 1000:,.3f}"
