"""Facts 7 and 8: who answers whom, by how much, and with what."""

from collections.abc import Sequence
from math import nan
from typing import NamedTuple

import numpy as np

from sim.domain.constants import ESCALATE, MOVE_OF_ACT, TARIFF
from sim.domain.run_record import RunRecord
from sim.rules.measures import points_announced
from sim.scenarios.welfare_tables import reach_of
from sim.validation.facts.fact import Fact, FactRuns, Part, at_least, at_most, between
from sim.validation.facts.truce_facts import monthly_moves, monthly_steps, tariffs

ANSWER = 14  # days within which an act is an answer
ROOM = 10.0  # [points] of tariff left to Beijing below which its base is used up


class Answer(NamedTuple):
    """A tariff step that Washington announces and how Beijing answers it within 14 days."""

    step: float  # [points] of the average tariff
    rise: float  # [points] of Beijing's average tariff, announced in answer
    room: float  # [points] by which Beijing's tariffs could still rise before
    other: bool  # whether it also or only takes up another instrument


def answers(run: RunRecord, highest: float) -> list[Answer]:
    """Washington's announced tariff steps of a point or more, with Beijing's answers.

    `highest` is the average tariff that Beijing's measures can add up to [per cent].
    """
    rates = tariffs(run)
    steps = [a for a in run.acts if MOVE_OF_ACT[a.act] == ESCALATE]
    result = []
    for m in (m for m in run.moves if m.move == ESCALATE and m.government == 0):
        step = sum(
            points_announced(run.opening[a.measure], a.act)
            for a in steps
            if a.day == m.day and a.government == 0
        )
        if step < 1.0:
            continue
        replies = [a for a in steps if a.government == 1 and 0 <= a.day - m.day <= ANSWER]
        rise = sum(points_announced(run.opening[a.measure], a.act) for a in replies)
        other = any(run.opening[a.measure].kind != TARIFF for a in replies)
        room = highest - rates[max(0, m.day - run.start - 1), 1]
        result.append(Answer(step, rise, room, other))
    return result


def slope(pairs: Sequence[Answer]) -> float:
    """Least-squares slope through the origin of Beijing's rises on Washington's steps."""
    steps, rises = (np.array([getattr(one, key) for one in pairs]) for key in ("step", "rise"))
    return float(steps @ rises / (steps @ steps)) if len(pairs) else nan


def share_of_others(pairs: Sequence[Answer]) -> float:
    """Chance that Beijing takes up another instrument in answer."""
    return sum(one.other for one in pairs) / max(len(pairs), 1)


def matched_answers(fact_runs: FactRuns) -> Fact:
    """Fact 7: tariffs are matched while there are imports to tax, then other instruments come.

    In the trade war of 2018, when Beijing ran out of American goods to tax.
    """
    many = fact_runs.simulate("phase_one")
    highest = 100.0 * reach_of(many.source).highest[1][0]
    pairs = [one for run in many.records for one in answers(run, highest)]
    before, after = [p for p in pairs if p.room > ROOM], [p for p in pairs if p.room <= ROOM]
    early, late = share_of_others(before), share_of_others(after)
    return Fact(
        7,
        "Reciprocity until the base is used up, then other instruments",
        [
            between("Beijing's tariff rise on Washington's, slope before", slope(before), 0.8, 1.2),
            at_most("and once it can rise by 10 points at most", slope(after), 0.5),
            Part(
                "chance of another instrument at least doubles then",
                f"{100 * early:.1f} to {100 * late:.1f} %",
                bool(late >= 2.0 * early > 0.0),
            ),
        ],
        "Packages hold another instrument from the start. Tried: packages false, with which it trebles, from "
        "3 to 9 %; dearer acts, sharper choice and a dearer stop of purchases, which keep nothing else.",
    )


def weights(records: Sequence[RunRecord], side: int) -> tuple[float, float]:
    """Weights of reciprocity and inertia: regression of a side's monthly moves.

    On the partner's of that month, and on its own of the last.
    """
    moves = [monthly_moves(run) for run in records]
    inputs = [np.column_stack([m[1:, 1 - side], m[:-1, side], np.ones(len(m) - 1)]) for m in moves]
    own = np.concatenate([m[1:, side] for m in moves])
    coefficients, *_ = np.linalg.lstsq(np.concatenate(inputs), own, rcond=None)
    return float(coefficients[0]), float(coefficients[1])


def synchronised(records: Sequence[RunRecord]) -> float:
    """Correlation of both sides' monthly tariff steps in a history: the median over those that have it.

    Of the same month or of Beijing a month later, the larger. Histories in which a side never
    changes its tariffs have none.
    """
    correlations = []
    for run in records:
        steps = monthly_steps(run)
        lagged = np.column_stack([steps[:-1, 0], steps[1:, 1]])
        if min(steps[:, 0].std(), steps[:, 1].std(), lagged[:, 0].std(), lagged[:, 1].std()) > 0.0:
            correlations.append(
                max(float(np.atleast_2d(np.corrcoef(part.T))[0, 1]) for part in (steps, lagged))
            )
    return float(np.median(correlations or nan))


def reaction_functions(fact_runs: FactRuns) -> Fact:
    """Fact 8: Beijing answers, Washington goes on."""
    records = fact_runs.simulate("spiral_2025").records
    us, cn = weights(records, 0), weights(records, 1)
    now, then = synchronised(records), synchronised(fact_runs.simulate("phase_one").records)
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
