import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import LoopiError
from engine.ports import Settings
from engine.steps.api_save import target_of
from servers.api_run import ApiRun, api_run
from servers.echo import EchoServer, cut, gzip_bomb, json_reply, redirect
from servers.loopback import Reply

PNG = Reply(200, b"\x89PNG\0", (("Content-Type", "image/png"),))


@pytest.fixture
def run(tmp_path: Path) -> Iterator[ApiRun]:
    with api_run(settings=Settings(files_folder=str(tmp_path))) as running:
        yield running


def test_a_binary_answer_goes_into_the_file_and_its_name_into_the_output(
    run: ApiRun, server: EchoServer, tmp_path: Path
) -> None:
    result = run.call(url=server.reply("/x", PNG), saveResponseTo="pictures/a.png")
    assert (tmp_path / "pictures/a.png").read_bytes() == b"\x89PNG\0"
    assert result.output["data"] == {"file": "pictures/a.png", "sizeBytes": 5, "contentType": "image/png"}
    assert "note" not in result.output


def test_a_name_that_is_taken_ends_the_step_before_anything_is_sent(
    run: ApiRun, server: EchoServer, tmp_path: Path
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(LoopiError) as caught:
        run.call(url=server.url, saveResponseTo="a")
    assert caught.value.code == "file.exists"
    assert server.requests == []
    assert run.call(url=server.reply("/x", PNG), saveResponseTo="a", overwriteFile=True).status == "ok"
    assert (tmp_path / "a").read_bytes() == b"\x89PNG\0"


def test_an_answer_that_fails_the_step_is_not_saved(run: ApiRun, server: EchoServer, tmp_path: Path) -> None:
    result = run.call(url=server.reply("/x", json_reply({"message": "no"}, 404)), saveResponseTo="a")
    assert result.failure is not None
    assert result.failure.message.endswith("no")
    assert list(tmp_path.iterdir()) == []


MIB = 1024**2
LARGE = Reply(200, headers=(("Transfer-Encoding", "chunked"),), chunks=[bytes(MIB)] * 64)


@pytest.mark.parametrize("case", [(LARGE, 64), (gzip_bomb(256), 256)], ids=["large", "packed"])
def test_a_large_answer_is_never_in_memory(
    run: ApiRun, server: EchoServer, tmp_path: Path, case: tuple[Reply, int]
) -> None:
    reply, size_mib = case
    url = server.reply("/x", reply)
    tracemalloc.start()
    try:
        result = run.call(url=url, saveResponseTo="a")
        _now, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (tmp_path / "a").stat().st_size == size_mib * MIB
    data = result.output["data"]
    assert isinstance(data, dict)
    assert data["sizeBytes"] == size_mib * MIB
    assert run.received[0].size_bytes == size_mib * MIB
    assert peak_bytes < 12 * MIB


def test_what_breaks_off_leaves_no_file(run: ApiRun, server: EchoServer, tmp_path: Path) -> None:
    result = run.call(url=server.reply("/x", cut(bytes(1000), 500)), saveResponseTo="sub/a")
    assert result.failure is not None
    assert result.failure.code == "http.connection_lost"
    assert list((tmp_path / "sub").iterdir()) == []


def test_what_a_redirect_says_does_not_get_into_the_file(
    run: ApiRun, server: EchoServer, tmp_path: Path
) -> None:
    server.reply("/x", PNG)
    url = server.reply("/moved", redirect("/x"))
    assert run.call(url=url, okStatuses=["200-399"], saveResponseTo="a").status == "ok"
    assert (tmp_path / "a").read_bytes() == PNG.body
    kept = run.call(url=url, okStatuses=["200-399"], saveResponseTo="b", followRedirects=False)
    assert (tmp_path / "b").read_bytes() == b"moved"
    assert kept.output["status"] == 302


@pytest.mark.parametrize("value", ["../a", "b/c", "/etc/x", ".."])
def test_a_value_names_a_file_and_never_a_folder(run: ApiRun, value: str) -> None:
    context = run.context(url="https://h/", saveResponseTo="{{name}}")
    with pytest.raises(LoopiError) as caught:
        target_of({"saveResponseTo": value}, context)
    assert caught.value.code == "file.bad_name"


@pytest.mark.parametrize("name", ["{{v}}/a.json", "b/{{v}}/a.json", "x{{v}}y/a.json"])
def test_no_value_names_a_folder(run: ApiRun, server: EchoServer, tmp_path: Path, name: str) -> None:
    with pytest.raises(LoopiError) as caught:
        run.call(url=server.reply("/x", PNG), saveResponseTo=name, variables={"v": "new"})
    assert (caught.value.code, server.requests, list(tmp_path.iterdir())) == ("file.bad_name", [], [])


def test_a_slash_inside_a_placeholder_is_no_folder(run: ApiRun) -> None:
    context = run.context(url="https://h/", saveResponseTo="a/{{ 'x/y' | replace('/', '-') }}")
    found = target_of({"saveResponseTo": "a/x-y"}, context)
    assert found is not None
    assert found.path.name == "x-y"


def test_pages_are_not_saved(run: ApiRun) -> None:
    with pytest.raises(LoopiError, match="pagination"):
        target_of({"saveResponseTo": "a", "pagination": {"kind": "link"}}, run.context(url="https://h/"))


def test_without_a_name_there_is_no_target(run: ApiRun) -> None:
    context = run.context(url="https://h/")
    assert target_of({}, context) is None
