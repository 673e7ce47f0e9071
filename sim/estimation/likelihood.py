"""The model that is fitted: parameters with priors, and the probability of the recorded moves under them.

A parameter is counted in prior widths from its centre, on a log, logit or linear scale, so that the prior of
all together is a standard normal. A point is a list of such counts.

The regime of the dispute is a hidden state that changes what acting costs, seen only in what is done. It
stays with a probability from month to month, else one of the others follows; a new administration draws it
anew. What it is believed to be on a morning rests on the months before it alone (the forward algorithm of
hidden Markov models, Baum et al. 1970; as a switching regime, Hamilton 1989).
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.domain.constants import MOVES
from sim.domain.state import PendingDecision
from sim.engines.compiler.world_arrays import kind_of, world_on
from sim.engines.compiler.world_pointer import PointedWorld
from sim.estimation.month_rounds import run_rounds
from sim.estimation.priors import FitConfig
from sim.estimation.replay import LAG, Rounds, machine_code, opening, stacked, state_with
from sim.record.events import SIDES
from sim.statistics.arrays import Array

TINY = 1e-300  # a probability that is taken for this at least, for its logarithm


class RegimeBelief(NamedTuple):
    """What is believed month by month."""

    regimes: Array  # their probabilities on each morning, shape (months, regimes)
    tables: Array  # probabilities of both moves over all regimes, shape (months, 3, 3)
    log_probabilities: Array  # logs of those of what was done, 0 where it is not known, shape (months,)
    last: Array  # probabilities of regimes on the morning after the last month


def filter_regimes(
    tables: Array, moves: Array, transitions: Array, starts: Array, entry: Array, opening: Array
) -> RegimeBelief:
    """Filter the regimes through the months.

    Of each month: `tables` are probabilities of both moves in each regime, shape (months, regimes, 3, 3);
    `moves` what was done, below 0 if not known, shape (months, 2); `starts` whether a new administration's
    first full month begins, shape (months + 1,). `transitions` go from a regime, in rows, to the next
    month's, in columns; `entry` are probabilities of regimes of a new administration, `opening` those of the
    first morning.
    """
    count, regimes = tables.shape[:2]
    now = opening
    believed, mixed, log_probabilities = np.zeros((count, regimes)), np.zeros((count, 3, 3)), np.zeros(count)
    for at in range(count):
        if starts[at]:
            now = entry
        believed[at] = now
        mixed[at] = np.tensordot(now, tables[at], 1)
        one, other = moves[at]
        if one >= 0:
            likely = now * tables[at, :, one, other]
            total = max(float(likely.sum()), TINY)
            log_probabilities[at] = np.log(total)
            now = likely / total if total > TINY else now
        now = now @ transitions
    return RegimeBelief(believed, mixed, log_probabilities, entry if starts[count] else now)


def transition_matrix(persistence: Array) -> Array:
    """Probabilities from regime to regime: each persists with its own, all others are as likely.

    `persistence` has the shape (regimes,).
    """
    regimes = len(persistence)
    if regimes == 1:
        return np.ones((1, 1))
    others = (1.0 - persistence) / (regimes - 1)
    return np.where(np.eye(regimes, dtype=bool), persistence[:, None], others[:, None])


class FittedParameter(NamedTuple):
    """A parameter with its prior."""

    name: str  # of a government's number, of `precision`, or of a number of the regimes
    of: str  # government, strategy or regime
    side: int  # of SIDES; -1: one for both
    regime: int  # in which it holds; -1: in all
    label: str  # its name with side and regime
    scale: str  # log, logit or linear, on which the prior is normal
    centre: float  # median of the prior
    width: float  # standard deviation of the prior on its scale
    unit: str  # of its value

    def value(self, count: float) -> float:
        """The value at a count of prior widths from the centre."""
        if self.scale == "linear":
            return self.centre + self.width * count
        if self.scale == "log":
            return self.centre * math.exp(self.width * count)
        odds = self.centre / (1.0 - self.centre) * math.exp(self.width * count)
        return odds / (1.0 + odds)


class Model(NamedTuple):
    """All parameters, and the names of the regimes."""

    parameters: Sequence[FittedParameter]
    regimes: Sequence[str]


def model_of(config: FitConfig) -> Model:
    """The parameters that were chosen, sides and regimes spelt out."""
    parameters = []
    for name, prior in config.parameters.items():
        for side in range(len(SIDES)) if prior.by_side else (-1,):
            for regime, centre in enumerate(prior.centres):
                where = regime if len(prior.centres) > 1 else -1
                if name == "fresh" and regime == 0:
                    continue  # weights are relative to the first regime's
                label = (f"{SIDES[side]}." if side >= 0 else "") + name
                label += f"[{config.regimes[regime]}]" if where >= 0 else ""
                parameters.append(
                    FittedParameter(
                        name, prior.of, side, where, label, prior.scale, centre, prior.width, prior.unit
                    )
                )
    return Model(parameters, config.regimes)


def values_of(model: Model, point: Array, name: str, default: float = math.nan) -> Array:
    """The values of a parameter at a point, shape (regimes, 2)."""
    values = np.full((len(model.regimes), len(SIDES)), default)
    for parameter, count in zip(model.parameters, point, strict=True):
        if parameter.name == name:
            regimes = slice(None) if parameter.regime < 0 else parameter.regime
            sides = slice(None) if parameter.side < 0 else parameter.side
            values[regimes, sides] = parameter.value(float(count))
    return values


def administration_starts(months: range) -> Array:
    """Whether each month, and the one after the last, is the first full one of an administration.

    One begins at noon on 20 January after every fourth year's election (20th Amendment), so in 2017, 2021 ...
    """
    return np.array([m % 12 == 1 and (m // 12) % 4 == 1 for m in range(months[0], months[-1] + 2)])


def numbers_of(model: Model, point: Array) -> tuple[dict[str, Array], dict[str, Array]]:
    """The governments' numbers: those that regimes change, shape (regimes, 2), and the others, shape (2,)."""
    own = [p for p in model.parameters if p.of == "government"]
    differing = dict.fromkeys(p.name for p in own if p.regime >= 0)
    same = dict.fromkeys(p.name for p in own if p.regime < 0)
    return (
        {name: values_of(model, point, name) for name in differing},
        {name: values_of(model, point, name)[0] for name in same},
    )


