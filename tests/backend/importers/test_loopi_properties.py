"""Whatever stands in a file of the Electron app, reading it is no fault."""

import json
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backend.importers.loopi import import_loopi

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
fields = st.dictionaries(
    st.sampled_from(
        [
            "type",
            "url",
            "method",
            "headers",
            "body",
            "value",
            "variableName",
            "operation",
            "storeKey",
            "timeout",
            "arrayVariable",
            "variableConditionType",
            "expectedValue",
            "description",
            "id",
            "valueA",
            "field",
            "condition",
        ]
    ),
    json_values
    | st.sampled_from(
        ["apiCall", "setVariable", "mathOperation", "add", "forEach", "variableEquals", "{{a}}", "{{ a.b"]
    ),
    max_size=8,
)


@given(st.lists(fields, min_size=1, max_size=5), json_values, json_values)
def test_whatever_a_file_holds_is_no_fault(
    found: list[dict[str, Any]], variables: object, schedule: object
) -> None:
    nodes = [
        {"id": f"n{index}", "type": str(each.get("type")), "data": {"step": each}}
        for index, each in enumerate(found)
    ]
    edges = [{"source": one["id"], "target": two["id"]} for one, two in pairwise(nodes)]
    text = json.dumps({"nodes": nodes, "edges": edges, "variables": variables, "schedule": schedule})
    document = import_loopi(text).automations[0]
    assert document["format"] == "loopi-automation/1"
