"""A scenario made ready to be played many times: what all runs share, and where differing numbers go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.domain.errors import EngineError
from sim.domain.state import Force, Names, World
from sim.engines.compiler.run_parameters import FieldPath, ValueRange, parameters_of, places_of, spelling
from sim.engines.compiler.world_arrays import Array, arrays_of
from sim.engines.run_spec import RunSpec
from sim.scenarios.forced_moves import forces_of
from sim.scenarios.initial_state import names_of, world_of
from sim.scenarios.schema import Scenario
from sim.strategies.strategy_register import Strategy

FORCES = np.dtype([(name, "i8") for name in Force._fields])


def ends_of(values: Array) -> ValueRange:
    """The ends of some values, shape (runs,)."""
    return ValueRange(float(values.min()), float(values.max()), not bool((values % 1.0).any()))


@dataclass(frozen=True)
class PreparedScenario:
    """What all runs share."""

    spec: RunSpec
    source: Scenario
    names: Names  # of its governments, measures and minerals, in their order
    strategies: Mapping[str, Strategy]  # of each government
    world: World  # arrays of the first morning
    start: int
    end: int  # last day
    forces: Array  # forced moves in the order of day, government and partner
    places: Mapping[str, Sequence[FieldPath]]  # where each number goes that may differ, by its path


def prepare(spec: RunSpec, ranges: Mapping[str, ValueRange] | None = None) -> PreparedScenario:
    """A scenario made ready to be run many times.

    `ranges` are those of the numbers that may differ from run to run, by the paths of `set` or as
    `CN.strategy.generosity`. Raises SnapbackError for anything the user can put right.
    """
    source = spec.load()
    strategies = spec.strategies(source)
    parameters = parameters_of(ranges or {}, strategies)
    numbers = {path: ends for path, ends in (ranges or {}).items() if path not in parameters}
    places: dict[str, Sequence[FieldPath]] = {}
    if numbers:
        if isinstance(spec.scenario, Scenario):
            raise EngineError("vary: give the scenario by name or path to change its numbers")
        for path, ends in numbers.items():
            places[path] = places_of(path, ends, spec.scenario, spec.overrides, source.digest)
        lowest = [f"{path}={spelling(ends.low)}" for path, ends in numbers.items()]
        source = replace(spec, overrides=(*spec.overrides, *lowest)).load()
    names = names_of(source)
    forces = forces_of(spec.force, source, names)
    return PreparedScenario(
        spec=spec,
        source=source,
        names=names,
        strategies=strategies,
        world=arrays_of(world_of(source, max(s.memory for s in strategies.values()))),
        start=source.start.toordinal(),
        end=spec.last_day(source),
        forces=np.array([f for key in sorted(forces) for f in forces[key]], dtype=FORCES),
        places={**places, **{path: (place,) for path, place in parameters.items()}},
    )
