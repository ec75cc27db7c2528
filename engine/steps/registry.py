"""Every type of step, by name. A new one is a file, a schema, a test, and a line here."""

from collections.abc import Mapping

from engine.steps.action import Action
from engine.steps.api_call import API_CALL
from engine.steps.branch import IF
from engine.steps.flow import Flow
from engine.steps.for_each import FOR_EACH
from engine.steps.set_variable import MODIFY_VARIABLE, SET_VARIABLE
from engine.steps.stop import STOP
from engine.steps.twitter import CREATE_TWEET, SEARCH_TWEETS, SEARCH_USER
from engine.steps.wait import WAIT

STEPS: Mapping[str, Action | Flow] = {
    kind.type: kind
    for kind in (
        API_CALL,
        CREATE_TWEET,
        SEARCH_USER,
        SEARCH_TWEETS,
        SET_VARIABLE,
        MODIFY_VARIABLE,
        IF,
        FOR_EACH,
        WAIT,
        STOP,
    )
}
