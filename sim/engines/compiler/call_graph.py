"""What a plain function is made of: the functions that it calls and the values that it names."""

import inspect
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

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
