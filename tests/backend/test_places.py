import os
import stat
from pathlib import Path

import pytest

from backend.places import Places
from engine.errors import LoopiError

HOME = Path("/home/me")


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {}, HOME / ".config" / "loopi"),
        ("linux", {"XDG_CONFIG_HOME": "/else/config"}, Path("/else/config/loopi")),
        ("linux", {"XDG_CONFIG_HOME": "relative"}, HOME / ".config" / "loopi"),
        ("linux", {"XDG_CONFIG_HOME": ""}, HOME / ".config" / "loopi"),
        ("darwin", {}, HOME / "Library" / "Application Support" / "loopi"),
        ("darwin", {"XDG_CONFIG_HOME": "/x"}, HOME / "Library" / "Application Support" / "loopi"),
        ("win32", {"APPDATA": "/roaming"}, Path("/roaming/loopi")),
        ("win32", {}, HOME / "AppData" / "Roaming" / "loopi"),
        ("linux", {"LOOPI_HOME": "/mine", "XDG_CONFIG_HOME": "/x"}, Path("/mine")),
        ("win32", {"LOOPI_HOME": "/mine", "APPDATA": "/x"}, Path("/mine")),
        ("linux", {"LOOPI_HOME": " "}, HOME / ".config" / "loopi"),
    ],
)
def test_the_folder_is_the_usual_one_of_the_system_unless_named(
    platform: str, environ: dict[str, str], folder: Path
) -> None:
    assert Places.from_environment(environ, platform=platform, home=HOME).user_data == folder


@pytest.mark.parametrize(
    "sign",
    ["\n", "\t", "\x00", "\x01", "\x1b", "\x7f", "\x85", "\x9b", "\u2028", "\u2029", "\udcff", "\uffff"],
)
def test_a_folder_that_no_file_of_a_system_can_name_is_refused(sign: str) -> None:
    for environ in ({"LOOPI_HOME": f"/a{sign}b"}, {"XDG_CONFIG_HOME": f"/a{sign}b"}):
        with pytest.raises(LoopiError) as refused:
            Places.from_environment(environ, platform="linux", home=HOME)
        assert refused.value.code == "usage.bad_folder"
        assert f"U+{ord(sign):04X}" in refused.value.message
        assert sign not in refused.value.message + refused.value.hint


@pytest.mark.parametrize("name", ["Ütöpia", "家", "a b", "نام\u200cه", "a'\"$%&<>", "👩\u200d💻"])
def test_a_folder_may_have_any_other_name(name: str) -> None:
    assert Places.from_environment({"LOOPI_HOME": f"/{name}"}).user_data == Path(f"/{name}")


def test_a_folder_named_relatively_is_the_same_after_a_change_of_directory() -> None:
    assert Places.from_environment({"LOOPI_HOME": "here"}).user_data == Path.cwd() / "here"


def test_everything_lies_in_the_folder_of_the_user() -> None:
    places = Places(Path("/u"))
    files = [places.history_db, places.settings_file]
    folders = [places.vault_dir, places.automations, places.logs, places.schemas]
    assert all(path.is_relative_to(places.user_data) for path in [*files, *folders])
    assert len({*files, *folders}) == 6
    assert places.vault_dir == Path("/u")


def test_asking_for_a_place_creates_nothing(tmp_path: Path) -> None:
    places = Places.from_environment({"LOOPI_HOME": str(tmp_path / "new")})
    assert places.automations == tmp_path / "new" / "automations"
    assert list(tmp_path.iterdir()) == []


def test_creating_makes_what_is_missing_and_can_be_repeated(tmp_path: Path) -> None:
    places = Places(tmp_path / "deep" / "new")
    places.create()
    places.create()
    assert all(folder.is_dir() for folder in (places.automations, places.logs, places.schemas))


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_nobody_else_may_enter_the_folders(tmp_path: Path) -> None:
    places = Places(tmp_path / "parent" / "new")
    old = os.umask(0)
    try:
        places.create()
        places.user_data.chmod(0o777)
        places.create()
    finally:
        os.umask(old)
    folders = [tmp_path / "parent", places.user_data, places.automations, places.logs, places.schemas]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away"
)
def test_a_folder_of_another_user_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir(mode=0o777)
    os.chown(folder, 12_345, 12_345)
    with pytest.raises(LoopiError) as caught:
        Places(folder).create()
    assert caught.value.code == "store.foreign_folder"
    assert list(folder.iterdir()) == []
