"""What of a graph cannot be taken over is named."""

import json

from backend.importers.loopi import import_loopi


def test_a_step_to_which_no_way_leads_is_named() -> None:
    asks = {"variableConditionType": "variableExists", "variableName": "x"}
    waits = {"type": "wait", "value": 1, "description": "Waits"}
    nodes = [
        {"id": "c", "type": "variableConditional", "data": {"step": asks}},
        {"id": "w", "type": "automationStep", "data": {"step": waits}},
    ]
    text = json.dumps({"name": "A", "nodes": nodes, "edges": [{"source": "c", "target": "w"}]})
    assert any("“Waits” was left out" in note for note in import_loopi(text).notes)
