from collections.abc import Iterator

import pytest

from engine.events import ResponseReceived
from engine.steps.api_answer import ok_ranges
from engine.steps.api_exchange import Exchange
from engine.steps.api_request import build_request, shown_request
from engine.steps.api_retry import RetryRules
from servers.api_run import ApiRun, api_run
from servers.echo import EchoServer, json_reply


@pytest.fixture
def run() -> Iterator[ApiRun]:
    with api_run() as running:
        yield running


def exchange(run: ApiRun) -> Exchange:
    return Exchange(
        run.context(url="https://h/"), None, ok_ranges(None), RetryRules("read"), 10.0, follows=True
    )


@pytest.mark.parametrize("is_brief", [True, False])
def test_a_brief_announcement_has_no_headers_and_the_output_has_them(
    run: ApiRun,
    server: EchoServer,
    is_brief: bool,  # noqa: FBT001
) -> None:
    params = {"url": server.reply("/x", json_reply({"a": 1}, headers={"X-A": "1"}))}
    answer = exchange(run).ask(build_request(params), shown_request(params, None), is_brief=is_brief)
    (received,) = [each for each in run.facts if isinstance(each, ResponseReceived)]
    assert ("x-a" in received.headers) is not is_brief
    assert "x-a" in str(answer.output["headers"])


def test_an_answer_is_a_result_by_its_status(run: ApiRun, server: EchoServer) -> None:
    params = {"url": server.reply("/x", json_reply({"message": "no"}, 404))}
    asked = exchange(run)
    result = asked.result(asked.ask(build_request(params), shown_request(params, None)))
    assert result.failure is not None
    assert result.failure.message.endswith("Not Found: no")
