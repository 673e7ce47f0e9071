"""A scenario's first morning as bytes, and where everything lies in them: what pages play.

Nothing here knows a field by its name: all of it is read from the declarations in `sim.domain`.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from sim.domain.run_record import ActRecord, DecisionRecord
from sim.domain.state import Change, PendingDecision, World
from sim.domain.terms import ACCOUNT_OF, COSTS
from sim.domain.view import View
from sim.engines.compiler.prepared_scenario import PreparedScenario
from sim.engines.compiler.run_parameters import FieldPath
from sim.engines.compiler.world_arrays import arrays_of, kind_of, own, parts, state_of
from sim.scenarios.initial_state import world_of
from sim.strategies.strategy_register import MEMORY

ALIGNED = 16  # bytes at whose multiples arrays begin


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
        "costs": COSTS,
        "accounts": ACCOUNT_OF,
        **{kind.__name__: kind._fields for kind in (DecisionRecord, ActRecord, Change)},
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
