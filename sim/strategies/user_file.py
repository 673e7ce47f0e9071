"""Registers filled by files: those of a folder of ours, and any Python file that a user names."""

import hashlib
import importlib.util
import pkgutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sim.domain.errors import SnapbackError

MARK: Final = "snapback_file_"  # begins the module name of a user's file


def run_file(path: Path, error_class: type[SnapbackError]) -> None:
    """Run a file as a module of its own.

    Args:
        path: the file.
        error_class: of the error that says why it cannot be run.

    Raises:
        SnapbackError: it cannot; errors of the project's tree pass as they are.
    """
    unique = f"{MARK}{hashlib.sha256(str(path).encode()).hexdigest()[:12]}"
    spec = importlib.util.spec_from_file_location(unique, path)
    if spec is None or spec.loader is None:
        raise error_class(f"{path}: expected a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[unique] = module
    try:
        spec.loader.exec_module(module)
    except SnapbackError:
        raise
    except (Exception, SystemExit) as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise error_class(f"{path}: cannot be run as Python: {said}") from error


def import_all(package: str) -> None:
    """Import every file of a package, so that each registers what it holds."""
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
        importlib.import_module(f"{package}.{module.name}")


def existing_file(name: str) -> Path | None:
    """The file that a user names, None if there is none."""
    try:
        path = Path(name).resolve()
        return path if path.is_file() else None
    except (OSError, ValueError):
        return None


def split(spelled: str) -> tuple[str, str]:
    """A name, or the path of a Python file, and what stands behind it after a colon."""
    path, mark, rest = spelled.partition(".py:")
    if mark or path.endswith(".py"):
        return path.removesuffix(".py") + ".py", rest
    name, _, rest = spelled.partition(":")
    return name, rest


def added_by(path: Path, register: Mapping[str, Any], mark: str, error_class: type[SnapbackError]) -> str:
    """The one name that a user's file adds to a register.

    Args:
        path: the file, which is run.
        register: that it adds to.
        mark: the decorator that adds to it, such as @strategy.
        error_class: of the error if the file cannot be run, or adds none or several.
    """
    before = set(register)
    run_file(path, error_class)
    added = sorted(set(register) - before)
    if len(added) != 1:
        raise error_class(f"{path}: expected one function under {mark}, got {len(added)}")
    return added[0]
