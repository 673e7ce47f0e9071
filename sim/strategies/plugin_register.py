"""Registers filled by files: those of a folder of ours, and any Python file that a user names."""

import hashlib
import importlib.util
import inspect
import pkgutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, TypeVar

from sim.domain.errors import SnapbackError

MARK: Final = "snapback_file_"  # begins the module name of a user's file


@dataclass(frozen=True)
class Plugin:
    """A plain function under its name."""

    name: str
    rule: Callable[..., Any]

    @property
    def sentence(self) -> str:
        """The first line of its docstring: what it does, in words."""
        return (inspect.getdoc(self.rule) or self.name).splitlines()[0]

    @property
    def digest(self) -> str:
        """SHA-256 of the function's source text."""
        return hashlib.sha256(inspect.getsource(self.rule).encode()).hexdigest()


Entry = TypeVar("Entry", bound=Plugin)


class Register(dict[str, Entry]):
    """Functions by their names, such as strategies.

    Attributes:
        kind: what they are, and the decorator that adds one: `strategy` or `outcome`.
        package: in which each file adds one.
        error_class: of what is raised.
        files: the names that users' files have added.
    """

    def __init__(self, kind: str, package: str, error_class: type[SnapbackError]) -> None:
        super().__init__()
        self.kind, self.package, self.error_class = kind, package, error_class
        self.files: dict[Path, str] = {}
        self.complete = False

    def add(self, entry: Entry) -> None:
        """Add an entry; raises if a function of another file has its name."""
        other = self.get(entry.name)
        if other is not None and other.rule.__code__.co_filename != entry.rule.__code__.co_filename:
            raise self.error_class(f"{self.kind} {entry.name}: the name is taken already")
        self[entry.name] = entry

    def defaults(self, rule: Callable[..., Any], first: int = 1) -> dict[str, float]:
        """The parameters of a function from the first that is one on, with their default numbers."""
        parameters = list(inspect.signature(rule).parameters.values())[first:]
        for parameter in parameters:
            if not isinstance(parameter.default, int | float):
                raise self.error_class(
                    f"{self.kind} {rule.__name__}: parameter {parameter.name} needs a number as its default"
                )
        return {parameter.name: parameter.default for parameter in parameters}

    def load_shipped(self) -> None:
        """Import every file of the package, once, so that each adds its function."""
        if not self.complete:
            for module in pkgutil.iter_modules(importlib.import_module(self.package).__path__):
                importlib.import_module(f"{self.package}.{module.name}")
            self.complete = True

    def load_file(self, path: Path) -> str:
        """Run a user's file, once, and give the name of the one function that it adds."""
        if path not in self.files:
            before = set(self)
            run_file(path, self.error_class)
            added = sorted(set(self) - before)
            if len(added) != 1:
                raise self.error_class(f"{path}: expected one function under @{self.kind}, got {len(added)}")
            self.files[path] = added[0]
        return self.files[path]

    def names(self) -> list[str]:
        """All names, sorted."""
        self.load_shipped()
        return sorted(self)

    def find(self, name: str) -> Entry:
        """The entry of a name, or of a Python file, with its defaults; raises if there is none."""
        self.load_shipped()
        if name.endswith(".py"):
            path = existing_file(name)
            if path is None:
                raise self.error_class(f"there is no {self.kind} file {name[:60]!r}")
            return self[self.load_file(path)]
        if name not in self:
            near = get_close_matches(name, self, 1)
            hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(self.names())}"
            raise self.error_class(f"there is no {self.kind} {name[:60]!r}; {hint}")
        return self[name]


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
        raise error_class(f"{path}: cannot be run as Python: {one_line(error)}") from error


def one_line(error: BaseException) -> str:
    """What an error says, in one line of at most 200 letters."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def existing_file(name: str) -> Path | None:
    """The file that a user names, None if there is none."""
    try:
        path = Path(name).resolve()
        return path if path.is_file() else None
    except (OSError, ValueError):
        return None


def split(spelling: str) -> tuple[str, str]:
    """A name, or the path of a Python file, and what stands behind it after a colon."""
    path, mark, rest = spelling.partition(".py:")
    if mark or path.endswith(".py"):
        return path.removesuffix(".py") + ".py", rest
    name, _, rest = spelling.partition(":")
    return name, rest
