from drive.run import AUTOMATION_SCHEMA, STEP_SCHEMAS
from engine.steps.action import Action
from engine.steps.registry import STEPS


def test_every_type_has_its_schema_and_every_schema_its_type() -> None:
    listed = AUTOMATION_SCHEMA["$defs"]["step"]["allOf"][1]["properties"]["type"]["enum"]

    assert set(STEPS) == set(STEP_SCHEMAS) == set(listed)


def test_every_type_is_registered_under_its_own_name() -> None:
    assert all(kind.type == name for name, kind in STEPS.items())


def test_an_action_names_only_fields_that_its_schema_has() -> None:
    for name, kind in STEPS.items():
        if isinstance(kind, Action):
            named = {*kind.request_fields, *kind.url_fields, *kind.literal_fields}
            assert named <= set(STEP_SCHEMAS[name]["properties"])
            assert set(kind.url_fields) <= set(kind.request_fields)
            assert not set(kind.literal_fields) & set(kind.request_fields)