def tables_of(
    model: Model, point: Array, rounds: Rounds, store_states: bool = False, start: Array | None = None
) -> tuple[Array, Array]:
    """Probabilities of both moves in every round and regime, and the states before, by the compiled months.

    Probabilities have the shape (rounds, regimes, 3, 3); states, if they are to be stored, a row a round.
    `start` are the bytes of the state before the first round, if that is not the first morning's.
    """
    numbers, fixed = numbers_of(model, point)
    world = opening()
    now = state_with(world, start)
    for name, values in fixed.items():
        now["governments"][name] = values
    regimes, count = len(model.regimes), len(rounds.months)
    content = now.reshape(1).view("u1")
    tables = np.zeros((count, regimes, len(MOVES), len(MOVES)))
    states_before = np.zeros((count if store_states else 0, content.size), dtype=np.uint8)
    machine_code(run_rounds)(
        PointedWorld(world_on(world, now)),
        content,
        np.zeros(4, dtype=kind_of(PendingDecision)),
        rounds.days,
        LAG,
        rounds.moves,
        rounds.levels,
        rounds.renewed,
        *stacked(numbers, regimes),
        np.ascontiguousarray(values_of(model, point, "precision")),
        tables,
        states_before,
    )
    return tables, states_before


def entry_probabilities(model: Model, point: Array) -> Array:
    """Probabilities of the regimes under a new administration, shape (regimes,)."""
    weights = values_of(model, point, "fresh", 1.0)[:, 0]
    return np.asarray(weights / weights.sum())


def regime_transitions(model: Model, point: Array) -> Array:
    """Probabilities from a regime to the next month's, shape (regimes, regimes)."""
    return transition_matrix(values_of(model, point, "stay", 1.0)[:, 0])


def beliefs(
    model: Model, point: Array, rounds: Rounds, tables: Array, opening: Array | None = None
) -> RegimeBelief:
    """The probabilities of both moves month by month, with the regime as it is believed to be.

    `opening` are the probabilities of regimes on the first morning, if not those of a new administration.
    """
    entry = entry_probabilities(model, point)
    return filter_regimes(
        tables,
        rounds.moves,
        regime_transitions(model, point),
        administration_starts(rounds.months),
        entry,
        entry if opening is None else opening,
    )


def log_likelihood(model: Model, point: Array, rounds: Rounds, counted: Array | None = None) -> float:
    """Log of the probability of all recorded moves, months weighted by `counted`, shape (months,)."""
    by_month = beliefs(model, point, rounds, tables_of(model, point, rounds)[0]).log_probabilities
    return float(by_month.sum() if counted is None else by_month @ counted)


def penalty(model: Model, point: Array, rounds: Rounds, counted: Array | None = None) -> float:
    """Minus the log of the probability of all recorded moves and of the prior's density, up to a constant."""
    return float(0.5 * (point**2).sum()) - log_likelihood(model, point, rounds, counted)
