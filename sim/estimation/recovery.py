"""Parameters put in and found again: the fit tried on histories that the model itself made.

The months, and how measures stand in them, are the record's; what both sides do is drawn, month by
month, from the chances of the model at parameters drawn from the prior. What of them the fit finds again
is what it can be believed of.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.estimation.fit import fit
from sim.estimation.likelihood import Model, fresh_months, new_moods, shift_of, tables_of
from sim.estimation.prediction import part
from sim.estimation.replay import Rounds

Array = NDArray[Any]


class Recovery(NamedTuple):
    """Histories in rows, parameters in columns, all in prior widths from the centres.

    Attributes:
        truth: what was put in.
        found: what the fit gave.
        errors: its errors.
    """

    truth: Array
    found: Array
    errors: Array

    @property
    def covered(self) -> float:
        """Share of parameters that lie within two errors of what was found; 0.954 if errors are right."""
        return float((np.abs(self.truth - self.found) <= 2.0 * self.errors).mean())

    @property
    def correlations(self) -> Array:
        """Correlation of what was put in with what was found, parameter by parameter; 0 where it stays."""
        kept = []
        for truth, found in zip(self.truth.T, self.found.T, strict=True):
            flat = truth.std() < 1e-9 or found.std() < 1e-9
            kept.append(0.0 if flat else float(np.corrcoef(truth, found)[0, 1]))
        return np.array(kept)


def simulated(model: Model, point: Array, rounds: Rounds, seed: int) -> Rounds:
    """The rounds with moves drawn from the model.

    Args:
        model: the parameters.
        point: where they are.
        rounds: the months and how measures stand in them.
        seed: of the draws.
    """
    luck = np.random.default_rng(seed).random((len(rounds.months), 2))
    drawn = rounds._replace(moves=np.full_like(rounds.moves, -1))
    fresh = fresh_months(rounds.months)
    chances = new_moods(model, point)
    for at in range(len(rounds.months)):
        if fresh[at]:
            chances = new_moods(model, point)
        mood = _drawn(chances, luck[at, 0])
        table = tables_of(model, point, part(drawn, 0, at + 1)).tables[at, mood]
        drawn.moves[at] = divmod(_drawn(table.ravel(), luck[at, 1]), 3)
        chances = shift_of(model, point)[mood]
    return drawn


def recovery(model: Model, rounds: Rounds, histories: int, seed: int) -> Recovery:
    """Fit histories made at parameters drawn from the prior.

    Args:
        model: the parameters.
        rounds: the months of the histories.
        histories: how many.
        seed: of all draws.
    """
    truth = np.random.default_rng(seed).standard_normal((histories, len(model.parameters)))
    truth = np.clip(truth, -2.0, 2.0)
    found, errors = [], []
    for number, point in enumerate(truth):
        fitted = fit(model, simulated(model, point, rounds, seed + 1 + number), 1, seed)
        found.append(fitted.point)
        errors.append(np.sqrt(np.diag(fitted.covariance)))
    return Recovery(truth, np.array(found), np.array(errors))


def _drawn(chances: Array, luck: float) -> int:
    edges = np.cumsum(chances)
    return min(int(np.searchsorted(edges, luck * edges[-1], side="right")), len(chances) - 1)
