"""The files that a study names: found beside it, sent along with its chunks, held by whoever plays them."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.outcomes import outcome_register as outcomes
from sim.scenarios.load import files_of, scenario_names
from sim.storage.provenance import digest_of
from sim.strategies import strategy_register as strategies
from sim.strategies.plugin_register import MARK, Register, split

Files = tuple[tuple[str, str], ...]  # path and text of each


def full_path(text: str, folder: Path) -> str:
    """The whole path of a file beside a study, wherever it is played from; another text as it is."""
    with suppress(OSError, ValueError):
        if text not in scenario_names() and (folder / text).is_file():
            return str((folder / text).resolve())
    return text


def with_path(spelling: str, change: Callable[[str], str]) -> str:
    """A spelling such as `./mine.py:patience=2` with the path of its Python file, if it has one, changed."""
    path, rest = split(spelling.strip())
    if not path.endswith(".py"):
        return spelling
    return f"{change(path)}:{rest}" if rest else change(path)


def with_strategy_path(text: str, change: Callable[[str], str]) -> str:
    """The same of a strategy of a government, such as `CN=./mine.py`."""
    code, sign, spelling = text.partition("=")
    return f"{code}{sign}{with_path(spelling, change)}"


def file_texts(scenarios: Iterable[str], rules: Iterable[strategies.Rule | outcomes.Rule]) -> Files:
    """The texts of all files that are the user's own among scenarios and rules, by their paths."""
    own = {path for name in scenarios if name not in scenario_names() for path in files_of(name)}
    own |= {Path(rule.__code__.co_filename) for rule in rules if rule.__module__.startswith(MARK)}
    return tuple((str(path), path.read_bytes().decode("utf-8-sig")) for path in sorted(own))


@lru_cache(maxsize=1)
def local_copies(files: Files) -> dict[str, str]:
    """Where this process finds files that were sent along: in place, or written to a folder of its own.

    What it has learned from another study's files is forgotten, for they may define the same names.
    """
    _forget()
    root = Path(tempfile.mkdtemp(prefix="snapback-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    paths = {}
    for name, text in files:
        path = Path(name)
        if not _same(path, text):
            path = root / path.relative_to(path.anchor)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        paths[name] = str(path)
    return paths


def digest(files: Files) -> str:
    """SHA-256 of the Python files among some, wherever they lie."""
    return digest_of([(Path(path).name, text) for path, text in files if path.endswith(".py")])


def _same(path: Path, text: str) -> bool:
    with suppress(OSError, ValueError):
        return path.read_bytes().decode("utf-8-sig") == text
    return False


def _forget() -> None:
    registers: tuple[Register[Any], ...] = (strategies.REGISTER, outcomes.REGISTER)
    for register in registers:
        register.files.clear()
        for name in [name for name, entry in register.items() if entry.rule.__module__.startswith(MARK)]:
            del register[name]
