from backend.importers.curl_options import read_options


def test_letters_may_be_joined_and_a_value_may_follow_at_once() -> None:
    given = read_options(["-sSLXPOST", "-HA: 1", "https://h/"])
    assert given.last("request") == "POST"
    assert given.all("header") == ["A: 1"]
    assert given.has("location")
    assert given.others == ["https://h/"]


def test_an_option_that_is_not_known_is_named_and_takes_nothing_with_it() -> None:
    given = read_options(["--frob=secret-0001", "-?", "https://h/"])
    assert given.others == ["https://h/"]
    assert given.notes == [
        "--frob is not known here and was not taken.",
        "-? is not known here and was not taken.",
    ]


def test_an_option_that_is_not_taken_takes_its_value_with_it() -> None:
    given = read_options(["--cert", "me.pem:pass-0001", "-x", "http://p/", "https://h/"])
    assert given.others == ["https://h/"]
    assert len(given.notes) == 2
    assert "pass-0001" not in "".join(given.notes)


def test_a_value_that_is_missing_is_named() -> None:
    assert read_options(["-X"]).notes == ["-X has no value and was not taken."]


def test_after_two_dashes_all_are_words_and_next_ends_the_request() -> None:
    assert read_options(["--", "-X"]).others == ["-X"]
    given = read_options(["https://a/", "--next", "https://b/"])
    assert (given.others, given.has_next) == (["https://a/"], True)
