"""A scenario's first morning as bytes, and where everything lies in them: what pages play.

Nothing here knows a field by its name: all of it is read from the declarations in `sim.domain`.
"""

from typing import Any

import numpy as np

from sim.domain.run_record import ActRecord, DecisionRecord
from sim.domain.state import Change, PendingDecision, World
from sim.domain.terms import ACCOUNT_OF, COSTS
from sim.domain.view import View
from sim.engines.compiler.prepared_scenario import PreparedScenario
from sim.engines.compiler.run_parameters import FieldPath
from sim.engines.compiler.world_arrays import Array, arrays_of, kind_of, own, parts, state_of
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
    tables = (
        n * n * (n - 1) // 2
    )  # of governments; those behind them are of bystanders, whom no page asks about
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
        place = kinds[name][1] if own(name) else _append(content, value)
        fields[name] = {"own": own(name), "at": place, "shape": value.shape, **_items(value.dtype)}
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


def byte_places(places: Any, layout: dict[str, Any]) -> list[tuple[int, str]]:
    """Where a number lies in the state, in bytes, and whether as `i8` or `f8`; one place or several."""
    return [_byte_place(place, layout["world"][place.field]) for place in places]


def _byte_place(place: FieldPath, field: dict[str, Any]) -> tuple[int, str]:
    index = int(np.ravel_multi_index(place.at, field["shape"]))
    offset, kind = field["members"][place.member]
    return field["at"] + index * field["size"] + offset, kind


def _items(kind: np.dtype[Any]) -> dict[str, Any]:
    members = kind.fields or {"": (kind, 0)}
    return {"size": kind.itemsize, "members": {k: (m[1], m[0].str[1:]) for k, m in members.items()}}


def _append(content: bytearray, array: Array) -> int:
    content.extend(bytes(-len(content) % ALIGNED))
    place = len(content)
    content.extend(array.tobytes())
    return place


__all__ = ["byte_places", "page_world"]
