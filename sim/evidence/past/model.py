"""The model that is fitted: parameters with priors, and the chance of the recorded moves under them.

A parameter is counted in prior widths from its centre, on a log or logit scale where it cannot
leave a range, so that the prior of all together is a standard normal.
"""

import math
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.evidence.events import SIDES
from sim.evidence.months import first_day
from sim.evidence.past.moods import Believed, believed, shifts
from sim.evidence.past.played import Played, Rounds, played

Array = NDArray[Any]
CHOICES: Final = Path(__file__).with_name("parameters.toml")
SCALES: Final = ("log", "logit", "plain")


class Parameter(NamedTuple):
    """A parameter with its prior.

    Attributes:
        name: of a government's number, `precision`, `stay`, `fresh` or `tremble`.
        side: of SIDES; -1: one for both.
        mood: in which it holds; -1: in all.
        scale: log, logit or plain, on which the prior is normal.
        centre: median of the prior, in its unit.
        width: standard deviation of the prior on its scale.
    """

    name: str
    side: int
    mood: int
    scale: str
    centre: float
    width: float

    def value(self, z: float) -> float:
        """The value at some prior widths from the centre."""
        if self.scale == "log":
            return self.centre * math.exp(self.width * z)
        if self.scale == "logit":
            return 1.0 / (1.0 + math.exp(-(math.log(self.centre / (1.0 - self.centre)) + self.width * z)))
        return self.centre + self.width * z

    @property
    def label(self) -> str:
        """Its name with the side and the mood."""
        side = "" if self.side < 0 else f"{SIDES[self.side]}."
        return f"{side}{self.name}" + ("" if self.mood < 0 else f"[{self.mood}]")


def parameters(document: dict[str, Any]) -> list[Parameter]:
    """The parameters of a table: for each, whether it differs by side and by mood."""
    found = []
    moods = document["moods"]
    for name, table in document["parameters"].items():
        sides = range(len(SIDES)) if table.get("by_side", True) else [-1]
        centres = table["centre"] if isinstance(table["centre"], list) else [table["centre"]]
        for side in sides:
            for mood, centre in enumerate(centres):
                at = mood if len(centres) > 1 else -1
                found.append(Parameter(name, side, at, table["scale"], float(centre), float(table["width"])))
    assert all(p.mood < moods for p in found)
    return found


class Model(NamedTuple):
    """Parameters and how many moods there are."""

    parameters: Sequence[Parameter]
    moods: int


def value_of(model: Model, z: Array, name: str, default: float | None = None) -> Array:
    """The values of a parameter, shape (moods, 2)."""
    found = np.full((model.moods, 2), np.nan if default is None else default)
    for parameter, at in zip(model.parameters, z, strict=True):
        if parameter.name == name:
            moods = slice(None) if parameter.mood < 0 else parameter.mood
            sides = slice(None) if parameter.side < 0 else parameter.side
            found[moods, sides] = parameter.value(at)
    return found


OWN: Final = ("precision", "stay", "fresh", "tremble")  # what is no number of a government


def fresh_months(months: range) -> Array:
    """Whether each month, and the one after the last, is the first full one of an administration.

    Administrations begin on 20 January of every fourth year (20th Amendment), so on 2017's, 2021's ...
    """
    return np.array([m % 12 == 1 and (m // 12) % 4 == 1 for m in range(months[0], months[-1] + 2)])


def tables_of(model: Model, z: Array, rounds: Rounds, keep: bool = False) -> Played:
    """The chances of both moves in every round and mood."""
    differing = {p.name for p in model.parameters if p.mood >= 0} - set(OWN)
    same = {p.name for p in model.parameters if p.mood < 0} - set(OWN)
    numbers = {name: value_of(model, z, name) for name in sorted(differing)}
    fixed = {name: value_of(model, z, name)[0] for name in sorted(same)}
    found = played(rounds, numbers, value_of(model, z, "precision"), fixed, keep)
    tremble = float(value_of(model, z, "tremble", 0.0)[0, 0])
    if tremble:
        tables = found.tables
        a, b = tables.sum(3, keepdims=True), None
        answer = tables / np.maximum(a, 1e-300)
        a = (1 - tremble) * a + tremble / 3
        answer = (1 - tremble) * answer + tremble / 3
        found = found._replace(tables=a * answer)
    return found


def beliefs(model: Model, z: Array, rounds: Rounds, tables: Array | None = None, resets: bool = True) -> Believed:
    """The chances of both moves month by month, with the mood as it is believed to be."""
    if tables is None:
        tables = tables_of(model, z, rounds).tables
    stay = value_of(model, z, "stay", 1.0)[:, 0]
    opening = value_of(model, z, "fresh", 1.0)[:, 0]
    opening = opening / opening.sum()
    months = fresh_months(rounds.months) if resets else np.zeros(len(rounds.months) + 1, bool)
    return believed(tables, rounds.moves, shifts(stay), months, opening)


def penalty(model: Model, z: Array, rounds: Rounds) -> float:
    """Minus the log of the chance of all recorded moves and of the prior, up to a constant."""
    return float(0.5 * (z**2).sum() - beliefs(model, z, rounds).gains.sum())
