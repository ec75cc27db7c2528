from backend.runs.listing import SELECT, RunFilter


def test_the_statement_takes_exactly_the_values_of_the_filter() -> None:
    values = RunFilter(outcome="failed").values(limit=3, active=["r"])
    assert all(f":{name}" in SELECT for name in values)
    assert (values["outcome"], values["active"], values["limit"]) == ("failed", '["r"]', 3)
