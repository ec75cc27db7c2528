import json
from contextlib import closing
from http.client import HTTPConnection

from backend.selftest.stand_in import USER, WEATHER, StandIn


def test_it_answers_and_remembers_who_came_with_what() -> None:
    with StandIn() as stand_in, closing(HTTPConnection(stand_in.url.removeprefix("http://"))) as connection:
        connection.request("GET", f"{WEATHER}?q=Oslo", headers={"Authorization": "me"})
        assert json.load(connection.getresponse()) == {"weather": "clear", "asked": "/weather?q=Oslo"}
        connection.request("GET", f"{USER}ada?x=1")
        assert json.load(connection.getresponse())["data"]["username"] == "ada"
    assert stand_in.seen == [("/weather?q=Oslo", "me"), ("/2/users/by/username/ada?x=1", "")]
