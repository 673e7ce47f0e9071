"""The regime of the dispute: a hidden state that changes what acting costs, seen only in what is done.

A regime stays with a probability from month to month, else one of the others follows; with a new
administration the regime is drawn anew. What the regimes are believed to be on a morning rests on the
months before it alone (the forward algorithm of hidden Markov models, Baum et al. 1970; as a switching
regime, Hamilton 1989).
"""

from typing import NamedTuple

import numpy as np

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

    Args:
        tables: probabilities of both moves in each regime, shape (months, regimes, 3, 3).
        moves: done in each month, below 0 if not known, shape (months, 2).
        transitions: probabilities from a regime, in rows, to the next month's, in columns.
        starts: whether a new administration's first full month begins, shape (months + 1,).
        entry: probabilities of regimes of a new administration.
        opening: probabilities of regimes on the first morning.
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
