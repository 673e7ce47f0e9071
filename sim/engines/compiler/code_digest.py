"""The digest of all that machine code is made from, so that old machine code never stands for new rules.

Numba freezes the values that a function names. They are digested by their content, to the last bit; what no
text tells exactly, such as an object of a class of the user's, has a digest of its own each time.
"""

import enum
import hashlib
import os
import secrets
import sys
import warnings
from collections.abc import Collection
from functools import cache
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

import llvmlite
import numba
import numpy as np
from numba.core.dispatcher import Dispatcher
from numba.core.extending import _Intrinsic

from sim.domain.errors import SnapbackError
from sim.engines.compiler.call_graph import Rule, codes, named, reachable

ONCE = "once-"  # begins the digest of what cannot be told exactly
PLAIN = (int, float, complex, str, bytes, bool, range, type(None), type(...))
LIBRARY = (BuiltinFunctionType, np.ufunc, type(np.sum))  # functions that are known by their names
SWITCHES = (
    "NUMBA_OPT",
    "NUMBA_BOUNDSCHECK",
    "NUMBA_DEBUGINFO",
    "NUMBA_LOOP_VECTORIZE",
    "NUMBA_SLP_VECTORIZE",
)


class UntoldError(SnapbackError):
    """A value that no text tells exactly; nobody sees it."""


def digest(function: Rule) -> str:
    """SHA-256 of all that a compiled function is made from: code, defaults, constants, and the engine."""
    content = content_of(function)
    return (
        hashlib.sha256(_engine() + content.encode()).hexdigest() if content else ONCE + secrets.token_hex(32)
    )


def content_of(function: Rule) -> str:
    """SHA-256 of code, defaults and constants of all that a function calls, empty if no text tells them."""
    parts = reachable(function)
    try:
        texts = [_rule(f) if str(f.__module__).startswith("sim.") else _text(f) for f in parts]
    except (UntoldError, RecursionError):
        return ""
    return hashlib.sha256("".join(sorted(texts)).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _engine() -> bytes:
    texts = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    versions = numba.__version__, llvmlite.__version__, np.__version__
    made_with = repr((versions, sys.version_info, [os.environ.get(s) for s in SWITCHES]))
    return hashlib.sha256(b"".join([*texts, made_with.encode()])).digest()


@cache
def _rule(function: FunctionType) -> str:
    return _text(function)  # rules stay what they are; a notebook's functions and constants do not


def _text(function: FunctionType) -> str:
    names = {name for code in codes(function.__code__) for name in code.co_names}
    values = {name: _spelling(value, names) for name, value in named(function).items()}
    cells = [_spelling(cell.cell_contents, names) for cell in function.__closure__ or ()]
    defaults = _spelling((function.__defaults__, function.__kwdefaults__), names)
    return f"{_name(function)} {_code(function.__code__)} {defaults} {values} {cells}"


def _code(code: CodeType) -> str:
    constants = [_code(c) if isinstance(c, CodeType) else _spelling(c, ()) for c in code.co_consts]
    layout = code.co_argcount, code.co_kwonlyargcount, code.co_flags, code.co_freevars, code.co_cellvars
    steps = code.co_code.hex(), code.co_exceptiontable.hex()
    return f"{steps} {layout} {code.co_names} {code.co_varnames} {constants}"


def _name(value: Any) -> str:
    return f"{value.__module__}.{value.__qualname__}"


def _spelling(value: Any, names: Collection[str]) -> str:
    """A value, to the last bit; of a module, what a function that names these names may read of it."""
    kind = type(value)
    if kind in PLAIN:
        return repr(value)
    if kind is np.ndarray or isinstance(value, np.generic | np.dtype):
        return _number(value)
    if isinstance(value, tuple) or kind in (list, set, frozenset):
        parts = [_spelling(part, names) for part in value]
        return f"{_type(kind, names)} {parts if isinstance(value, tuple | list) else sorted(parts)}"
    if kind is dict:
        return f"dict {[(_spelling(k, names), _spelling(v, names)) for k, v in value.items()]}"
    if isinstance(value, enum.Enum):
        return f"{_name(kind)}.{value.name} {_spelling(value.value, names)}"
    if isinstance(value, ModuleType):
        return f"{value.__name__} {_read(value, names)}"
    if isinstance(value, type):
        return _type(value, names)
    if isinstance(value, Dispatcher) and not (inner := digest(value.py_func)).startswith(ONCE):
        return f"{inner} {value.targetoptions!r}"
    if isinstance(value, FunctionType):  # what it is made of is told where it is reached; else it is refused
        return _name(value)
    if isinstance(value, LIBRARY) and isinstance(getattr(value, "__self__", None), ModuleType | type(None)):
        return f"{kind.__name__} {getattr(value, '__module__', '')}.{value.__name__}"
    if isinstance(value, _Intrinsic) and str(value._defn.__module__).startswith("sim."):
        return _name(value._defn)
    raise UntoldError


def _number(value: Any) -> str:
    if isinstance(value, np.dtype):
        return repr(value)
    array = np.asarray(value)
    if array.dtype.hasobject:
        raise UntoldError
    order = array.flags.c_contiguous, array.flags.f_contiguous, array.flags.writeable
    content = hashlib.sha256(array.tobytes()).hexdigest()
    return f"{type(value).__name__} {array.dtype!r} {array.shape} {order} {content}"


def _type(kind: type, names: Collection[str]) -> str:
    if issubclass(kind, enum.Enum):
        return f"{_name(kind)} {[(name, _spelling(m.value, names)) for name, m in kind.__members__.items()]}"
    if (fields := getattr(kind, "_fields", None)) and issubclass(kind, tuple):
        return f"{_name(kind)} {fields} {_spelling(getattr(kind, '_field_defaults', {}), names)}"
    if kind.__module__ in ("builtins", "numpy") or issubclass(kind, BaseException):
        return _name(kind)
    raise UntoldError


def _read(module: ModuleType, names: Collection[str]) -> list[str]:
    """What is read of a module, told by its content; what it imports from elsewhere too."""
    values, others = [], set(names) - {module.__name__.rpartition(".")[2]}  # no circle
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in sorted(others):
            value = getattr(module, name, UntoldError)
            if value is not UntoldError:
                values.append(f"{name}={_spelling(value, others)}")
    return values
