"""Registers filled by files: those of a folder of ours, and any Python file that a user names."""

import hashlib
import importlib.util
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, TypeVar

from sim.domain.errors import SnapbackError, StrategyError

MARK: Final = "snapback_file_"  # begins the module name of a user's file
ADDRESS: Final = re.compile(r" at 0x[0-9a-fA-F]+")


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
        """SHA-256 of the function's source text, of its code where Python keeps no text."""
        try:
            text = inspect.getsource(self.rule)
        except (OSError, TypeError):
            code = self.rule.__code__
            text = f"{code.co_code.hex()} {code.co_names} {ADDRESS.sub('', repr(code.co_consts))}"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Player(Plugin):
    """A plain function of what is seen and of numbers, such as a strategy or a negotiator."""

    source: str
    parameters: dict[str, float] = field(default_factory=dict)

    @property
    def spelling(self) -> str:
        """How the command line and scenarios write it, parameters and all."""
        values = ",".join(f"{k}={repr(v).removesuffix('.0')}" for k, v in self.parameters.items())
        return f"{self.name}:{values}" if values else self.name

    def answer(self, *view: Any) -> Any:
        """What the function says of what is seen; raises StrategyError if it fails."""
        try:
            return self.rule(*view, **self.parameters)
        except Exception as error:
            kind = type(self).__name__.lower()
            raise StrategyError(f"{kind} {self.name}: its rule failed with {one_line(error)}") from error


Entry = TypeVar("Entry", bound=Plugin)
Role = TypeVar("Role", bound=Player)


class Register(dict[str, Entry]):
    """Functions by their names, such as strategies."""

    def __init__(self, kind: str, package: str, error_class: type[SnapbackError]) -> None:
        super().__init__()
        self.kind = kind  # `strategy` or `outcome`: what they are, and the decorator that adds one
        self.package = package  # in which each file adds one
        self.error_class = error_class  # of what is raised
        # what users' files held when they were run, and the names that they added
        self.files: dict[Path, tuple[bytes, str]] = {}
        self.complete = False

    def add(self, entry: Entry) -> None:
        """Add an entry, in place of what its file or its notebook called so before; raises if another did."""
        homes = [
            (e.rule.__module__, e.rule.__code__.co_filename) for e in (self.get(entry.name, entry), entry)
        ]
        if homes[0][0] != homes[1][0] and homes[0][1] != homes[1][1]:
            raise self.error_class(f"{self.kind} {entry.name}: the name is taken already, in {homes[0][1]}")
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
        """Run a user's file, again if it has changed, and give the name of the one function that it adds."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise self.error_class(f"{path}: cannot be read: {error.strerror}") from None
        old, name = self.files.get(path, (b"", ""))
        if not name or old != content:
            before = dict(self)
            run_file(path, content, self.error_class)
            added = sorted(key for key, entry in self.items() if before.get(key) is not entry)
            if len(added) != 1:
                raise self.error_class(f"{path}: expected one function under @{self.kind}, got {len(added)}")
            if name != added[0]:
                self.pop(name, None)
            self.files[path] = content, added[0]
        return self.files[path][1]

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


def parse_entry(register: "Register[Role]", text: str) -> Role:
    """The entry of a spelling such as `tit_for_tat:generosity=0.1`.

    Raises:
        SnapbackError: of the register's class: it or a parameter is unknown, or a value is no number.
    """
    name, rest = split(text)
    entry = register.find(name.strip())
    values, what = dict(entry.parameters), f"{register.kind} {entry.name}"
    for part in filter(None, (p.strip() for p in rest.split(","))):
        key, sign, value = part.partition("=")
        key = key.strip()
        if key not in values:
            offered = ", ".join(values) or "none"
            raise register.error_class(f"{what}: there is no parameter {key!r}; it has: {offered}")
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not sign or number != number or abs(number) == float("inf"):
            raise register.error_class(f"{what}: {key} expected a number, got {value.strip()!r}")
        values[key] = number
    return replace(entry, parameters=values)


def registering(
    register: "Register[Role]", role: type[Role], source: str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """What registers a function as a role from a source; the function stays the plain function it is."""

    def register_rule(rule: Callable[..., Any]) -> Callable[..., Any]:
        defaults = {name: float(value) for name, value in register.defaults(rule).items()}
        register.add(role(rule.__name__, rule, source, defaults))
        return rule

    return register_rule


def run_file(path: Path, content: bytes, error_class: type[SnapbackError]) -> None:
    """Run a file as a module of its own.

    `content` is what it holds: what Python keeps beside it may be of a moment ago. Raises an `error_class`
    that says why it cannot be run; errors of the project's tree pass as they are.
    """
    unique = f"{MARK}{hashlib.sha256(str(path).encode()).hexdigest()[:12]}"
    spec = importlib.util.spec_from_file_location(unique, path)
    if spec is None or spec.loader is None:
        raise error_class(f"{path}: expected a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[unique] = module
    try:
        exec(compile(content, path, "exec"), module.__dict__)
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
