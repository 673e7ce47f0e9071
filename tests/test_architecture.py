"""The house is what CONTRIBUTING says: rooms in their order, no circle, names that are names."""

import ast
import builtins
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import sim

PACKAGE = Path(sim.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)
TREES = {path: ast.parse(path.read_text("utf-8")) for path in FILES}
ROOMS = (  # in the order in which they are read; none imports from a later one
    *(
        "domain",
        "payoffs",
        "strategies",
        "negotiators",
        "protocols",
        "rules",
        "scenarios",
        "engines",
        "theory",
        "statistics",
    ),
    *("outcomes", "storage", "studies", "record", "estimation", "forecasting", "validation"),
    *("lessons", "reports", "classroom", "cli"),
)
PLUG_INS = (
    "strategies",
    "negotiators",
    "protocols",
    "outcomes",
    "theory",
)  # their file names are public, and may be said twice
PARTICIPLES = (
    "told found kept asked chosen given played said known taken made seen moved drawn shown held left done "
    "lost aside standing prepared past look anew spread life lives"
)
NO_NAMES = set(PARTICIPLES.split())
NUMBA = ("numba", "llvmlite")


def room_of(path: Path) -> str:
    """The room that a file lives in; the package itself is the room before the first."""
    return path.relative_to(PACKAGE).parts[0] if path.parent != PACKAGE else ""


def module_file(name: str) -> Path | None:
    """The file of a module of ours, None if there is no such module."""
    base = PACKAGE.parent.joinpath(*name.split("."))
    return next((p for p in (base.with_suffix(".py"), base / "__init__.py") if p.is_file()), None)


def imports(path: Path) -> Iterator[Path]:
    """The files of ours that a file imports, wherever in it."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sim":
            for name in node.names:
                yield module_file(f"{node.module}.{name.name}") or module_file(node.module)
        elif isinstance(node, ast.Import):
            yield from filter(None, (module_file(n.name) for n in node.names if n.name[:3] == "sim"))


def outside(path: Path) -> set[str]:
    """The packages of others that a file imports."""
    nodes = list(ast.walk(TREES[path]))
    names = {n.name for node in nodes if isinstance(node, ast.Import) for n in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.split(".")[0] for name in names}


def bound_names(tree: ast.Module) -> Iterator[str]:
    """Every name that a file gives: to functions, classes, arguments and variables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname


def test_every_room_has_its_place_in_the_order():
    assert {room_of(path) for path in FILES} - {""} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_looks_ahead(room):
    later = set(ROOMS[ROOMS.index(room) + 1 :])
    ahead = {
        f"{path.relative_to(PACKAGE)} -> {target.relative_to(PACKAGE)}"
        for path in FILES
        if room_of(path) == room
        for target in imports(path)
        if room_of(target) in later
    }
    assert not ahead


def test_no_file_imports_itself_by_way_of_others():
    graph = {path: {t for t in imports(path) if t.name != "__init__.py"} - {path} for path in FILES}
    ready: set[Path] = set()
    while graph:
        free = {path for path, targets in graph.items() if targets <= ready}
        assert free, f"a circle among {sorted(p.name for p in graph)}"
        ready |= free
        graph = {path: targets for path, targets in graph.items() if path not in free}


def test_file_names_are_said_once():
    names = Counter(p.name for p in FILES if p.name[:2] != "__" and room_of(p) not in PLUG_INS)
    assert not {name for name, count in names.items() if count > 1}


def test_class_names_are_said_once():
    names = Counter(
        node.name for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    )
    assert not {name for name, count in names.items() if count > 1}


def test_a_file_has_at_most_300_lines():
    lengths = {
        path.relative_to(PACKAGE).as_posix(): len(path.read_text("utf-8").splitlines()) for path in FILES
    }
    assert not {name: length for name, length in lengths.items() if length > 300}


def test_the_day_is_read_in_150_lines():
    assert len((PACKAGE / "rules" / "day.py").read_text("utf-8").splitlines()) <= 150


def test_numba_is_imported_by_the_compiler_alone():
    assert {p.parent.name for p in FILES if outside(p) & set(NUMBA)} == {"compiler"}


def test_mesa_is_imported_by_its_engine_alone():
    assert {p.name for p in FILES if "mesa" in outside(p)} == {"mesa_engine.py"}


def test_statistics_know_nothing_of_the_house_but_its_words():
    rooms = {room_of(t) for p in FILES if room_of(p) == "statistics" for t in imports(p)}
    assert rooms <= {"domain", "statistics"}


@pytest.mark.parametrize("room", ["", *ROOMS])
def test_names_are_nouns_or_verbs_and_no_bare_participles(room):
    wrong = {
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in FILES
        if room_of(path) == room
        for name in bound_names(TREES[path])
        if name.strip("_").lower() in NO_NAMES
    }
    assert not wrong


def test_no_module_shadows_a_builtin():
    hidden = {p.stem for p in FILES} & set(dir(builtins))
    assert hidden <= {"__main__", "__init__", "compile"}


def test_no_two_test_files_have_the_same_name():
    names = [path.name for path in Path(__file__).parent.rglob("test_*.py")]
    assert [name for name in set(names) if names.count(name) > 1] == []
