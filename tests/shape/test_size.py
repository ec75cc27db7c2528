"""How large things may grow. A docstring does not count towards its function: it is to be written freely."""

import ast

from shape.tree import PRODUCT, WRITTEN, Function, Source, sources, table

FILE_LINES = 250
FUNCTION_LINES = 40
USUAL_LINES = 25
USUAL_SHARE = 0.9
POSITIONAL = 4

# path → why it may be longer; nothing is ever longer than 400 lines
LONGER_FILES: dict[str, str] = {}

# function → who calls it so
FOREIGN_SIGNATURES: dict[str, str] = {}


def lines(function: Function) -> int:
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    is_docstring = ast.get_docstring(function, clean=False) is not None
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1 if is_docstring else 0)


def positional(function: Function) -> int:
    given = [*function.args.posonlyargs, *function.args.args]
    return len(given) - (bool(given) and given[0].arg in {"self", "cls"})


def name(source: Source, function: Function) -> str:
    return f"{source.at(function)} {function.name}"


def test_a_file_has_at_most_250_lines() -> None:
    limits = {source.path: 400 if source.path in LONGER_FILES else FILE_LINES for source in sources(*WRITTEN)}
    long = [f"{s.path} has {s.length} lines" for s in sources(*WRITTEN) if s.length > limits[s.path]]
    assert not long, table(long)


def test_a_function_has_at_most_40_lines() -> None:
    long = [
        f"{name(source, function)} has {lines(function)} lines"
        for source in sources(*WRITTEN)
        for function in source.functions()
        if lines(function) > FUNCTION_LINES
    ]
    assert not long, table(long)


def test_nine_functions_of_ten_have_at_most_25_lines() -> None:
    all_lines = [lines(function) for source in sources(*PRODUCT) for function in source.functions()]
    usual = sum(count <= USUAL_LINES for count in all_lines)
    assert usual >= USUAL_SHARE * len(all_lines), f"{usual} of {len(all_lines)} functions"


def test_a_function_takes_at_most_4_positional_parameters() -> None:
    # pytest passes a test its fixtures by name, so tests are left out.
    many = [
        f"{name(source, function)} takes {positional(function)}"
        for source in sources(*PRODUCT, "build")
        for function in source.functions()
        if positional(function) > POSITIONAL and f"{source.path} {function.name}" not in FOREIGN_SIGNATURES
    ]
    assert not many, table(many)
