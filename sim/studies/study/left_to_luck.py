"""Which cells leave something to luck: where none does, all runs of a cell would be identical."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import product
from types import FunctionType
from typing import Any, Final, TypeGuard

import numpy as np
from numpy.typing import NDArray

from sim.engines.reached import named, reached
from sim.engines.stage import Stage
from sim.strategies.register import Strategy

Array = NDArray[Any]
LUCK: Final = "luck"
DECIDED: Final[Mapping[type[ast.cmpop], Callable[[float], bool]]] = {  # for every luck in [0, 1)
    ast.Lt: lambda value: value <= 0.0 or value >= 1.0,
    ast.GtE: lambda value: value <= 0.0 or value >= 1.0,
    ast.LtE: lambda value: value < 0.0 or value >= 1.0,
    ast.Gt: lambda value: value < 0.0 or value >= 1.0,
    ast.Eq: lambda value: value < 0.0 or value >= 1.0,
    ast.NotEq: lambda value: value < 0.0 or value >= 1.0,
}
MIRRORED: Final[Mapping[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
}
HIDING: Final = (ast.Lambda, ast.Global, ast.Nonlocal, ast.AsyncFunctionDef, ast.ClassDef, ast.NamedExpr)
REACHING: Final[Mapping[type[ast.operator], Callable[[float, float], float]]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
}


def left_to_luck(on: Stage, values: Mapping[str, Array], count: int) -> Array:
    """Whether anything is left to luck in each of some cells, shape (cells,).

    Only two things draw: a strategy, and a game in which moves come out wrong.

    Args:
        on: what the cells share.
        values: of the numbers in which they differ, by path, each of shape (cells,).
        count: of cells.
    """
    found = np.zeros(count, dtype=bool)
    game = on.source.game
    if game is not None:
        found |= values.get("game.error", np.full(count, game.numbers["error"].value)) > 0.0
    for code, strategy in on.strategies.items():
        columns = [
            values.get(f"{code}.strategy.{name}", np.full(count, value))
            for name, value in strategy.parameters.items()
        ]
        if not columns:
            found |= may_draw(strategy.rule, ())
            continue
        rows, where = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
        draws = [may_draw(strategy.rule, tuple(row)) for row in rows.tolist()]
        found |= np.array(draws, dtype=bool)[where.reshape(-1)]
    return found


def draws(strategy: Strategy) -> bool:
    """Whether luck may change what a strategy says, with the parameters that it has."""
    return may_draw(strategy.rule, tuple(strategy.parameters.values()))


def may_draw(rule: Callable[..., Any], parameters: tuple[float, ...]) -> bool:
    """Whether luck may change what a rule says; in doubt it may.

    Read from its source and that of the functions it calls. Luck changes nothing if none of them names
    it, or if it is only ever compared with numbers that decide the comparison for every luck in [0, 1):
    `view.luck >= generosity` where generosity is 0.

    Args:
        rule: the plain function.
        parameters: their values, in their order.
    """
    first, *rest = inspect.signature(rule).parameters
    given = dict(zip(rest, parameters, strict=True))
    read = _read(rule)
    if read is None:
        return True
    return not all(
        _decided(comparison, known, first, given if function is rule else {})
        for function, known, comparisons in read
        for comparison in comparisons
    )


@cache
def _read(rule: Callable[..., Any]) -> list[tuple[FunctionType, "_Known", list[ast.Compare]]] | None:
    """Each function of a rule with its comparisons of luck; None if it uses luck, or the view, otherwise."""
    view = next(iter(inspect.signature(rule).parameters))
    found = []
    for function in reached(rule):
        try:
            (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
        except (OSError, SyntaxError, ValueError):
            return None
        if not isinstance(tree, ast.FunctionDef):
            return None
        around, nodes = named(function), list(ast.walk(tree))
        plain = [node for node in nodes if isinstance(node, ast.Compare) and len(node.ops) == 1]
        comparisons = [node for node in plain if _luck_in(node, view) is not None]
        uses = sum(isinstance(node, ast.Attribute) and node.attr == LUCK for node in nodes)
        seen = {id(n.value) for n in nodes if isinstance(n, ast.Attribute) and n.attr[0] != "_"}
        passed = {id(part) for node in nodes if _keeps_name(node, view, around) for part in node.args}
        views = {id(node) for node in nodes if isinstance(node, ast.Name) and node.id == view}
        if uses != len(comparisons) or views - seen - passed:
            return None
        found.append((function, _Known(tree, around), comparisons))
    return found


def _luck_in(comparison: ast.Compare, view: str) -> bool | None:
    """Whether luck stands on the left of a comparison; None if it stands on neither side, or on both."""
    sides = [
        isinstance(end, ast.Attribute)
        and end.attr == LUCK
        and isinstance(end.value, ast.Name)
        and end.value.id == view
        for end in (comparison.left, comparison.comparators[0])
    ]
    return sides[0] if sum(sides) == 1 else None


def _keeps_name(node: ast.AST, view: str, around: Mapping[str, Any]) -> TypeGuard[ast.Call]:
    """Whether a node hands the view to a plain function that takes it under the same name."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return False
    called = around.get(node.func.id)
    if not inspect.isfunction(called):
        return False
    places = [k for k, part in enumerate(node.args) if isinstance(part, ast.Name) and part.id == view]
    return [list(inspect.signature(called).parameters)[k] for k in places] == [view]


