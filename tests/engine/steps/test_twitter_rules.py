from engine.steps.twitter_rules import RULES, Rule


def first_fit(status: int, words: str = "", **marks: set[str] | set[int]) -> str:
    kinds = {str(each) for each in marks.get("kinds", set())}
    numbers = {int(each) for each in marks.get("numbers", set())}
    return next(rule.code for rule in RULES if rule.fits(status, kinds, numbers, words))


def test_every_status_has_a_rule() -> None:
    assert all(any(rule.fits(status, set(), set(), "") for rule in RULES) for status in range(100, 600))


def test_a_rule_with_marks_fits_by_any_one_of_them_and_never_by_the_status_alone() -> None:
    rule = Rule(403, 403, "x.test", "", "", frozenset({"kind"}), frozenset({7}), ("some words",))
    fits = [
        rule.fits(403, {"kind"}, set(), ""),
        rule.fits(403, set(), {7}, ""),
        rule.fits(403, set(), set(), "with some words in it"),
        rule.fits(403, set(), set(), ""),
        rule.fits(404, {"kind"}, {7}, "some words"),
    ]
    assert fits == [True, True, True, False, False]


def test_no_rule_is_hidden_behind_a_general_one() -> None:
    hidden = [
        later.code
        for number, rule in enumerate(RULES)
        if not (rule.kinds or rule.numbers or rule.phrases)
        for later in RULES[number + 1 :]
        if rule.first <= later.first and later.last <= rule.last
    ]
    assert hidden == []


def test_every_rule_says_what_happened_and_what_to_do() -> None:
    assert all(rule.message.endswith(".") and rule.hint.endswith(".") for rule in RULES)


def test_the_marks_of_a_monthly_cap_win_over_the_limit_of_minutes() -> None:
    assert first_fit(429) == "x.rate_limited"
    assert first_fit(429, kinds={"usage-capped"}) == "x.usage_cap"
    assert first_fit(403, numbers={187}) == "x.forbidden.duplicate"
