"""The model that is fitted: parameters with priors, and the chance of the recorded moves under them.

A parameter is counted in prior widths from its centre, on a log or logit scale, so that the prior of
all together is a standard normal. A point is a list of such counts.
"""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.estimation.priors import FitConfig
from sim.estimation.regimes import RegimeBelief, believed, shifts
from sim.estimation.replay import ReplayWorlds, Rounds, played
from sim.record.events import SIDES

Array = NDArray[Any]


class Parameter(NamedTuple):
    """A parameter with its prior.

    Attributes:
        name: of a government's number, of `precision`, or of a number of the moods.
        of: government, strategy or mood.
        side: of SIDES; -1: one for both.
        mood: in which it holds; -1: in all.
        label: its name with side and mood.
        scale: log or logit, on which the prior is normal.
        centre: median of the prior.
        width: standard deviation of the prior on its scale.
        unit: of its value.
    """

    name: str
    of: str
    side: int
    mood: int
    label: str
    scale: str
    centre: float
    width: float
    unit: str

    def value(self, count: float) -> float:
        """The value at a count of prior widths from the centre."""
        if self.scale == "log":
            return self.centre * math.exp(self.width * count)
        odds = self.centre / (1.0 - self.centre) * math.exp(self.width * count)
        return odds / (1.0 + odds)


class Model(NamedTuple):
    """All parameters, and the names of the moods."""

    parameters: Sequence[Parameter]
    moods: Sequence[str]


def model_of(chosen: FitConfig) -> Model:
    """The parameters that were chosen, sides and moods spelt out."""
    found = []
    for name, prior in chosen.parameters.items():
        for side in range(len(SIDES)) if prior.by_side else (-1,):
            for mood, centre in enumerate(prior.centres):
                where = mood if len(prior.centres) > 1 else -1
                if name == "fresh" and mood == 0:
                    continue  # weights are relative to the first mood's
                label = (f"{SIDES[side]}." if side >= 0 else "") + name
                label += f"[{chosen.moods[mood]}]" if where >= 0 else ""
                found.append(
                    Parameter(
                        name, prior.of, side, where, label, prior.scale, centre, prior.width, prior.unit
                    )
                )
    return Model(found, chosen.moods)


def values_of(model: Model, point: Array, name: str, default: float = math.nan) -> Array:
    """The values of a parameter at a point, shape (moods, 2)."""
    found = np.full((len(model.moods), len(SIDES)), default)
    for parameter, count in zip(model.parameters, point, strict=True):
        if parameter.name == name:
            moods = slice(None) if parameter.mood < 0 else parameter.mood
            sides = slice(None) if parameter.side < 0 else parameter.side
            found[moods, sides] = parameter.value(float(count))
    return found


def fresh_months(months: range) -> Array:
    """Whether each month, and the one after the last, is the first full one of an administration.

    One begins at noon on 20 January after every fourth year's election (20th Amendment), so in 2017, 2021 ...
    """
    return np.array([m % 12 == 1 and (m // 12) % 4 == 1 for m in range(months[0], months[-1] + 2)])


def numbers_of(model: Model, point: Array) -> tuple[dict[str, Array], dict[str, Array]]:
    """The governments' numbers: those that moods change, shape (moods, 2), and the others, shape (2,)."""
    own = [p for p in model.parameters if p.of == "government"]
    differing = dict.fromkeys(p.name for p in own if p.mood >= 0)
    same = dict.fromkeys(p.name for p in own if p.mood < 0)
    return (
        {name: values_of(model, point, name) for name in differing},
        {name: values_of(model, point, name)[0] for name in same},
    )


def tables_of(
    model: Model, point: Array, rounds: Rounds, keep: bool = False, start: Array | None = None
) -> ReplayWorlds:
    """The chances of both moves in every round and mood at a point; see `played`."""
    numbers, fixed = numbers_of(model, point)
    return played(rounds, numbers, values_of(model, point, "precision"), fixed, keep, start)


def new_moods(model: Model, point: Array) -> Array:
    """Chances of the moods under a new administration, shape (moods,)."""
    weights = values_of(model, point, "fresh", 1.0)[:, 0]
    return np.asarray(weights / weights.sum())


def shift_of(model: Model, point: Array) -> Array:
    """Chances from a mood to the next month's, shape (moods, moods)."""
    return shifts(values_of(model, point, "stay", 1.0)[:, 0])


def beliefs(
    model: Model, point: Array, rounds: Rounds, tables: Array, opening: Array | None = None
) -> RegimeBelief:
    """The chances of both moves month by month, with the mood as it is believed to be.

    Args:
        model: of the parameters.
        point: where they are.
        rounds: the months.
        tables: of `tables_of`.
        opening: chances of moods on the first morning, those of a new administration if not given.
    """
    fresh = new_moods(model, point)
    return believed(
        tables,
        rounds.moves,
        shift_of(model, point),
        fresh_months(rounds.months),
        fresh,
        fresh if opening is None else opening,
    )


def log_likelihood(model: Model, point: Array, rounds: Rounds, counted: Array | None = None) -> float:
    """Log of the chance of all recorded moves.

    Args:
        model: the parameters.
        point: where they are.
        rounds: the months.
        counted: weight of each month, shape (months,); all count alike if not given.
    """
    gains = beliefs(model, point, rounds, tables_of(model, point, rounds).tables).gains
    return float(gains.sum() if counted is None else gains @ counted)


def penalty(model: Model, point: Array, rounds: Rounds, counted: Array | None = None) -> float:
    """Minus the log of the chance of all recorded moves and of the prior's density, up to a constant."""
    return float(0.5 * (point**2).sum()) - log_likelihood(model, point, rounds, counted)
