from backend.window.native import WEBKIT, WEBVIEW2


def test_only_the_new_engine_of_windows_will_do() -> None:
    assert WEBVIEW2.renderer == "edgechromium"
    assert WEBVIEW2.problem({}) is None


def test_macos_has_the_one_it_has() -> None:
    assert (WEBKIT.name, WEBKIT.renderer) == ("cocoa", "cocoa")
