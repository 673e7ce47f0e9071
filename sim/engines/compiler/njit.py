"""Rules compiled as they are: the very functions, with the functions they call compiled too.

A function is copied with other globals, in which every plain function that it reaches is
its compiled twin. Nothing is rewritten and nothing is listed: what is reached from the
root is compiled.
"""

import dis
import hashlib
import inspect
import logging
import os
import pickle
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any

import numba
from numba.core import config, types
from numba.core.caching import NullCache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

import sim.engines.compiler.numbered_fields  # noqa: F401  so that rules may write a number by its position
from sim.domain.errors import EngineError
from sim.engines.compiler.call_graph import Rule, codes, named, reachable
from sim.engines.compiler.code_digest import ONCE, digest

LOG = logging.getLogger(__name__)
MOST = 200  # files that are kept; the loop takes 3 MB
CHECKED = 32  # bytes of SHA-256 before the machine code


def cacheable(function: Rule, stamp: str) -> bool:
    """Whether machine code of a function can be used elsewhere: all it is made of is told, and in modules."""
    homes = {str(part.__module__) for part in reachable(function)}
    return not stamp.startswith(ONCE) and all(home != "__main__" and home in sys.modules for home in homes)


@cache
def tidy() -> None:
    """Remove the oldest machine code, once a process; whoever misses it compiles anew."""
    place = folder()
    with suppress(OSError):
        files = sorted(place.glob("*.nb*") if place else (), key=lambda path: path.stat().st_mtime)
        for path in files[:-MOST]:
            path.unlink(missing_ok=True)


def folder() -> Path | None:
    """Where machine code is kept: `NUMBA_CACHE_DIR`, else the user's cache folder, None if there is none."""
    place = os.environ.get("NUMBA_CACHE_DIR")
    if place:
        return Path(place).absolute() / "snapback"
    try:
        if sys.platform == "win32":
            home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "snapback"
            path = home / "cache"
        elif sys.platform == "darwin":
            path = Path.home() / "Library" / "Caches" / "snapback"
        else:
            path = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "snapback"
    except RuntimeError:  # whoever runs this has no home
        return None
    return path if path.is_absolute() else None


class CompileCache(NullCache):
    """What Numba asks for a function's machine code before it compiles, and tells of it afterwards.

    Under a digest of what the function is made from, empty if nothing is to be kept; that compiling a large
    one takes a while is told.
    """

    def __init__(self, stamp: str, large: bool) -> None:
        self.stamp, self.large = stamp, large
        self.place = folder() if stamp else None

    @property
    def cache_path(self) -> str | None:
        """The folder."""
        return str(self.place) if self.place else None

    def load_overload(self, kinds: Any, target: Any) -> Any:
        """Machine code for arguments of some kinds, None if there is none that can be used."""
        target.refresh()
        with suppress(Exception):  # whatever is wrong with the file, it is made anew
            if self.place:
                content = self._path(kinds, target.codegen()).read_bytes()
                if hashlib.sha256(content[CHECKED:]).digest() == content[:CHECKED]:
                    return CompileResult._rebuild(target, *pickle.loads(content[CHECKED:]))
        if self.large:
            once = ", once on this machine" if self.place else ""
            LOG.info("Compiling the rules%s: it takes about half a minute.", once)
        return None

    def save_overload(self, kinds: Any, result: Any) -> None:
        """Keep machine code; what holds addresses of this process is compiled anew."""
        if not self.place or result.lifted or result.library.has_dynamic_globals:
            return
        content = dumps(result._reduce())
        path = self._path(kinds, result.codegen)
        part = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(hashlib.sha256(content).digest() + content)
            part.replace(path)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            if self.large:
                LOG.info("%s keeps nothing (%s): the next start compiles anew.", self.place, error.strerror)
        tidy()

    def _path(self, kinds: Any, codegen: Any) -> Path:
        key = repr((self.stamp, kinds, codegen.magic_tuple(), sys.version_info))
        return Path(self.place or "") / f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.nbc"


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
