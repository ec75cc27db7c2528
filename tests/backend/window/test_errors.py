from backend.window.errors import no_engine


def test_each_engine_says_why_it_is_not_there() -> None:
    error = no_engine(("WebKitGTK is not installed", "Qt cannot be loaded"), hint="Install one.")
    assert error.message == (
        "No engine for the window works here: WebKitGTK is not installed; Qt cannot be loaded."
    )
    assert error.code == "window.no_engine"
