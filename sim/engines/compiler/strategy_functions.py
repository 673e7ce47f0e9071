"""Strategies compiled one by one, all of one signature, so that any of them fit into one compiled loop.

The loop gets the address of each government's strategy and asks it by `move_at`. It is what
Numba calls a first-class function, which it still holds experimental, and cannot make of one
function given twice; an address also keeps the loop the same for any number of governments.
"""

import linecache
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from numba.core import errors, types
from numba.extending import intrinsic

from sim.domain.errors import StrategyError
from sim.domain.view import View
from sim.engines.compiler.call_graph import reachable
from sim.engines.compiler.code_digest import digest
from sim.engines.compiler.function_pointers import PARAMETERS, address, address_caller, machine_code
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.world_pointer import number_type
from sim.strategies.strategy_register import Rule, Strategy

FAILED = -(2**62)  # what a strategy that failed is taken to say


@cache
def view_type() -> Any:
    """Numba's type of a view."""
    hints = get_type_hints(View)
    return types.NamedTuple([number_type(hints[name]) for name in View._fields], View)


def saying(kinds: Any, result: Any, expected: str) -> Any:
    """A function for compiled code: what a rule said, if it is of some of Numba's types."""

    def call(typing: Any, answer: Any) -> Any:  # noqa: ARG001
        if not isinstance(answer, kinds):
            raise errors.TypingError(f"it may say {answer}; expected {expected}")

        def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            return context.cast(builder, values[0], signature.args[0], result)

        return result(answer), code

    return intrinsic(call)


a_move: Any = saying(types.Integer, types.int64, "ESCALATE, HOLD or RELAX")
NUMBERS: Any = types.UniTuple(PARAMETERS, 2)  # its parameters and its memory
move_at: Any = address_caller("a strategy", view_type, types.int64, FAILED, NUMBERS)


def address_of(strategy: Strategy) -> int:
    """Where a strategy's machine code lies; errors as of `code_of`."""
    return address(code_of(strategy))


def code_of(strategy: Strategy) -> Any:
    """A strategy's machine code, of a view, its parameters and its memory; StrategyError if there is none."""
    try:
        return _compiled(strategy.rule, len(strategy.parameters), strategy.memory, digest(strategy.rule))
    except (errors.NumbaError, errors.UnsupportedBytecodeError) as error:
        raise StrategyError(f"strategy {strategy.name}: {refusal(strategy.rule, str(error))}") from error


@cache
def _compiled(rule: Rule, count: int, memory: int, stamp: str) -> Any:  # noqa: ARG001
    own = [f"numbers[1][:{memory}]"] if memory else []
    listed = ", ".join(["view", *own, *(f"numbers[0][{k}]" for k in range(count))])
    space: dict[str, Any] = {"rule": rule, "a_move": a_move, "__name__": __name__}
    exec(f"def move(view, numbers):\n    return a_move(rule({listed}))", space)
    return machine_code(compiled(space["move"], cache=True, boundscheck=True), view_type(), NUMBERS)


def refusal(rule: Callable[..., Any], text: str) -> str:
    """Numba's refusal of a strategy or a reading as a sentence: which line, and what to write."""
    files = {function.__code__.co_filename for function in reachable(rule)}
    code = rule.__code__
    file, line = code.co_filename, code.co_firstlineno
    for named, number in re.findall(r'(?:File "|\bat |\bfrom )([^"\n]+?)(?:", line | \()(\d+)', text):
        path = str(Path(named).resolve())
        if path in files:
            file, line = path, int(number)
    lines = [part for part in text.splitlines() if part.strip() and not part.startswith("Failed in")]
    why = (
        next((part for part in lines if "it may say" in part), lines[0]).strip().removeprefix("TypingError: ")
    )
    source = linecache.getline(file, line).strip()
    return (
        f"Numba cannot compile line {line} of {Path(file).name}, {source[:80]!r} ({why[:90]}); "
        "write it with numbers, comparisons, if and math alone, or run it on the Mesa engine as it is"
    )
