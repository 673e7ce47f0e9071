"""Provenance of results: versions, digest of the code, machine."""

import hashlib
import json
import os
import platform
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

PACKAGE = Path(__file__).parents[1]
# Rooms that change no result:
READERS: Final = ("record", "estimation", "forecasting", "validation", "reports", "classroom", "cli")
MADE_WITH: Final = ("numpy", "scipy", "numba", "pandas", "pyarrow")


@cache
def code_digest(without: tuple[str, ...] = ()) -> str:
    """SHA-256 of the package's own Python files, names and contents, some rooms left out."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE)
        if name.parts[0] in without:
            continue
        digest.update(name.as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def versions_of(packages: Sequence[str]) -> dict[str, str]:
    """Versions of Python and of some packages."""
    return {"python": platform.python_version(), **{name: version(name) for name in packages}}


@cache
def made_with() -> dict[str, str]:
    """What the bytes of results depend on: the code's digest, and versions of Python and libraries."""
    return {"code": code_digest(READERS), **versions_of(MADE_WITH)}


def machine() -> dict[str, Any]:
    """What the results were made on: kind of processor and system, how many cores."""
    return {"machine": platform.machine(), "system": platform.system(), "cores": os.cpu_count()}


def digest_of(value: Any) -> str:
    """SHA-256 of a value's canonical JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def as_json(value: Any) -> str:
    """A value as indented JSON with a closing newline; raises ValueError for a number that is none."""
    return json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
