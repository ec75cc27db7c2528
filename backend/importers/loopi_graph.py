"""A graph of nodes and edges, read as blocks: branches that join once, loops with their body. Pure.

A branch ends where both its ways meet again: at its nearest post-dominator (Cooper, Harvey and Kennedy, "A
simple, fast dominance algorithm", on the graph without its ways back). A way back to a condition is a loop.
"""

from collections.abc import Iterable, Mapping, Sequence

from backend.importers.imported import ImportFailed
from backend.importers.loopi_block import Block, Branch, Loop, Node, Plain, Structure, names_in
from backend.importers.loopi_walk import starts, walk

MAX_BLOCKS = 20_000
MAX_DEPTH = 100
# How often nodes are looked at. A graph of 1,000 nodes takes some thousands; a tangle takes their square.
MAX_LOOKS = 3_000_000
_EXIT = ""


def structure(nodes: Sequence[Node]) -> Structure:
    """Raises ImportFailed `import.tangled` for a graph that would become endless, or nested too deeply."""
    return _Structurer({node.id: node for node in nodes}).whole()


class _Structurer:
    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self._nodes = nodes
        self._looks = 0
        self._root = Node(_EXIT + "\0root", "step", {"": starts(nodes, self._look)})
        self._order, self._back = walk({**nodes, self._root.id: self._root}, self._root.id)
        self._lost: list[tuple[str, str]] = []
        self._loops = self._find_loops()
        self._latches = {loop.node for loop in self._loops.values() if loop.kind == "until"}
        self._meets = self._post_dominators()
        self._made = 0

    def whole(self) -> Structure:
        blocks = self._fan(self._root, frozenset(), 0)
        return Structure(blocks, tuple(dict.fromkeys(self._lost)))

    # ------------------------------------------------------------ loops

    def _find_loops(self) -> dict[str, Loop]:
        """The loop that begins at each node to which a way leads back; without its body yet."""
        found: dict[str, Loop] = {}
        for latch, header in self._back:
            loop = self._loop_at(header, latch)
            if loop is None or (header in found and found[header] != loop):
                self._lost.append((latch, header))
            else:
                found[header] = loop
        return found

    def _loop_at(self, header: str, latch: str) -> Loop | None:
        top, bottom = self._nodes[header], self._nodes[latch]
        if top.kind == "forEach":
            return Loop(header, "forEach", ())
        if top.kind == "branch":
            inside = [handle for handle in ("if", "else") if self._leads(top.way(handle), latch, header)]
            return Loop(header, "while", (), is_negated=inside == ["else"]) if len(inside) == 1 else None
        if bottom.kind == "branch":
            # The way back is taken when the condition holds (`if`), so the loop ends when it does not.
            return Loop(latch, "until", (), is_negated=header in bottom.ways.get("if", ()))
        return None

    def _leads(self, start: str | None, goal: str, header: str) -> bool:
        """Whether a way that does not pass the header leads from start to goal."""
        waiting, seen = [start] if start else [], {header}
        while waiting:
            self._look()
            name = waiting.pop()
            if name == goal:
                return True
            if name not in seen:
                seen.add(name)
                waiting.extend(self._nodes[name].targets())
        return False

    # ------------------------------------------------------------ where ways meet

    def _onward(self, name: str) -> list[str]:
        """The nodes that may come next once this one, with the body of its loop, is over."""
        node = self._root if name == self._root.id else self._nodes[name]
        loop = self._loops.get(name)
        if node.kind == "forEach":
            targets: Iterable[str] = node.ways.get("done", ())
        elif loop is not None and loop.kind == "while":
            targets = node.ways.get("if" if loop.is_negated else "else", ())
        elif node.kind == "branch":
            targets = [node.way(handle) or _EXIT for handle in ("if", "else")]
            if name not in self._latches:
                # Who goes back to the loop is at the end of the round, and meets nobody before it.
                return [_EXIT if (name, target) in self._back else target for target in targets]
        else:
            targets = node.targets()
        return [target for target in targets if (name, target) not in self._back]

    def _post_dominators(self) -> dict[str, str]:
        """The node at which all ways from a node meet again; the end of everything is an empty name."""
        place = {_EXIT: len(self._order), **{name: index for index, name in enumerate(self._order)}}
        meets = {_EXIT: _EXIT}
        for name in reversed(self._order):
            joined: str | None = None
            for target in self._onward(name) or [_EXIT]:
                joined = target if joined is None else self._common(joined, target, meets, place)
            meets[name] = _EXIT if joined is None else joined
        return meets

    def _common(self, one: str, two: str, meets: Mapping[str, str], place: Mapping[str, int]) -> str:
        """The first node that lies on every way from both."""
        while one != two:
            self._look()
            if place[one] < place[two]:
                one = meets[one]
            else:
                two = meets[two]
        return one

    def _look(self) -> None:
        self._looks += 1
        if self._looks > MAX_LOOKS:
            raise _tangled()

    # ------------------------------------------------------------ blocks

    def _sequence(self, name: str | None, stops: frozenset[str], depth: int) -> tuple[Block, ...]:
        """The blocks from a node to the first of `stops`, or to the end."""
        if depth > MAX_DEPTH:
            raise _tangled()
        blocks: list[Block] = []
        while name and name not in stops:
            self._made += 1
            if self._made > MAX_BLOCKS:
                raise _tangled()
            made, name = self._block(name, stops, depth + 1)
            blocks.extend(made)
        return tuple(blocks)

    def _block(self, name: str, stops: frozenset[str], depth: int) -> tuple[tuple[Block, ...], str | None]:
        """The blocks that a node begins, and the node that comes after them."""
        node, loop = self._nodes[name], self._loops.get(name)
        if node.kind == "forEach":
            body = self._body((node.way("loop"), node.way("done")), name, stops, depth)
            return (Loop(name, "forEach", body),), node.way("done")
        if loop is not None and loop.kind == "while":
            inside, after = ("else", "if") if loop.is_negated else ("if", "else")
            body = self._body((node.way(inside), node.way(after)), name, stops, depth)
            return (Loop(name, "while", body, is_negated=loop.is_negated),), node.way(after)
        if loop is not None and loop.kind == "until" and loop.node not in stops:
            return self._until(name, loop, stops, depth)
        meet = self._meets[name]
        if node.kind == "branch":
            then, otherwise = (
                self._sequence(self._ahead(node, handle), stops | {meet}, depth) for handle in ("if", "else")
            )
            return (Branch(name, then, otherwise),), meet or None
        return (Plain(name), *self._fan(node, stops, depth)), meet or None

    def _body(
        self, ways: tuple[str | None, str | None], name: str, stops: frozenset[str], depth: int
    ) -> tuple[Block, ...]:
        """The blocks of a loop; `ways` lead into it and on behind it. A way out before its end is told."""
        start, after = ways
        ends = stops | {name, *([after] if after else [])}
        body = self._sequence(start, ends, depth)
        for inner in names_in(body) if after else ():
            if after in self._nodes[inner].targets():
                self._lost.append((inner, str(after)))
        return body

    def _until(
        self, name: str, loop: Loop, stops: frozenset[str], depth: int
    ) -> tuple[tuple[Block, ...], str | None]:
        """A loop that begins at `name` and whose condition stands at its end."""
        if name == loop.node:
            body: tuple[Block, ...] = ()
        else:
            # The header is entered once more, now as the first node of the body.
            kept = self._loops.pop(name)
            body = self._sequence(name, stops | {loop.node}, depth)
            self._loops[name] = kept
        latch = self._nodes[loop.node]
        after = latch.way("else" if loop.is_negated else "if")
        return (Loop(loop.node, "until", body, is_negated=loop.is_negated),), after

    def _fan(self, node: Node, stops: frozenset[str], depth: int) -> tuple[Block, ...]:
        """Several ways from one step are gone one after the other, up to where they meet."""
        ahead, meet = self._onward(node.id), self._meets[node.id]
        if node.id != self._root.id:
            ways = ahead if len(ahead) > 1 else []
            return tuple(block for way in ways for block in self._sequence(way, stops | {meet}, depth))
        blocks = [block for way in ahead for block in self._sequence(way, stops | {meet}, depth)]
        return (*blocks, *self._sequence(meet or None, stops, depth))

    def _ahead(self, node: Node, handle: str) -> str | None:
        target = node.way(handle)
        return None if target is None or (node.id, target) in self._back else target


def _tangled() -> ImportFailed:
    return ImportFailed(
        "import.tangled",
        "The graph is tangled: its ways cross so often that no readable list of steps comes of it.",
        hint="Take it apart in the old app, and import the parts.",
    )
