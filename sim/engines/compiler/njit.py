"""Rules compiled as they are: the very functions, with the functions they call compiled too.

A function is copied with other globals, in which every plain function that it reaches is
its compiled twin. Nothing is rewritten and nothing is listed: what is reached from the
root is compiled.
"""

import dis
import inspect
from collections import Counter
from collections.abc import Iterable
from types import FunctionType
from typing import Any

import numba
from numba.core import config, types

import sim.engines.compiler.numbered_fields  # noqa: F401  so that rules may write a number by its position
from sim.domain.errors import EngineError
from sim.engines.compiler.call_graph import Rule, codes, named, reachable
from sim.engines.compiler.code_digest import digest
from sim.engines.compiler.compile_cache import CompileCache, cacheable

INLINED = 2  # places from which a function of named tuples may be called and is still copied into each
MANY = 50  # functions, from which on compiling them takes a while

_SPACES: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}  # globals, and those of the copies
_INNER: dict[tuple[FunctionType, str, bool, bool], Any] = {}  # compiled twins that only compiled code calls


def compiled(root: Rule, *, cache: bool = False, **options: Any) -> Any:
    """A function compiled with all that it calls, to be called from Python; types when first called.

    Args:
        root: a plain function of numbers, records, arrays and named tuples.
        cache: whether to keep the machine code between processes.
        options: of `numba.njit`; what it calls shares `boundscheck` alone.

    Raises:
        EngineError: Numba was told by NUMBA_DISABLE_JIT to compile nothing.
    """
    if getattr(config, "DISABLE_JIT", 0):
        raise EngineError("NUMBA_DISABLE_JIT is set, and runs are compiled: unset it, or use the Mesa engine")
    functions = list(reachable(root))
    once = called_seldom(functions)
    for function in functions:
        _link(function, once, options.get("boundscheck", False))
    twin = numba.njit(_copy(functions[0]), **options)
    stamp = digest(functions[0])
    keeps = cache and cacheable(functions[0], stamp)
    twin._cache = CompileCache(f"{stamp} {sorted(options.items())}" if keeps else "", len(functions) > MANY)
    return twin


def called_seldom(functions: Iterable[FunctionType]) -> set[FunctionType]:
    """Of some functions, those that cost little to inline: they are called from few places in them."""
    sites: Counter[Any] = Counter()
    for function in functions:
        values = named(function)
        for code in codes(function.__code__):
            loads = [step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL"]
            sites.update(values[name] for name in loads if inspect.isfunction(values.get(name)))
    return {f for f, count in sites.items() if count == 1 or (count <= INLINED and takes_tuples(f))}


def takes_tuples(function: FunctionType) -> bool:
    """Whether a function takes named tuples, which are handed over number by number."""
    kinds = inspect.get_annotations(function, eval_str=True).values()
    return any(inspect.isclass(kind) and issubclass(kind, tuple) for kind in kinds)


def _inner(function: FunctionType, inlined: bool, checked: bool) -> Any:
    key = function, digest(function), inlined, checked
    if key not in _INNER:
        options: Any = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}  # never called from Python
        options |= {"forceinline": inlined, "boundscheck": checked}
        _INNER[key] = numba.njit(_copy(function), **options)
        _forget_constants(_INNER[key])
    return _INNER[key]


def _forget_constants(twin: Any) -> None:
    """Compile a function once for whole numbers, and not anew for each constant it is called with."""
    template = twin.get_call_template

    def plain(kinds: tuple[Any, ...], named: dict[str, Any]) -> Any:
        return template(
            tuple(types.unliteral(kind) for kind in kinds),
            {name: types.unliteral(kind) for name, kind in named.items()},
        )

    twin.get_call_template = plain


def _copy(function: FunctionType) -> FunctionType:
    copied = FunctionType(
        function.__code__, _space(function), function.__name__, function.__defaults__, function.__closure__
    )
    copied.__kwdefaults__ = function.__kwdefaults__
    # machine code of two processes meets in one: only the same code may have the same name
    copied.__qualname__ = f"{function.__name__}_{digest(function)[:16]}"
    return copied


def _space(function: FunctionType) -> dict[str, Any]:
    own = function.__globals__
    return _SPACES.setdefault(id(own), (own, dict(own)))[1]


def _link(function: FunctionType, once: set[FunctionType], checked: bool) -> None:
    """Let the copy of a function call compiled twins."""
    space = _space(function)
    for name, value in named(function).items():
        space[name] = _inner(value, value in once, checked) if inspect.isfunction(value) else value
