"""Mornings of shipped scenarios that a test may change; the tables, which nothing changes, are shared."""

import copy
import functools
from collections.abc import Sequence

import sim
from sim.domain.state import Names, World
from sim.domain.terms import COSTS
from sim.scenarios.initial_state import names_of, world_of


@functools.cache
def _first(name: str) -> World:
    return world_of(sim.scenario(name))


@functools.cache
def names(name: str) -> Names:
    """What the positions in a scenario's world stand for."""
    return names_of(sim.scenario(name))


@functools.cache
def first_day(name: str) -> int:
    """The first day of a scenario."""
    return sim.scenario(name).start.toordinal()


def morning(name: str) -> World:
    """A copy of a scenario's first morning."""
    first = _first(name)
    changing = ("measures", "governments", "pairs", "answers", "stocks", "events", "plays")
    changing += ("accounts", "cached_flows")
    return first._replace(**{part: copy.deepcopy(getattr(first, part)) for part in changing})


def measure_of(name: str, measure: str) -> int:
    """The place of a measure in a scenario's world."""
    return names(name).measures.index(measure)


def of_term(name: str, values: Sequence[float]) -> float:
    """The number of a payoff term in a list of costs or flows."""
    return values[COSTS.index(name)]


def without_term(name: str, values: Sequence[float]) -> list[float]:
    """A list of costs or flows with nothing for a payoff term."""
    return [0.0 if term == name else value for term, value in zip(COSTS, values, strict=False)]
