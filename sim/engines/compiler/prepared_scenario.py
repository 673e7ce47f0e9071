"""A scenario made ready to be played many times: what all runs share, and where differing numbers go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from sim.domain.errors import EngineError
from sim.domain.state import World
from sim.engines.compiler.arrays import Array, arrays_of
from sim.engines.compiler.run_parameters import FieldPath, ValueRange, parameters_of, places_of, spelling
from sim.engines.run_arguments import last_day, strategies_of, texts_of
from sim.scenarios.forced_moves import Force, forces_of
from sim.scenarios.initial_state import Names, names_of, world_of
from sim.scenarios.load import scenario as load_scenario
from sim.scenarios.schema import Scenario
from sim.strategies.strategy_register import Strategy

FORCES = np.dtype([(name, "i8") for name in Force._fields])


def ends_of(values: Array) -> ValueRange:
    """The ends of some values, shape (runs,)."""
    return ValueRange(float(values.min()), float(values.max()), not bool((values % 1.0).any()))


@dataclass(frozen=True)
class PreparedScenario:
    """What all runs share.

    Attributes:
        source: the scenario.
        names: of its governments, measures and minerals, in their order.
        strategies: of each government.
        world: arrays of the first morning.
        start: first day.
        end: last day.
        forces: forced moves in the order of day, government and partner.
        places: where each number goes that may differ from run to run, by its path.
    """

    source: Scenario
    names: Names
    strategies: Mapping[str, Strategy]
    world: World
    start: int
    end: int
    forces: Array
    places: Mapping[str, Sequence[FieldPath]]


def stage(
    scenario: str | Path | Scenario,
    *,
    until: date | str | None = None,
    force: str | Sequence[str] = (),
    strategy: str | Sequence[str] | Mapping[str, str] = (),
    set: str | Sequence[str] = (),
    differing: Mapping[str, ValueRange] | None = None,
) -> PreparedScenario:
    """A scenario made ready.

    Args:
        scenario: a shipped name, a path, or a loaded scenario.
        until: last day, a date or YYYY-MM-DD; the scenario's end if None.
        force: forced moves; one text or several.
        strategy: strategies by government.
        set: changes to the scenario's numbers.
        differing: the ends of the numbers that may differ, by the paths of `set` or as
            `CN.strategy.generosity`.

    Raises:
        SnapbackError: anything the user can put right.
    """
    overrides, differing = texts_of(set), dict(differing or {})
    found: dict[str, Sequence[FieldPath]] = {}
    if isinstance(scenario, Scenario):
        source = scenario
        chosen = strategies_of(strategy, source)
        parameters = parameters_of(differing, chosen)
        if overrides or len(parameters) < len(differing):
            raise EngineError("set and vary: give the scenario by name or path to change its numbers")
    else:
        plain = load_scenario(scenario, overrides)
        chosen = strategies_of(strategy, plain)
        parameters = parameters_of(differing, chosen)
        numbers = {path: ends for path, ends in differing.items() if path not in parameters}
        found |= {
            path: places_of(path, ends, scenario, tuple(overrides), plain.digest)
            for path, ends in numbers.items()
        }
        source = load_scenario(
            scenario, [*overrides, *(f"{p}={spelling(e.low)}" for p, e in numbers.items())]
        )
    found |= {path: (place,) for path, place in parameters.items()}
    names = names_of(source)
    forced = forces_of(texts_of(force), source, names)
    return PreparedScenario(
        source=source,
        names=names,
        strategies=chosen,
        world=arrays_of(world_of(source)),
        start=source.start.toordinal(),
        end=last_day(until, source),
        forces=np.array([tuple(f) for f in sorted(forced.values())], dtype=FORCES),
        places=found,
    )
