"""What pages play: the rules as one WebAssembly file, of what it was made, and first mornings as bytes.

`python experiments/build_page_rules.py` makes the file and its origin. Nothing here knows a field of the
world by its name: all of it is read from the declarations in `sim.domain`.
"""

import ast
import hashlib
import inspect
import json
import textwrap
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sim.domain.run_record import ActRecord, DecisionRecord, OfferRecord
from sim.domain.state import Change, PendingDecision, World
from sim.domain.terms import ACCOUNT_OF, COSTS
from sim.domain.view import TableView, View
from sim.engines.compiler.call_graph import Rule, named, reachable
from sim.engines.compiler.page_loop import lay_table, play_page
from sim.engines.compiler.prepared_scenario import PreparedScenario
from sim.engines.compiler.run_parameters import FieldPath
from sim.engines.compiler.world_arrays import arrays_of, kind_of, own, parts, state_of
from sim.rules.talks.bids import DELEGATE, REFUSE, TAKE_ALL, Bid, demand_of
from sim.scenarios.initial_state import world_of
from sim.strategies.plugin_register import Player
from sim.strategies.strategy_register import MEMORY

FILE = Path(__file__).with_name("page_rules.wasm")
ORIGIN = FILE.with_suffix(".json")
REBUILD = "python experiments/build_page_rules.py"

ENTRIES: dict[str, Rule] = {"play": play_page, "table": lay_table, "demand": demand_of}  # what pages call
ALIGNED = 16  # bytes at whose multiples arrays begin


def origin() -> dict[str, Any]:
    """What the shipped file was made of: digests of `rules` and of each of `players`, and `versions`."""
    content: dict[str, Any] = json.loads(ORIGIN.read_text("utf-8"))
    return content


def is_current() -> bool:
    """Whether the shipped file was made of the rules as they are."""
    return bool(origin()["rules"] == rules_digest())


def plays(player: Player) -> bool:
    """Whether the shipped file has a strategy, a negotiator or a protocol as it is."""
    return bool(origin()["players"].get(player.name) == source_digest(player.rule))


@cache
def rules_digest() -> str:
    """SHA-256 of the rules and of the world's records: of what they say, not of how it is commented."""
    kinds = [f"{name} {depth} {kind_of(part)}" for name, (part, depth) in parts().items()]
    rules = map(source_digest, ENTRIES.values())
    return hashlib.sha256("\n".join([*rules, *kinds]).encode()).hexdigest()


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


def page_world(ready: PreparedScenario) -> tuple[dict[str, Any], bytes]:
    """The layout of a scenario's first morning, to be written as JSON, and its bytes.

    Any strategy has room for its memory. In the layout `world` has of each field its `word`, if it is a
    number, or the `shape` of its array, the `size` of an item in bytes, the place and kind of its members,
    and `at`: its place in the bytes, which begin with what is a run's `own`.
    """
    arrays = arrays_of(world_of(ready.source, MEMORY))
    n = len(arrays.governments)
    tables = n * n * (n - 1) // 2  # those behind them are of bystanders, whom no page asks about
    arrays = arrays._replace(welfare=arrays.welfare[:tables], welfare_late=arrays.welfare_late[:tables])
    state = state_of(arrays)
    content = bytearray(state.tobytes())
    fields: dict[str, Any] = {}
    kinds: Any = state.dtype.fields
    for name in World._fields:
        part, depth = parts()[name]
        value = getattr(arrays, name)
        if depth == 0:
            fields[name] = {"word": str(value if part is int else int(np.float64(value).view(np.int64)))}
            continue
        members = {k: (m[1], m[0].str[1:]) for k, m in (value.dtype.fields or {"": (value.dtype, 0)}).items()}
        fields[name] = {"own": own(name), "shape": value.shape, "size": value.itemsize, "members": members}
        if own(name):
            fields[name]["at"] = kinds[name][1]
        else:
            content += bytes(-len(content) % ALIGNED)
            fields[name]["at"] = len(content)
            content += value.tobytes()
    layout = {
        "world": fields,
        "words": state.nbytes // 8,
        "pending": kind_of(PendingDecision).itemsize,
        "start": ready.start,
        "end": ready.end,
        "view": View._fields,
        "tableView": TableView._fields,
        "bids": {"accept": TAKE_ALL, "refuse": REFUSE, "delegate": DELEGATE},
        "costs": COSTS,
        "accounts": ACCOUNT_OF,
        **{kind.__name__: kind._fields for kind in (DecisionRecord, ActRecord, Change, OfferRecord, Bid)},
        **ready.names._asdict(),
    }
    return layout, bytes(content)


def byte_places(places: Iterable[FieldPath], layout: dict[str, Any]) -> list[tuple[int, str]]:
    """Where a number lies in the first morning's state, in bytes, and whether as `i8` or `f8`."""
    result = []
    for place in places:
        field = layout["world"][place.field]
        index = int(np.ravel_multi_index(place.at, field["shape"]))
        offset, kind = field["members"][place.member]
        result.append((field["at"] + index * field["size"] + offset, kind))
    return result
