"""A folder of results: written aside, then renamed, so that there is never half of one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.domain.errors import ResultsError


def check_folder(folder: Path, files: set[str], what: str = "a run's") -> None:
    """Raise ResultsError if results must not be written here.

    A folder that holds such results and nothing else is replaced, an empty one is filled, anything
    else is left alone.

    Args:
        folder: where they are to go.
        files: names of the files of such results.
        what: whose folder it may be, for the message.
    """
    if folder.is_dir():
        others = sorted(path.name for path in folder.iterdir() if path.name not in files)
        if others:
            raise ResultsError(
                f"{folder}: expected a new folder, an empty one or {what}, got one with other files: "
                f"{', '.join(others[:3])}"
            )
    if folder.resolve() == Path.cwd():
        raise ResultsError(f"{folder}: expected another folder than the current one, which is replaced whole")
    if folder.exists() and not folder.is_dir():
        raise ResultsError(f"{folder}: expected a folder, got a file")
    above = next(path for path in folder.resolve().parents if path.exists())
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise ResultsError(f"{folder}: cannot be written, for {above} is no folder that one may write in")


@contextmanager
def written_aside(folder: Path) -> Iterator[Path]:
    """A new folder beside the one to be; it takes its place when the block ends without an error.

    Args:
        folder: resolved and checked.

    Raises:
        ResultsError: it cannot be written; what was there stays.
    """
    _sweep(folder)
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        aside.mkdir(parents=True)
        yield aside
        if folder.exists():
            folder.rename(old)
        aside.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise ResultsError(f"{folder}: cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if old.exists() and not folder.exists():
            old.rename(folder)


def _sweep(folder: Path) -> None:
    """Remove what a killed process left aside for the same folder."""
    for left in folder.parent.glob(f".{folder.name}.*.part"):
        owner = left.name.split(".")[-2]
        if owner.isdecimal() and not _alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
