"""Atomic writes: a file or folder is written under another name and renamed, so that it is never half there.

A process that is killed leaves its part behind, `.NAME.PROCESS.part` beside what it was to be.
"""

import os
import shutil
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import Final

from sim.domain.errors import ResultsError
from sim.scenarios.messages import shortened

PART: Final = ".part"


def check_file(path: Path | None, kinds: Collection[str] = ()) -> None:
    """Raise ResultsError if a file, where one is wanted, has no folder or an ending that it may not have."""
    if path is None:
        return
    if kinds and path.suffix[1:] not in kinds:
        raise ResultsError(f"{path}: expected a name that ends in .{', .'.join(kinds)}")
    if not path.parent.is_dir():
        raise ResultsError(f"{path}: expected a file in a folder that exists, and {path.parent} does not")
    if path.is_dir():
        raise ResultsError(f"{path}: expected a file, got a folder")


def check_writable(path: Path) -> None:
    """Raise ResultsError if a file or a folder cannot be written because of the folders above it."""
    above = next(folder for folder in path.resolve().parents if folder.exists())
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise ResultsError(f"{path}: cannot be written, for {above} is no folder that one may write in")


@contextmanager
def writing(path: Path, advice: str = "") -> Iterator[None]:
    """Turn what the disk refuses in this block into a ResultsError, its message ending with advice."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else shortened(str(error), 120)
        raise ResultsError(f"{path}: cannot be written: {reason}{advice}") from None


@contextmanager
def atomic_file(path: Path, *, make_folder: bool = True, advice: str = "") -> Iterator[Path]:
    """The path under which to write a file; it is synced and renamed when the block ends without an error.

    Raises ResultsError if it cannot be written, with advice; a file that was there is unchanged.
    """
    part = _part_of(path)
    with writing(path, advice):
        try:
            if make_folder:
                path.parent.mkdir(parents=True, exist_ok=True)
            yield part
            with part.open("r+b") as file:
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file atomically, text as UTF-8 with plain newlines; raises what `atomic_file` does."""
    with atomic_file(path) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def atomic_folder(folder: Path) -> Iterator[Path]:
    """A new folder to fill; it replaces the one of that resolved path when the block ends without an error.

    Raises ResultsError if it cannot be written; a folder that was there is unchanged.
    """
    part = _part_of(folder)
    old = part.with_suffix(".old")
    for other in folder.parent.glob(f".{escape(folder.name)}.*{PART}"):
        process = other.name.split(".")[-2]
        if process.isdecimal() and not _alive(int(process)):
            shutil.rmtree(other, ignore_errors=True)
    with writing(folder):
        try:
            part.mkdir(parents=True)
            yield part
            if folder.exists():
                folder.rename(old)
            part.rename(folder)
            shutil.rmtree(old, ignore_errors=True)
        finally:
            shutil.rmtree(part, ignore_errors=True)
            if old.exists() and not folder.exists():
                old.rename(folder)


def remove_parts(folder: Path) -> None:
    """Remove what killed processes left in a folder in which nobody else writes now."""
    for part in folder.glob(f".*{PART}"):
        if part.is_dir():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)


def _part_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}{PART}")


def _alive(process: int) -> bool:
    if sys.platform == "win32":  # where it cannot be asked: signal 0 is Ctrl-C there
        return True
    try:
        os.kill(process, 0)
    except OSError as error:
        return not isinstance(error, ProcessLookupError)
    return True
