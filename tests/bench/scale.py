"""How much the bench does."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Rounds of which the best counts, steps in a round, sizes of vaults in credentials and of lists."""

    rounds: int = 7
    steps: int = 1000
    requests: int = 100
    vault_sizes: tuple[int, ...] = (10, 1000, 10_000)
    credentials: int = 1000
    log_lines: int = 50_000


FULL = Scale()
QUICK = Scale(rounds=2, steps=100, requests=10, vault_sizes=(10,), credentials=100, log_lines=2000)
