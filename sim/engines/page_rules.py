"""The rules that pages run: one WebAssembly file, and of what it was made.

`python experiments/build_page_rules.py` makes both files.
"""

import ast
import hashlib
import inspect
import json
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

from sim.engines.compiler.call_graph import Rule, named, reachable
from sim.engines.compiler.page_loop import play_page
from sim.engines.compiler.world_arrays import kind_of, parts
from sim.strategies.strategy_register import Strategy

FILE = Path(__file__).with_name("page_rules.wasm")
ORIGIN = FILE.with_suffix(".json")
REBUILD = "python experiments/build_page_rules.py"


def origin() -> dict[str, Any]:
    """What the shipped file was made of: digests of `rules` and of each of `strategies`, and `versions`."""
    content: dict[str, Any] = json.loads(ORIGIN.read_text("utf-8"))
    return content


def is_current() -> bool:
    """Whether the shipped file was made of the rules as they are."""
    return bool(origin()["rules"] == rules_digest())


def plays(strategy: Strategy) -> bool:
    """Whether the shipped file can play a strategy."""
    return bool(origin()["strategies"].get(strategy.name) == source_digest(strategy.rule))


@cache
def rules_digest() -> str:
    """SHA-256 of the rules and of the world's records: of what they say, not of how it is commented."""
    kinds = [f"{name} {depth} {kind_of(part)}" for name, (part, depth) in parts().items()]
    return hashlib.sha256("\n".join([source_digest(play_page), *kinds]).encode()).hexdigest()


def source_digest(root: Rule) -> str:
    """SHA-256 of the source of a function, of all that it calls, and of the values they name."""
    texts = sorted(_text(function) for function in reachable(root))
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _text(function: Any) -> str:
    tree: Any = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    if ast.get_docstring(tree) is not None:
        tree.body = tree.body[1:] or [ast.Pass()]
    tree.decorator_list = []
    values = [f"{name} {_spelling(value)}" for name, value in named(function).items()]
    return f"{function.__module__} {ast.unparse(tree)} {values}"


def _spelling(value: Any) -> str:
    if isinstance(value, type):
        return f"{value.__module__}.{value.__qualname__} {getattr(value, '_fields', '')}"
    return repr(value) if isinstance(value, int | float | tuple) else type(value).__name__
