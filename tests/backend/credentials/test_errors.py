from backend.credentials import errors


def test_an_error_names_each_field_and_offers_them_one_by_one() -> None:
    wrong = errors.invalid({"apiKey": "This is required.", "apiUrl": "Enter a whole address."})
    assert wrong.fields == {"apiKey": "This is required.", "apiUrl": "Enter a whole address."}
    assert "apiKey: This is required." in wrong.message
    assert wrong.to_json()["code"] == "credential.invalid"


def test_every_error_says_what_to_do_next() -> None:
    made = [
        errors.invalid({}),
        errors.name_taken("a"),
        errors.not_found("a"),
        errors.ambiguous("a"),
        errors.changed_elsewhere("a"),
        errors.not_in_trash("a"),
        errors.too_many(1),
        errors.unknown_type("a"),
        errors.damaged("a", "b"),
    ]
    assert all(error.hint for error in made)
    assert len({error.code for error in made}) == len(made)


def test_a_reference_of_any_length_makes_a_short_message() -> None:
    assert len(errors.not_found("x" * 1_000_000).message) < 300
