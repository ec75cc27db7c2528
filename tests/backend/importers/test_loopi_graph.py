"""A graph read as blocks: what runs, and in which order, is what the graph says."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.importers.imported import ImportFailed
from backend.importers.loopi_block import Block, Branch, Kind, Loop, Node, Plain, Structure
from backend.importers.loopi_graph import structure


def graph(text: str) -> list[Node]:
    """From words like `a>b c?if=d,else=e f*loop=g,done=h`: a step, a branch, a loop over items."""
    ways: dict[str, dict[str, tuple[str, ...]]] = {}
    kinds: dict[str, Kind] = {}
    for word in text.split():
        sign = next((each for each in ">?*" if each in word), "")
        name, _, rest = word.partition(sign) if sign else (word, "", "")
        kinds[name] = {"?": "branch", "*": "forEach"}.get(sign, "step")  # type: ignore[assignment]  # kinds
        pairs = [part.split("=") for part in rest.split(",") if part]
        ways[name] = (
            {"": tuple(part[0] for part in pairs)} if sign in (">", "") else {key: (to,) for key, to in pairs}
        )
    missing = {to for found in ways.values() for targets in found.values() for to in targets} - ways.keys()
    everything = {**ways, **{name: {} for name in sorted(missing)}}
    return [Node(name, kinds.get(name, "step"), found) for name, found in everything.items()]


def written(blocks: Sequence[Block]) -> str:
    return " ".join(_written(block) for block in blocks)


def _written(block: Block) -> str:
    match block:
        case Plain(node):
            return node
        case Branch(node, then, otherwise):
            return f"{node}({written(then)}|{written(otherwise)})"
        case Loop(node, kind, body, is_negated):
            return f"{kind}{'-not' if is_negated else ''}:{node}[{written(body)}]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a>b b>c", "a b c"),
        ("c?if=a,else=b a>j b>j j>z", "c(a|b) j z"),
        ("c?if=a,else=b", "c(a|b)"),
        ("c?if=a,else=j a>j j", "c(a|) j"),
        ("c?if=a", "c(a|)"),
        # A branch in a branch, whose ways meet at the same place.
        ("c?if=d,else=b d?if=x,else=y x>j y>j b>j j", "c(d(x|y)|b) j"),
        # One way ends early: what the others share is there in each of them.
        ("c?if=d,else=j d?if=x,else=j x j", "c(d(x|j)|j)"),
        ("f*loop=a,done=z a>b", "forEach:f[a b] z"),
        ("f*loop=a,done=z a>b b>f", "forEach:f[a b] z"),
        ("f*loop=g,done=z g*loop=a,done=b a b>f", "forEach:f[forEach:g[a] b] z"),
        ("f*loop=c,done=z c?if=a,else=b a>f b>f", "forEach:f[c(a|b)] z"),
        ("c?if=f,else=j f*loop=a,done=j a>f j", "c(forEach:f[a]|) j"),
        # One way of a branch goes straight back to the loop.
        ("f*loop=c,done=z c?if=d,else=f d>f", "forEach:f[c(d|)] z"),
        ("f*loop=c,done=z c?if=f,else=d d>f", "forEach:f[c(|d)] z"),
        ("w?if=c,else=z c?if=w,else=d d>w", "while:w[c(|d)] z"),
        ("s>a a>c c?if=a,else=e e>d d?if=s,else=z", "until-not:d[s until-not:c[a] e] z"),
        ("a>c c?if=b,else=z b>c", "a while:c[b] z"),
        ("a>c c?if=z,else=b b>c", "a while-not:c[b] z"),
        ("c?if=w,else=j w?if=b,else=j b>w j", "c(while:w[b]|) j"),
        ("c?if=c,else=z", "while:c[] z"),
        # The condition stands at the end of the loop.
        ("s>a a>b b>c c?if=a,else=z", "s until-not:c[a b] z"),
        ("s>a a>c c?if=z,else=a", "s until:c[a] z"),
        ("a b", "a b"),
        ("a>j b>j j>z", "a b j z"),
        ("a>b,c b>j c>j j", "a b c j"),
    ],
)
def test_a_graph_becomes_blocks(text: str, expected: str) -> None:
    found = structure(graph(text))
    assert written(found.blocks) == expected
    assert found.lost == ()


def test_a_way_back_that_is_no_loop_is_told_and_left_out() -> None:
    found = structure(graph("s>a a>b b>a"))
    assert written(found.blocks) == "s a b"
    assert found.lost == (("b", "a"),)


def test_a_circle_to_which_nothing_leads_begins_with_its_first_node() -> None:
    found = structure(graph("a y>x x>y"))
    assert written(found.blocks) == "a y x"
    assert found.lost == (("x", "y"),)


def test_a_chain_of_ten_thousand_is_no_matter() -> None:
    found = structure(graph(" ".join(f"n{i}>n{i + 1}" for i in range(10_000))))
    assert len(found.blocks) == 10_001


def test_a_thousand_diamonds_are_each_joined_once() -> None:
    text = " ".join(f"c{i}?if=a{i},else=b{i} a{i}>c{i + 1} b{i}>c{i + 1}" for i in range(1000))
    found = structure(graph(f"{text} c1000"))
    assert len(found.blocks) == 1001


def test_a_graph_that_would_become_endless_is_refused_with_what_to_do() -> None:
    """Each way from a branch ends early once, so that nothing is shared: twice as much at every step."""
    text = " ".join(
        f"c{i}?if=a{i},else=b{i} a{i}?if=c{i + 1},else=x{i} b{i}?if=c{i + 1},else=y{i}" for i in range(40)
    )
    with pytest.raises(ImportFailed) as refused:
        structure(graph(text))
    assert refused.value.code == "import.tangled"
    assert refused.value.hint


def walked(nodes: Mapping[str, Node], start: str, choices: Mapping[str, bool]) -> list[str]:
    """What the graph runs."""
    seen: list[str] = []
    name: str | None = start
    while name is not None:
        seen.append(name)
        node = nodes[name]
        handle = ("if" if choices[name] else "else") if node.kind == "branch" else ""
        name = node.way(handle)
    return seen


def run(blocks: Sequence[Block], choices: Mapping[str, bool]) -> list[str]:
    """What the blocks run."""
    seen: list[str] = []
    for block in blocks:
        seen.append(block.node)
        if isinstance(block, Branch):
            seen += run(block.then if choices[block.node] else block.otherwise, choices)
    return seen


@st.composite
def ways_ahead(draw: st.DrawFn) -> list[Node]:
    """A graph without ways back: each node leads to later ones only."""
    count = draw(st.integers(1, 12))
    nodes: list[Node] = []
    for index in range(count):
        later = [f"n{other}" for other in range(index + 1, count)]
        is_branch = bool(later) and draw(st.booleans())
        ways: dict[str, tuple[str, ...]] = {}
        for handle in ("if", "else") if is_branch else ("",):
            target = draw(st.none() | st.sampled_from(later)) if later else None
            ways |= {handle: (target,)} if target else {}
        nodes.append(Node(f"n{index}", "branch" if is_branch else "step", ways))
    return nodes


@settings(max_examples=300)
@given(ways_ahead(), st.data())
def test_whatever_the_branches_decide_the_blocks_run_what_the_graph_runs(
    nodes: list[Node], data: st.DataObject
) -> None:
    choices = {node.id: data.draw(st.booleans()) for node in nodes}
    # One start: the others would be other chains.
    reached = _from(nodes, "n0")
    found = structure([node for node in nodes if node.id in reached])
    assert run(found.blocks, choices) == walked({node.id: node for node in nodes}, "n0", choices)


def _from(nodes: list[Node], start: str) -> set[str]:
    by_name, waiting, seen = {node.id: node for node in nodes}, [start], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += by_name[name].targets()
    return seen


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.sampled_from(["", "if", "else", "loop", "done"]), st.integers(0, 7)),
        max_size=20,
    ),
    st.lists(st.sampled_from(["step", "branch", "forEach"]), min_size=8, max_size=8),
)
def test_no_graph_is_a_fault(edges: list[tuple[int, str, int]], kinds: list[Kind]) -> None:
    ways: list[dict[str, tuple[str, ...]]] = [{} for _ in range(8)]
    for source, handle, target in edges:
        ways[source][handle] = (*ways[source].get(handle, ()), f"n{target}")
    nodes = [
        Node(f"n{index}", kind, found) for index, (kind, found) in enumerate(zip(kinds, ways, strict=True))
    ]
    outcome: object
    try:
        outcome = structure(nodes)
    except ImportFailed as refused:
        outcome = refused.code
    assert outcome == "import.tangled" or isinstance(outcome, Structure)


@pytest.mark.parametrize("text", ["f*loop=c,done=z c?if=z,else=b b", "w?if=c,else=z c?if=z,else=b b>w"])
def test_a_way_out_of_a_loop_is_told_and_repeats_nothing(text: str) -> None:
    found = structure(graph(text))
    assert ("c", "z") in found.lost
    assert written(found.blocks).count("z") == 1
