"""Facts 7 and 8: who answers whom, by how much, and with what."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.life import Life
from sim.domain.words import ESCALATE, TARIFF
from sim.evidence.stylised.fact import Fact, Part, Worlds, at_least, at_most, between
from sim.evidence.stylised.spirals import monthly_moves, monthly_steps, tariffs
from sim.scenarios.economy import reach_of

Array = NDArray[np.float64]
ANSWER = 14  # days within which an act is an answer
ROOM = 10.0  # [points] of tariff left to Beijing below which its base is used up
NONE, ITS_TARIFFS, OTHER = range(3)


class Answer(NamedTuple):
    """A tariff step of Washington's and how Beijing answered it."""

    step: float  # [points]
    rise: float  # [points] of Beijing's average tariff within 14 days
    room: float  # [points] by which Beijing's tariffs could still rise
    instrument: int  # of the first escalation within 14 days: NONE, ITS_TARIFFS or OTHER


def answers(life: Life, highest: float) -> list[Answer]:
    """Washington's tariff steps of a point or more, with Beijing's answers.

    Args:
        life: of two governments, Washington the first.
        highest: average tariff that Beijing's measures can add up to [per cent].
    """
    rates = tariffs(life)
    found = []
    for c in life.changes:
        measure, day = life.opening[c.measure], c.day - life.start
        if measure.issuer != 0 or measure.kind != TARIFF or day < 1:
            continue
        step = rates[day, 0] - rates[day - 1, 0]
        if step < 1.0:
            continue
        before = rates[day - 1, 1]
        rise = rates[day : day + ANSWER + 1, 1].max() - before
        acts = [m for m in life.moves if m.government == 1 and m.move == ESCALATE]
        first = next((m for m in acts if 0 <= m.day - c.day <= ANSWER), None)
        instrument = NONE
        if first is not None:
            instrument = ITS_TARIFFS if life.opening[first.measure].kind == TARIFF else OTHER
        found.append(Answer(step, rise, highest - before, instrument))
    return found


def slope(found: Sequence[Answer]) -> float:
    """Least-squares slope through the origin of Beijing's rises on Washington's steps."""
    steps, rises = (np.array([getattr(one, key) for one in found]) for key in ("step", "rise"))
    return float(steps @ rises / (steps @ steps)) if len(found) else float("nan")


def switched(found: Sequence[Answer]) -> tuple[float, float]:
    """Chance that Beijing answers by another instrument, among its answers and among all steps."""
    other = sum(one.instrument == OTHER for one in found)
    answered = sum(one.instrument != NONE for one in found)
    return other / max(answered, 1), other / max(len(found), 1)


def matched_answers(worlds: Worlds) -> Fact:
    """Fact 7: tariffs are matched while there are imports to tax, then other instruments come.

    In the trade war of 2018, when Beijing ran out of American goods to tax.
    """
    played = worlds.play("phase_one")
    highest = 100.0 * reach_of(played.source).highest[1][0]
    found = [one for life in played.lives for one in answers(life, highest)]
    before, after = [one for one in found if one.room > ROOM], [one for one in found if one.room <= ROOM]
    (share, chance), (later_share, later_chance) = switched(before), switched(after)
    return Fact(
        7,
        "Reciprocity until the base is used up, then other instruments",
        [
            between("Beijing's tariff rise on Washington's, slope before", slope(before), 0.8, 1.2),
            at_most("and once it can rise by 10 points at most", slope(after), 0.5),
            Part(
                "other instruments twice as often among its answers then",
                f"{100 * share:.0f} to {100 * later_share:.0f} % (among all steps {100 * chance:.1f} to "
                f"{100 * later_chance:.1f} %)",
                later_share >= 2.0 * share,
            ),
        ],
    )


def weights(lives: Sequence[Life], side: int) -> tuple[float, float]:
    """Regression of a side's monthly move on the partner's of that month and its own of the last.

    Returns:
        The weight of reciprocity and of inertia.
    """
    inputs, wanted = [], []
    for life in lives:
        moves = monthly_moves(life)
        for k in range(1, len(moves)):
            inputs.append((moves[k, 1 - side], moves[k - 1, side], 1.0))
            wanted.append(moves[k, side])
    found, *_ = np.linalg.lstsq(np.array(inputs), np.array(wanted), rcond=None)
    return float(found[0]), float(found[1])


def correlation(steps: Array) -> float:
    """Correlation of two columns."""
    table: Array = np.asarray(np.corrcoef(steps.T))
    return float(table[0, 1])


def synchronised(lives: Sequence[Life]) -> float:
    """Correlation of both sides' monthly tariff steps in a history: the median over those that have it.

    Of the same month or of Beijing a month later, the larger. Histories in which a side never
    changes its tariffs have none.
    """
    found = []
    for life in lives:
        moved = monthly_steps(life)
        lagged = np.column_stack([moved[:-1, 0], moved[1:, 1]])
        if min(moved[:, 0].std(), moved[:, 1].std(), lagged[:, 0].std(), lagged[:, 1].std()) > 0.0:
            found.append(max(correlation(part) for part in (moved, lagged)))
    return float(np.median(found)) if found else float("nan")


def reaction_functions(worlds: Worlds) -> Fact:
    """Fact 8: Beijing answers, Washington goes on."""
    lives = worlds.play("spiral_2025").lives
    us, cn = weights(lives, 0), weights(lives, 1)
    now, then = synchronised(lives), synchronised(worlds.play("phase_one").lives)
    return Fact(
        8,
        "Asymmetric reaction functions",
        [
            Part(
                "both reciprocate, and reciprocity less inertia is larger for Beijing",
                f"{cn[0]:.2f} less {cn[1]:.2f} against {us[0]:.2f} less {us[1]:.2f}",
                min(us[0], cn[0]) > 0.0 and cn[0] - cn[1] > us[0] - us[1],
            ),
            at_least("correlation of the sides' monthly tariff steps in 2025", now, 0.8),
            Part("lower in 2018 and 2019", f"{then:.2f}", then < now),
        ],
    )
