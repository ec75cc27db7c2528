"""Walks JSON-like values without recursion, so that no depth can stop a redaction."""

from collections.abc import Callable


def texts_of(value: object, *, has_numbers: bool) -> list[str]:
    """The texts of all leaves and keys, numbers only if `has_numbers`."""
    texts: list[str] = []
    todo: list[object] = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            texts.append(item)
        elif isinstance(item, dict):
            todo.extend(item)
            todo.extend(item.values())
        elif isinstance(item, (list, tuple)):
            todo.extend(item)
        elif item is not None and (has_numbers or not isinstance(item, (int, float))):
            texts.append(leaf_text(item))
    return texts


def leaf_text(leaf: object) -> str:
    """What a number or any other object would be written as. Raises what its `__str__` raises."""
    # 1e16 is ten thousand million million: a secret of digits is looked for in both spellings.
    return f"{leaf!r} {leaf:f}" if isinstance(leaf, float) else f"{leaf} {leaf!r}"


def rebuild(value: object, leaf: Callable[[object], object]) -> object:
    """A copy of `value` with `leaf` applied to each key and leaf; containers keep their kind and order."""
    root: dict[object, object] = {}
    # Lists are built as dicts by position and turned afterwards, the innermost first.
    sequences: list[tuple[dict[object, object], object, dict[object, object], bool]] = []
    todo: list[tuple[dict[object, object], object, object]] = [(root, 0, value)]
    while todo:
        parent, key, item = todo.pop()
        if isinstance(item, dict):
            copy: dict[object, object] = {}
            parent[key] = copy
            children = [(leaf(name), child) for name, child in item.items()]
        elif isinstance(item, (list, tuple)):
            copy = {}
            parent[key] = copy
            sequences.append((parent, key, copy, isinstance(item, tuple)))
            children = list(enumerate(item))
        else:
            parent[key] = leaf(item)
            continue
        for name, child in children:
            copy[name] = None
            todo.append((copy, name, child))
    for parent, key, copy, is_tuple in reversed(sequences):
        parent[key] = tuple(copy.values()) if is_tuple else list(copy.values())
    return root[0]
