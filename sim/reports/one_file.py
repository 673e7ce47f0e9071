"""One file of results, written aside and renamed, so that there is never half of it."""

import os
from pathlib import Path

from sim.domain.errors import ResultsError


def check_file(path: Path) -> None:
    """Raise ResultsError if a file cannot be written for want of its folder."""
    if not path.parent.is_dir():
        raise ResultsError(f"{path}: expected a file in a folder that exists, and {path.parent} does not")
    if path.is_dir():
        raise ResultsError(f"{path}: expected a file, got a folder")


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file, replacing what was there.

    Raises:
        ResultsError: it cannot be written; what was there stays.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.write_bytes(content.encode() if isinstance(content, str) else content)
        aside.replace(path)
    except OSError as error:
        raise ResultsError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        aside.unlink(missing_ok=True)
