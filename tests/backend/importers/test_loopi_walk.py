from backend.importers.loopi_block import Node
from backend.importers.loopi_walk import starts, walk


def graph(**ways: tuple[str, ...]) -> dict[str, Node]:
    return {name: Node(name, "step", {"": targets}) for name, targets in ways.items()}


def test_a_graph_starts_where_nothing_leads_to_and_in_circles_of_their_own() -> None:
    nodes = graph(c=("d",), d=("c",), a=("b",), b=())
    looks: list[None] = []
    assert starts(nodes, lambda: looks.append(None)) == ("c", "a")
    assert looks


def test_a_node_comes_before_those_behind_it_and_ways_back_are_told() -> None:
    order, back = walk(graph(a=("b", "c"), b=("d",), c=("d",), d=("b",)), "a")
    assert (order[0], set(order), back) == ("a", {"a", "b", "c", "d"}, {("d", "b")})
