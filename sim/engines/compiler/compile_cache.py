"""Machine code kept between processes, under a digest of everything it was made from.

Numba's own cache looks at the file of the one function it is asked for; here a function is
kept under the code of all functions that it reaches and the constants that they name, so a
changed rule is never run from old machine code, and two checkouts do not disturb each other.
A folder that is not there, full, read only or damaged costs time, never a run.
"""

import hashlib
import logging
import os
import pickle
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from numba.core.caching import NullCache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

from sim.engines.compiler.call_graph import Rule, reachable
from sim.engines.compiler.code_digest import ONCE

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
