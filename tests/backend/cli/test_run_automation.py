"""`loopi run` with automations that run others."""

from collections.abc import Iterator

import pytest

from servers.command_line import API_KEY, Cli
from servers.openweather import OpenWeatherServer

WEATHER = {
    "id": "weather",
    "type": "apiCall",
    "url": "{{credentials.apiUrl}}weather?q={{city}}&appid={{credentials.apiKey}}",
    "credentialId": "W",
}


@pytest.fixture
def weather(cli: Cli) -> Iterator[OpenWeatherServer]:
    with OpenWeatherServer(api_key=API_KEY) as server:
        cli.add("W", {"apiKey": API_KEY, "apiUrl": f"{server.url}/data/2.5/"})
        yield server


def test_an_automation_that_is_called_brings_its_own_credential(cli: Cli, weather: OpenWeatherServer) -> None:
    cli("automations", "import", cli.file("asks", WEATHER, variables={"city": "Nowhere"}))
    call = {
        "id": "call",
        "type": "runAutomation",
        "automation": "Asks",
        "variables": {"city": "London"},
        "storeKey": "got",
    }
    said = {"id": "said", "type": "stop", "message": "{{got.name}}"}

    ended = cli("run", cli.file("outer", call, said), "--json")
    other = cli("run", cli.file("outer", call, said), "--json", "--credential", f"asks/{WEATHER['id']}=Gone")

    assert ended.code == 0
    assert "0/run/0" in {event["path"] for event in ended.events if event["type"] == "RequestSent"}
    assert other.code == 4
