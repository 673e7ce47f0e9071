"""A Python file of a user's, run once so that it registers what it holds."""

import hashlib
import importlib.util
import sys
from pathlib import Path

from sim.domain.errors import SnapbackError


def run_file(path: Path, error_class: type[SnapbackError]) -> None:
    """Run a file as a module of its own.

    Args:
        path: the file.
        error_class: of the error that says why it cannot be run.

    Raises:
        SnapbackError: it cannot; errors of the project's tree pass as they are.
    """
    unique = f"snapback_file_{hashlib.sha256(str(path).encode()).hexdigest()[:12]}"
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
