"""One file of results, written aside and renamed, so that there is never half of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sim.domain.errors import ResultsError


def check_file(path: Path) -> None:
    """Raise ResultsError if a file cannot be written for want of its folder."""
    if not path.parent.is_dir():
        raise ResultsError(f"{path}: expected a file in a folder that exists, and {path.parent} does not")
    if path.is_dir():
        raise ResultsError(f"{path}: expected a file, got a folder")


@contextmanager
def file_aside(path: Path) -> Iterator[Path]:
    """A new file beside the one to be; it takes its place when the block ends without an error.

    Raises:
        ResultsError: it cannot be written; what was there stays.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(path)
    except OSError as error:
        raise ResultsError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file, replacing what was there.

    Raises:
        ResultsError: it cannot be written; what was there stays.
    """
    with file_aside(path) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)
