import json

import pytest

from backend.runs.listing import SELECT, SPENT, RunFilter, going


def test_the_statement_takes_exactly_the_values_of_the_filter() -> None:
    values = RunFilter(outcome="failed").values(limit=3, going=going(["r"], ["o"]))
    assert all(f":{name}" in SELECT for name in values)
    assert (values["outcome"], json.loads(str(values["active"])), values["limit"]) == ("failed", ["r"], 3)
    assert all(f":{name}" in SPENT for name in ("oldest", "kept", "active", "owners"))


@pytest.mark.parametrize(("text", "pattern"), [("50%", r"%50\%%"), ("a_b", r"%a\_b%"), ("\\", r"%\\%")])
def test_the_signs_of_a_search_mean_themselves(text: str, pattern: str) -> None:
    assert RunFilter(text=text).values(limit=1, going={})["text"] == pattern
