"""Every type of step, by name. A new one is a file, a schema, a test, and a line here."""

from collections.abc import Mapping

from engine.steps.action import Action
from engine.steps.api_call import API_CALL
from engine.steps.attempt import TRY
from engine.steps.branch import IF
from engine.steps.flow import Flow
from engine.steps.for_each import FOR_EACH
from engine.steps.repeat import REPEAT
from engine.steps.run_automation import RUN_AUTOMATION
from engine.steps.set_variable import MODIFY_VARIABLE, SET_VARIABLE
from engine.steps.stop import STOP
from engine.steps.twitter_mark import LIKE_TWEET, RETWEET, UNDO_RETWEET, UNLIKE_TWEET
from engine.steps.twitter_media import UPLOAD_MEDIA
from engine.steps.twitter_message import SEND_DM
from engine.steps.twitter_read import SEARCH_TWEETS, USER_TWEETS
from engine.steps.twitter_tweet import CREATE_TWEET, DELETE_TWEET
from engine.steps.twitter_user import SEARCH_USER
from engine.steps.wait import WAIT

STEPS: Mapping[str, Action | Flow] = {
    kind.type: kind
    for kind in (
        API_CALL,
        CREATE_TWEET,
        DELETE_TWEET,
        LIKE_TWEET,
        UNLIKE_TWEET,
        RETWEET,
        UNDO_RETWEET,
        SEND_DM,
        UPLOAD_MEDIA,
        SEARCH_TWEETS,
        USER_TWEETS,
        SEARCH_USER,
        SET_VARIABLE,
        MODIFY_VARIABLE,
        IF,
        FOR_EACH,
        REPEAT,
        TRY,
        RUN_AUTOMATION,
        WAIT,
        STOP,
    )
}
