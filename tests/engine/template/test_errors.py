from engine.template.errors import nearest, shown, too_large


def test_the_nearest_name_is_found_among_names_only() -> None:
    assert nearest("wether", ["city", "weather", None, 3]) == "weather"
    assert nearest("zzz", ["city"]) is None


def test_a_long_expression_is_quoted_in_part() -> None:
    assert shown(" a ") == "{{a}}"
    assert len(shown("a" * 500)) == 84


def test_a_size_error_says_what_to_do() -> None:
    assert too_large("It").to_json() == {
        "code": "template.too_large",
        "message": "It makes a value of more than 16 MiB.",
        "hint": "Take a part of it, or save large data to a file.",
    }
