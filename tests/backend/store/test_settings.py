"""Settings for all runs."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from backend.store.errors import StoreError
from backend.store.settings import StoredSettings, load_settings, save_settings
from engine import ports


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json").for_engine({}) == ports.Settings()


def test_what_was_saved_is_read_again_and_unknown_keys_survive(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": {"name": "dark"}, "maxRedirects": 3}')
    settings = load_settings(path)
    save_settings(path, replace(settings, values=replace(settings.values, request_timeout_s=5.5)))
    written = json.loads(path.read_text())
    assert written["theme"] == {"name": "dark"}
    assert (written["maxRedirects"], written["requestTimeoutSeconds"]) == (3, 5.5)
    assert load_settings(path).for_engine({}).request_timeout_s == 5.5


def test_the_environment_wins_over_the_file_and_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"xBaseUrl": "https://x.example/"}')
    settings = load_settings(path)
    assert settings.for_engine({}).x_base_url == "https://x.example"
    assert (
        settings.for_engine({"LOOPI_X_BASE_URL": "http://127.0.0.1:8080/"}).x_base_url
        == "http://127.0.0.1:8080"
    )
    assert settings.to_json()["xBaseUrl"] == "https://x.example/"


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        '{"maxRedirects": -1, "requestTimeoutSeconds": true, "allowLinkLocal": "y", "xBaseUrl": 1}'
    )
    with pytest.raises(StoreError) as caught:
        load_settings(path)
    assert caught.value.code == "settings.invalid"
    for key in ("maxRedirects", "requestTimeoutSeconds", "allowLinkLocal", "xBaseUrl"):
        assert key in caught.value.message


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_a_broken_file_is_an_error_and_not_the_defaults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        load_settings(path)
    assert caught.value.code == "settings.invalid"
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x.example",
        "x.example",
        "https://",
        "https://u:p@x.example",
        "https://x.example/?a",
        "http://[::1",
        "//",
    ],
)
def test_a_base_url_or_proxy_that_is_none_or_holds_a_password_is_refused(tmp_path: Path, url: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"proxyUrl": url}))
    with pytest.raises(StoreError, match="proxyUrl"):
        load_settings(path)
    with pytest.raises(StoreError, match="LOOPI_X_BASE_URL"):
        StoredSettings().for_engine({"LOOPI_X_BASE_URL": url})


def test_settings_that_could_not_be_read_again_are_not_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    with pytest.raises(StoreError):
        save_settings(path, StoredSettings(ports.Settings(max_redirects=-1)))
    assert not path.exists()