def _decided(comparison: ast.Compare, known: "_Known", view: str, given: Mapping[str, float]) -> bool:
    """Whether a comparison of luck comes out the same whatever it is."""
    kind, other = type(comparison.ops[0]), comparison.comparators[0]
    if not _luck_in(comparison, view):
        kind, other = MIRRORED.get(kind, kind), comparison.left
    values = known.values(other, given)
    return kind in DECIDED and values is not None and all(DECIDED[kind](value) for value in values)


class _Known:
    """What is known of the numbers in a function, whichever way it is gone through."""

    def __init__(self, tree: ast.FunctionDef, around: Mapping[str, Any]) -> None:
        nodes = list(ast.walk(tree))
        inside = [node for node in nodes if isinstance(node, ast.FunctionDef)]
        self._clear = len(inside) == 1 and not any(isinstance(node, HIDING) for node in nodes)
        self._around = around
        self._taken = {node.arg for node in nodes if isinstance(node, ast.arg)}
        self._stored = [
            node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ]
        self._assigned = {
            id(node.targets[0]): node.value
            for node in nodes
            if isinstance(node, ast.Assign) and len(node.targets) == 1
        }

    def values(
        self, node: ast.expr, given: Mapping[str, float], asked: frozenset[str] = frozenset()
    ) -> set[float] | None:
        """All values that an expression may have, given those of parameters; None if nobody knows."""
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            return {float(node.value)}
        if isinstance(node, ast.IfExp):
            return _joined([self.values(part, given, asked) for part in (node.body, node.orelse)])
        if isinstance(node, ast.BinOp) and type(node.op) in REACHING:
            left, right = (self.values(part, given, asked) for part in (node.left, node.right))
            if left is None or right is None:
                return None
            return {REACHING[type(node.op)](a, b) for a, b in product(left, right)}
        if isinstance(node, ast.Name) and node.id not in asked and self._clear:
            return self._named(node.id, given, asked | {node.id})
        return None

    def _named(self, name: str, given: Mapping[str, float], asked: frozenset[str]) -> set[float] | None:
        stores = [node for node in self._stored if node.id == name]
        parts = [self._assigned.get(id(node)) for node in stores]
        found = [None if part is None else self.values(part, given, asked) for part in parts]
        if name in given:
            found.append({given[name]})
        elif not stores:
            value = None if name in self._taken else self._around.get(name)
            found.append({float(value)} if isinstance(value, int | float) else None)
        return _joined(found)


def _joined(parts: Sequence[set[float] | None]) -> set[float] | None:
    """All values of some parts; None if one is not known."""
    known = [part for part in parts if part is not None]
    return set().union(*known) if len(known) == len(parts) else None
