"""One line of the bench's table: what was measured, by us and by the peer, and the bar to stay under."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEAD = ("what", "unit", "loopi", "peer", "ratio", "bar", "", "peer is")


@dataclass(frozen=True, slots=True)
class Row:
    """Numbers are in `unit`. `bar` is in it too; `bar_ratio` says how many times the peer is still good.

    `note` says why there is no number, or what the two sides do not share. `is_speed`: more is better.
    """

    what: str
    unit: str
    ours: float | None = None
    peer: float | None = None
    peer_name: str = ""
    bar: float | None = None
    bar_ratio: float | None = None
    is_speed: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours to the peer's. Below 1 we are better, of a speed above 1."""
        return self.ours / self.peer if self.ours is not None and self.peer else None

    @property
    def verdict(self) -> str:
        """`ok` or `over`; empty where there is no bar, or no number to hold against it."""
        pairs = ((self.ours, self.bar), (self.ratio, self.bar_ratio))
        held = [found <= bar for found, bar in pairs if found is not None and bar is not None]
        return ("ok" if all(held) else "over") if held else ""

    def to_json(self) -> dict[str, object]:
        """Every field, and what follows from them."""
        return {
            "what": self.what,
            "unit": self.unit,
            "ours": self.ours,
            "peer": self.peer,
            "peer_name": self.peer_name,
            "ratio": self.ratio,
            "bar": self.bar,
            "bar_ratio": self.bar_ratio,
            "verdict": self.verdict,
            "is_speed": self.is_speed,
            "note": self.note,
        }


def table(rows: Iterable[Row]) -> str:
    """The rows as text, in columns."""
    lines = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(_aligned(line, widths).rstrip() for line in lines)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    is_text = {0, 1, 5, 6, 7}
    placed = (
        cell.ljust(width) if column in is_text else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(placed)


def _cells(row: Row) -> tuple[str, ...]:
    ratio = "–" if row.ratio is None else f"{row.ratio:.2f}"
    explained = "; ".join(part for part in (row.peer_name, row.note) if part)
    return (
        row.what,
        row.unit,
        _number(row.ours),
        _number(row.peer),
        ratio,
        _bar(row),
        row.verdict,
        explained,
    )


def _bar(row: Row) -> str:
    if row.bar_ratio is not None:
        return f"≤ {row.bar_ratio:g} × peer"
    return "" if row.bar is None else f"≤ {row.bar:g}"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    digits = 0 if value >= 1000 else 1 if value >= 100 else 2 if value >= 1 else 4 if value < 0.1 else 3
    return f"{value:,.{digits}f}"
