from backend.importers.curl_table import LONG, REFUSED, REFUSED_VALUED, SWITCHES, VALUED


def test_no_option_is_in_two_tables() -> None:
    tables = (VALUED, SWITCHES, frozenset(REFUSED), frozenset(REFUSED_VALUED))
    names = [name for table in tables for name in table]
    assert len(names) == len(set(names))


def test_every_refusal_says_which_option_and_why() -> None:
    for text in (*REFUSED.values(), *REFUSED_VALUED.values()):
        assert "{}" in text
        assert text.endswith(".")


def test_each_letter_has_one_long_name() -> None:
    assert all(len(letter) == 1 and len(name) > 1 for letter, name in LONG.items())
    assert len(set(LONG.values())) == len(LONG)


def test_no_name_was_cut_in_two() -> None:
    assert not [name for name in (*VALUED, *SWITCHES) if name.startswith("-") or name.endswith("-")]
