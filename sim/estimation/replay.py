"""Months of the record played by the compiled rounds, for given parameters of both governments."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from sim.domain.constants import IN_FORCE, LIFTED, NEVER, SUSPENDED
from sim.domain.parameters import GOVERNMENT
from sim.domain.state import World
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.world_arrays import arrays_of, state_of
from sim.record.coding import CodedMonth, moves_by_month
from sim.record.events import SIDES, Record
from sim.record.legal_state import LegalState, legal_states, renewals, rows_before
from sim.record.months import first_day
from sim.record.tariffs import TariffStep
from sim.scenarios.initial_state import names_of, world_of
from sim.scenarios.load import locate, scenario
from sim.statistics.arrays import Array

WORLD: Final = locate("bases/record_morning", Path())
LAG: Final = 7  # days from Washington's decision to Beijing's: the median answer of 2018 to 2024
UNKNOWN: Final = -1
PREFIXES: Final = ("us", "cn")
CONTROL_STEP: Final = 0.02  # level of an act of severity 3, as in record_morning.toml


class Rounds(NamedTuple):
    """Months as the compiled rounds take them; shapes as of `run_rounds`."""

    months: range  # their numbers
    days: Array  # first days, and that of the month after the last
    moves: Array  # coded, UNKNOWN where a month is not coded
    levels: Array  # of measures
    renewed: Array  # truces extended


def rounds_of(
    record: Record, steps: Sequence[TariffStep], coded: Sequence[CodedMonth], months: range
) -> Rounds:
    """The rounds of some months: what is known on each first morning, and what was then done.

    A morning knows the rows announced before it. Months are all from the first of the record on; those not
    coded have unknown moves.
    """
    moves = moves_by_month(coded)
    mornings = [first_day(month) for month in range(months[0], months[-1] + 2)]
    by_side = [[e for e in record.events if e.actor == side] for side in SIDES]
    spans = zip([mornings[0], *mornings], mornings[:-1], strict=False)
    renewed = [[renewals(rows, since, morning) for rows in by_side] for since, morning in spans]
    return Rounds(
        months,
        np.array([morning.toordinal() for morning in mornings]),
        np.array([moves.get(month, (UNKNOWN, UNKNOWN)) for month in months], dtype=np.int64),
        np.array([levels_on(record, steps, morning) for morning in mornings], dtype=float),
        np.array(renewed, dtype=float),
    )


def levels_on(record: Record, steps: Sequence[TariffStep], morning: date) -> list[tuple[float, float, float]]:
    """Status, level and last day of a suspension of every measure of `record_morning.toml` on a morning."""
    both = legal_states(rows_before(record, morning), steps, morning)
    states = dict(zip(PREFIXES, both, strict=True))
    return [_level(name, states[name[:2]]) for name in measures_of_record()]


@cache
def measures_of_record() -> list[str]:
    """The measures of `record_morning.toml`, in the order of levels."""
    return names_of(scenario(WORLD)).measures


def _level(name: str, stands: LegalState) -> tuple[float, float, float]:
    """Status, level and last day of a suspension of a measure of `record_morning.toml`."""
    if name.endswith("_tariffs"):
        return IN_FORCE, stands.tariff, NEVER
    if name.endswith("_controls"):
        return IN_FORCE, CONTROL_STEP * stands.controls, NEVER
    until = stands.until.toordinal() if stands.until else NEVER
    return SUSPENDED if stands.until else LIFTED, 0.05, until


@cache
def machine_code(loop: Callable[..., None]) -> Any:
    """A loop over rounds or days, compiled."""
    return compiled(loop, cache=True, nogil=True)


def state_with(world: World, content: Array | None) -> Array:
    """The state of a world, filled with stored bytes if there are any."""
    state = state_of(world)
    if content is not None:
        state.reshape(1).view("u1")[:] = content
    return state


@cache
def opening() -> World:
    """The arrays of `record_morning.toml` on its first morning."""
    return arrays_of(world_of(scenario(WORLD)))


def stacked(numbers: dict[str, Array], regimes: int) -> tuple[Array, Array]:
    """Places of the numbers that regimes change, and their values in shape (regimes, 2, k)."""
    order = list(GOVERNMENT)
    places = np.array([order.index(name) for name in numbers], dtype=np.int64)
    values = np.stack([numbers[name] for name in numbers], axis=-1) if numbers else np.zeros((regimes, 2, 0))
    return places, np.ascontiguousarray(values)
