"""The mood of the dispute: a hidden state that changes what acting costs, seen only in what is done.

A mood stays with a chance from month to month, else one of the others follows; with a new
administration the mood is drawn anew. What the moods are believed to be on a morning rests on the
months before it alone (the forward algorithm of hidden Markov models, Baum et al. 1970; as a switching
regime, Hamilton 1989).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
TINY = 1e-300  # a chance that is taken for this at least, for its logarithm


class RegimeBelief(NamedTuple):
    """What is believed month by month.

    Attributes:
        moods: their chances on each morning, shape (months, moods).
        tables: chances of both moves over all moods, shape (months, 3, 3).
        gains: log of the chance of what was done, 0 where it is not known, shape (months,).
        last: chances of moods on the morning after the last month.
    """

    moods: Array
    tables: Array
    gains: Array
    last: Array


def believed(
    tables: Array, moves: Array, shift: Array, fresh: Array, renewed: Array, opening: Array
) -> RegimeBelief:
    """Filter the moods through the months.

    Args:
        tables: chances of both moves in each mood, shape (months, moods, 3, 3).
        moves: done in each month, below 0 if not known, shape (months, 2).
        shift: chances from a mood, in rows, to the next month's, in columns.
        fresh: whether a new administration's first full month begins, shape (months + 1,).
        renewed: chances of moods of a new administration.
        opening: chances of moods on the first morning.
    """
    count, moods = tables.shape[:2]
    now = opening
    held, mixed, gains = np.zeros((count, moods)), np.zeros((count, 3, 3)), np.zeros(count)
    for at in range(count):
        if fresh[at]:
            now = renewed
        held[at] = now
        mixed[at] = np.tensordot(now, tables[at], 1)
        one, other = moves[at]
        if one >= 0:
            likely = now * tables[at, :, one, other]
            total = max(float(likely.sum()), TINY)
            gains[at] = np.log(total)
            now = likely / total if total > TINY else now
        now = now @ shift
    return RegimeBelief(held, mixed, gains, renewed if fresh[count] else now)


def shifts(stay: Array) -> Array:
    """Chances from mood to mood: each stays with a chance of its own, all others are as likely.

    Args:
        stay: shape (moods,).
    """
    moods = len(stay)
    if moods == 1:
        return np.ones((1, 1))
    others = (1.0 - stay) / (moods - 1)
    return np.where(np.eye(moods, dtype=bool), stay[:, None], others[:, None])
