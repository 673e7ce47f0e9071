"""Strategies compiled one by one, all of one signature, so that any of them fit into one compiled loop."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, get_type_hints

from numba.core import errors, types

from sim.domain.errors import StrategyError
from sim.domain.view import View
from sim.engines.compiled import compiled
from sim.strategies.register import Rule, Strategy

NUMBERS = {int: types.int64, float: types.float64, bool: types.boolean}
WRITE = "write it with numbers, comparisons, if and math alone"
STILL = "it runs on the Mesa engine as it is"


def view_type() -> Any:
    """Numba's type of a view."""
    hints = get_type_hints(View)
    return types.NamedTuple([NUMBERS[hints[name]] for name in View._fields], View)


@contextmanager
def functions_as_values() -> Iterator[None]:
    """Silence Numba's word that functions as values are experimental, and no other."""
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore",
            message="First-class function type feature is experimental",
            category=errors.NumbaExperimentalFeatureWarning,
        )
        yield


def character(strategy: Strategy) -> Any:
    """A strategy as a compiled function of a view and an array of its parameters, in their order.

    Raises:
        StrategyError: Numba cannot compile it.
    """
    try:
        return _compiled(strategy.rule, len(strategy.parameters))
    except errors.NumbaError as error:
        raise StrategyError(f"strategy {strategy.name}: {_said(strategy.rule, error)}") from error


@cache
def _compiled(rule: Rule, count: int) -> Any:
    listed = ", ".join(f"parameters[{k}]" for k in range(count))
    space: dict[str, Any] = {"rule": rule, "__name__": __name__}
    exec(f"def played(view, parameters):\n    return rule(view, {listed})", space)
    twin = compiled(space["played"], cache=True)
    signature = (view_type(), types.float64[::1])
    twin.compile(signature)
    given = twin.overloads[signature].signature.return_type
    if given != types.int64:
        raise errors.TypingError(f"it gives {given}, expected ESCALATE, HOLD or RELAX")
    twin.disable_compile()
    return twin
