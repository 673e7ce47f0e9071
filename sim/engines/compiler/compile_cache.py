"""Machine code kept between processes, under a digest of everything it was made from.

Numba's own cache looks at the file of the one function it is asked for; here a function is
kept under the code of all functions that it reaches and the constants that they name, so a
changed rule is never run from old machine code, and two checkouts do not disturb each other.
"""

import hashlib
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from numba.core import caching

from sim.engines.compiler.call_graph import Rule, named, reachable

MOST = 200  # files that are kept; the loop takes 3 MB
PLAIN = (int, float, str, bool, tuple, frozenset, type(None))


def cacheable(function: Rule) -> bool:
    """Whether machine code of a function can be loaded elsewhere: all it is made of lies in modules."""
    homes = {str(part.__module__) for part in reachable(function)}
    return all(home != "__main__" and home in sys.modules for home in homes)


def cached(twin: Any, stamp: str) -> Any:
    """A compiled function whose machine code is kept, if there is a folder that can be written.

    Args:
        twin: Numba's dispatcher of the function.
        stamp: digest of what it is made from.
    """
    twin.py_func.__stamp__ = stamp
    if CacheLocator.from_function(twin.py_func, "") is not None:
        twin._cache = CompileCache(twin.py_func)
        tidy()
    return twin


def is_cached(twin: Any) -> bool:
    """Whether machine code of a function lies in the folder."""
    file = getattr(getattr(twin, "_cache", None), "_cache_file", None)
    return file is not None and Path(file._index_path).exists()


@cache
def tidy() -> None:
    """Remove the oldest machine code, once a process; whoever misses it compiles anew."""
    with suppress(OSError):
        files = sorted(folder().glob("*.nb[ci]"), key=lambda path: path.stat().st_mtime)
        for path in files[:-MOST]:
            path.unlink(missing_ok=True)


def folder() -> Path:
    """Where machine code is kept: `NUMBA_CACHE_DIR`, else the user's cache folder."""
    variable = os.environ.get("NUMBA_CACHE_DIR")
    if variable:
        return Path(variable) / "snapback"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "snapback" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "snapback"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "snapback"


def digest(function: Rule) -> str:
    """SHA-256 of all that a compiled function is made from: code, defaults, constants, and the engine."""
    sha = hashlib.sha256(_engine())
    parts = reachable(function)
    for text in sorted(_rule(f) if str(f.__module__).startswith("sim.") else _text(f) for f in parts):
        sha.update(text.encode())
    return sha.hexdigest()


@cache
def _engine() -> bytes:
    texts = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    return hashlib.sha256(b"".join(texts)).digest()


@cache
def _rule(function: FunctionType) -> str:
    return _text(function)  # rules stay what they are; a notebook's functions and constants do not


def _text(function: FunctionType) -> str:
    values = [f"{name}={_spelling(value)}" for name, value in named(function).items()]
    values += [_spelling(cell.cell_contents) for cell in function.__closure__ or ()]
    code = _code(function.__code__)
    return f"{function.__module__}.{function.__qualname__} {code} {function.__defaults__!r} {values}"


def _code(code: CodeType) -> str:
    constants = [_code(c) if isinstance(c, CodeType) else repr(c) for c in code.co_consts]
    return f"{code.co_code.hex()} {code.co_names} {code.co_varnames} {constants}"


def _spelling(value: Any) -> str:
    if isinstance(value, type):
        return f"{value.__module__}.{value.__qualname__} {getattr(value, '_fields', '')}"
    if isinstance(value, FunctionType):
        return f"{value.__module__}.{value.__qualname__}"
    if isinstance(value, ModuleType):
        return value.__name__
    return repr(value) if isinstance(value, PLAIN) else type(value).__name__


class CacheLocator(caching._CacheLocator):
    """Where Numba finds a function's machine code."""

    def __init__(self, stamp: str) -> None:
        self._stamp = stamp

    def get_cache_path(self) -> str:
        """The folder."""
        return str(folder())

    def get_source_stamp(self) -> str:
        """What must be the same for machine code to be used again."""
        return self._stamp

    def get_disambiguator(self) -> str:
        """What tells one version of a function from another in the folder."""
        return self._stamp[:16]

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> "CacheLocator | None":  # noqa: ARG003
        """The place of a function, None if nothing can be written there."""
        place = cls(py_func.__stamp__)
        try:
            place.ensure_cache_path()
        except OSError:
            return None
        return place


class _Implementation(caching.CompileResultCacheImpl):
    _locator_classes: list[Any] = [CacheLocator]

    def check_cachable(self, overload: Any) -> bool:
        """Whether machine code may be kept; what holds addresses of this process is compiled anew."""
        lifted = any(not loop.can_cache for loop in overload.lifted)
        return not lifted and not overload.library.has_dynamic_globals


class CompileCache(caching.FunctionCache):
    """Numba's cache of a function, in our place."""

    _impl_class = _Implementation
