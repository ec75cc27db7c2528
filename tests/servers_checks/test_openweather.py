import httpx
import pytest

from servers.openweather import OpenWeatherServer


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=London&appid={key}", (200, 200)),
        ("q=m%C3%BCnchen&appid={key}", (200, 200)),
        ("q=Atlantis&appid={key}", (404, "404")),
        ("q=London&appid=wrong", (401, 401)),
        ("q=London", (401, 401)),
        ("appid={key}", (400, "400")),
    ],
)
def test_status_and_cod_are_those_of_openweather(query: str, expected: tuple[int, int | str]) -> None:
    with OpenWeatherServer() as server, httpx.Client(trust_env=False) as client:
        answer = client.get(f"{server.url}/data/2.5/weather?" + query.format(key=server.api_key))
    assert (answer.status_code, answer.json()["cod"]) == expected


def test_the_temperature_is_the_one_the_test_gave() -> None:
    with OpenWeatherServer(temperatures={"Rome": 300.5}) as server, httpx.Client(trust_env=False) as client:
        answer = client.get(f"{server.url}/data/2.5/weather?q=Rome&appid={server.api_key}")
    assert answer.json()["main"]["temp"] == 300.5
