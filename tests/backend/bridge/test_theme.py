from pathlib import Path

import pytest

from backend.bridge.theme import chosen_in


@pytest.mark.parametrize(
    ("content", "theme"),
    [
        ('{"theme": "dark"}', "dark"),
        ('{"theme": "blue"}', "system"),
        ('{"theme": ["dark"]}', "system"),
        ("{", "system"),
    ],
)
def test_a_settings_file_of_any_kind_gives_a_theme(tmp_path: Path, content: str, theme: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(content)
    assert chosen_in(file)() == theme


def test_a_choice_is_seen_at_once(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    chosen = chosen_in(file)
    assert chosen() == "system"
    file.write_text('{"theme": "light"}')
    assert chosen() == "light"
