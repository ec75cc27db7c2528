"""How the nodes of a graph are reached: where it starts, in which order, and which edges lead back. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from backend.importers.loopi_block import Node


def starts(nodes: Mapping[str, Node], look: Callable[[], None]) -> tuple[str, ...]:
    """The nodes to which nothing leads, and of each circle to which nothing else leads, the first."""
    into: dict[str, list[str]] = {name: [] for name in nodes}
    for name, node in nodes.items():
        for target in node.targets():
            into[target].append(name)
    out = {name: node.targets() for name, node in nodes.items()}
    found = [name for name in nodes if not into[name]]
    reached = _reached(out, found, look)
    for name in nodes:
        if name in reached:
            continue
        circle = _reached(out, [name], look)
        if _reached(into, [name], look) <= circle:
            found.append(name)
            reached |= circle
    place = {name: index for index, name in enumerate(nodes)}
    return tuple(sorted(found, key=lambda name: place[name]))


def _reached(ways: Mapping[str, Sequence[str]], starts: Sequence[str], look: Callable[[], None]) -> set[str]:
    waiting, seen = list(starts), set(starts)
    while waiting:
        look()
        fresh = [target for target in ways[waiting.pop()] if target not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return seen


def walk(nodes: Mapping[str, Node], root: str) -> tuple[list[str], set[tuple[str, str]]]:
    """The nodes that can be reached, each before those behind it, and the ways back among their edges."""
    order: list[str] = []
    back: set[tuple[str, str]] = set()
    state: dict[str, Literal["open", "done"]] = {}
    stack: list[tuple[str, list[str]]] = [(root, nodes[root].targets()[::-1])]
    state[root] = "open"
    while stack:
        name, waiting = stack[-1]
        if not waiting:
            stack.pop()
            state[name] = "done"
            order.append(name)
            continue
        target = waiting.pop()
        if state.get(target) == "open":
            back.add((name, target))
        elif target not in state:
            state[target] = "open"
            stack.append((target, nodes[target].targets()[::-1]))
    return order[::-1], back
