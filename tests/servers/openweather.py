"""OpenWeather's current-weather endpoint on loopback, for tests: `/data/2.5/weather?q=London&appid=KEY`."""

import json
from dataclasses import dataclass, field

from servers.loopback import LoopbackServer, Reply, Seen

_JSON = (("Content-Type", "application/json; charset=utf-8"),)


@dataclass(slots=True)
class OpenWeatherServer(LoopbackServer):
    """Knows the cities in `temperatures` (kelvin, as OpenWeather without `units`) and the key `api_key`."""

    api_key: str = "0123456789abcdef0123456789abcdef"
    temperatures: dict[str, float] = field(default_factory=lambda: {"London": 301.25, "München": 280.0})

    def handle(self, seen: Seen) -> Reply:
        if seen.query.get("appid") != self.api_key:
            message = "Invalid API key. Please see https://openweathermap.org/faq#error401 for more info."
            return _answer(401, {"cod": 401, "message": message})
        if seen.method != "GET" or seen.path != "/data/2.5/weather":
            return _answer(404, {"cod": "404", "message": "Internal error"})
        city = seen.query.get("q", "")
        if not city:
            return _answer(400, {"cod": "400", "message": "Nothing to geocode"})
        known = {name.lower(): name for name in self.temperatures}.get(city.split(",")[0].lower())
        if known is None:
            return _answer(404, {"cod": "404", "message": "city not found"})
        return _answer(200, self._weather(known, seen.query.get("units", "standard")))

    def _weather(self, city: str, units: str) -> dict[str, object]:
        kelvin = self.temperatures[city]
        degrees = {"metric": kelvin - 273.15, "imperial": kelvin * 9 / 5 - 459.67}.get(units, kelvin)
        shown = round(degrees, 2)
        return {
            "coord": {"lon": -0.1257, "lat": 51.5085},
            "weather": [{"id": 800, "main": "Clear", "description": "clear sky", "icon": "01d"}],
            "base": "stations",
            "main": {
                "temp": shown,
                "feels_like": shown,
                "temp_min": shown,
                "temp_max": shown,
                "pressure": 1015,
                "humidity": 40,
            },
            "visibility": 10000,
            "wind": {"speed": 3.6, "deg": 220},
            "clouds": {"all": 0},
            "dt": 1_780_000_000,
            "sys": {
                "type": 2,
                "id": 2075535,
                "country": "GB",
                "sunrise": 1_779_940_000,
                "sunset": 1_779_999_000,
            },
            "timezone": 3600,
            "id": 2643743,
            "name": city,
            "cod": 200,
        }


def _answer(status: int, body: dict[str, object]) -> Reply:
    return Reply(status, json.dumps(body).encode(), _JSON)
