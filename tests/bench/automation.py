"""The automations that the bench runs, and the credentials they name."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from servers.oauth1 import Account

API_KEY = "0123456789abcdef0123456789abcdef"
FORMAT = "loopi-automation/1"


def credentials(url: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Name → type and fields, for stand-ins at `url`."""
    x = Account()
    keys = {"apiKey": x.consumer_key, "apiSecret": x.consumer_secret}
    return {
        "OpenWeather": ("apiKey", {"apiKey": API_KEY, "apiUrl": f"{url}/data/2.5/"}),
        "X": ("twitter", {**keys, "accessToken": x.token, "accessSecret": x.token_secret}),
    }


def many_steps(count: int) -> Mapping[str, object]:
    """`count` API calls, one after the other."""
    return _automation([_weather(f"weather{index}") for index in range(count)])


def loop(count: int, concurrency: int) -> Mapping[str, object]:
    """One API call in a loop of `count` rounds."""
    each = {"items": list(range(count)), "concurrency": concurrency, "steps": [_weather("weather")]}
    return _automation([{"id": "loop", "type": "forEach", **each}])


LOOPS: Mapping[int, Callable[[int], Mapping[str, object]]] = {
    1: partial(loop, concurrency=1),
    8: partial(loop, concurrency=8),
}


def twitter_steps(count: int) -> Mapping[str, object]:
    """`count` look-ups of a user."""
    look_up = {"type": "twitterSearchUser", "credentialId": "X", "username": "loopi_test", "storeKey": "user"}
    return _automation([{"id": f"user{index}", **look_up} for index in range(count)])


def _weather(step_id: str) -> Mapping[str, object]:
    return {
        "id": step_id,
        "type": "apiCall",
        "credentialId": "OpenWeather",
        "method": "GET",
        "url": "{{credentials.apiUrl}}weather?q={{city}}&units=metric&appid={{credentials.apiKey}}",
        "storeKey": "weatherData",
    }


def _automation(steps: Sequence[Mapping[str, object]]) -> Mapping[str, object]:
    return {"format": FORMAT, "id": "bench", "name": "Bench", "variables": {"city": "London"}, "steps": steps}
