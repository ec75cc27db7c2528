"""What a Twitter step with a saved credential costs, against bare tweepy on the same stand-in for X."""

from bench.api_steps import compared, measured
from bench.row import Row
from bench.scale import Scale


def rows(scale: Scale) -> list[Row]:
    """CPU, speed and peak memory for look-ups of a user."""
    samples = measured(["loopi, twitter", "tweepy"], "x", scale)
    return compared("loopi, twitter", "tweepy", samples, scale)
