"""What a plain function is made of: the functions that it calls and the values that it names."""

import dis
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from types import CodeType, FunctionType
from typing import Any, Final

from sim.domain.view import View

Rule = Callable[..., Any]


def reachable(root: Rule) -> Iterator[FunctionType]:
    """A plain function and all plain functions that it calls by their names, each once, itself first."""
    waiting, functions = [root], set()
    while waiting:
        function = waiting.pop()
        if inspect.isfunction(function) and function not in functions:
            functions.add(function)
            yield function
            waiting += [value for value in named(function).values() if inspect.isfunction(value)]


def named(function: FunctionType) -> dict[str, Any]:
    """The globals that a function names, sorted by their names."""
    names = {name for code in codes(function.__code__) for name in code.co_names}
    return {name: function.__globals__[name] for name in sorted(names) if name in function.__globals__}


def codes(code: CodeType) -> Iterator[CodeType]:
    """A function's code and that of the comprehensions and functions within it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


EVERYTHING: Final = frozenset(View._fields)
VALUES: Final = frozenset(name for name in View._fields if name.startswith(("now_", "later_")))


@cache
def names_used(rule: Rule) -> frozenset[str]:
    """The parts of its view that a strategy may use.

    A strategy that uses its view in any way but `view.name`, such as handing it on, may use everything.
    """
    code = rule.__code__
    if code.co_argcount == 0:
        return EVERYTHING
    view, names = code.co_varnames[0], set()
    steps = list(dis.get_instructions(code))
    for step, following in pairwise(steps):
        *before, last = step.argval if isinstance(step.argval, tuple) else (step.argval,)
        if view in before:
            return EVERYTHING
        if last == view:
            if not (step.opname.startswith("LOAD_FAST") and following.opname in ("LOAD_ATTR", "LOAD_METHOD")):
                return EVERYTHING
            names.add(following.argval)
    return frozenset(names)
