"""What a history is measured by: the same functions for the record and for a simulated life."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import ESCALATE
from sim.record.months import last_day
from sim.record.truces import GRAVE
from sim.validation.moments.monthly_acts import Act, History, month_of_day

TOGETHER: Final = 30  # days within which two easings make a truce
NAMES: Final = ("Washington", "Beijing")
DOES: Final = ("escalates", "holds", "relaxes")  # in the order of the moves


class Cases(NamedTuple):
    """A quantity of a history: what it is the mean or the median of.

    Attributes:
        group: the table's heading for it.
        name: in words, with its unit.
        values: one a case; none if the history has no case.
        months: of each case, drawn together in a bootstrap.
        median: whether it is the median, else the mean.
    """

    group: str
    name: str
    values: tuple[float, ...]
    months: tuple[int, ...]
    median: bool = False

    @property
    def value(self) -> float:
        """The mean or median; not a number if there is no case."""
        return _centre(np.asarray(self.values), self.median) if self.values else float("nan")

    def resampled(self, seed: int, draws: int = 2000) -> NDArray[np.float64]:
        """The quantity over resamples of the months that have cases, shape (draws,)."""
        names = sorted(set(self.months))
        by_month = [
            np.array([v for v, m in zip(self.values, self.months, strict=True) if m == n]) for n in names
        ]
        rng = np.random.default_rng(seed)
        sampled = rng.integers(len(names), size=(draws, len(names)))
        return np.array([_centre(np.concatenate([by_month[k] for k in row]), self.median) for row in sampled])


class Pause(NamedTuple):
    """A truce: both sides ease within 30 days, one of them gravely, with no grave escalation between.

    Attributes:
        day: on which the second one eases.
        since: days from the last grave escalation of either side, None if there was none.
        lasted: days to the next one, or to the end of the history.
        broken: whether one came.
    """

    day: int
    since: int | None
    lasted: int
    broken: bool


def quantities(history: History) -> list[Cases]:
    """Every quantity of a history, in the order of the table."""
    return [
        *_shares(history),
        *_reactions(history),
        *_answers(history),
        *_truces(history),
        *_ratchet(history),
    ]


def pauses(acts: tuple[Act, ...], last: int) -> list[Pause]:
    """The truces of a history in order; threats end none.

    Args:
        acts: in order of their days.
        last: last day of the history.
    """
    grave = sorted({a.day for a in acts if a.move == "escalate" and a.severity >= GRAVE})
    eased: dict[int, tuple[int, int]] = {}
    result: list[Pause] = []
    in_truce = False
    for day in sorted({a.day for a in acts}):
        if day in grave:
            eased, in_truce = {}, False
            continue
        for a in acts:
            if a.day == day and a.move in ("relax", "agreement"):
                eased[a.side] = (day, max(a.severity, eased[a.side][1] if _recent(eased, a, day) else 0))
        days = [when for when, _ in eased.values()]
        both = len(eased) == 2 and max(days) - min(days) <= TOGETHER
        if both and not in_truce and max(s for _, s in eased.values()) >= GRAVE:
            before = [g for g in grave if g < day]
            after = [g for g in grave if g > day]
            end = after[0] if after else last
            result.append(Pause(day, day - before[-1] if before else None, end - day, bool(after)))
            in_truce = True
    return result


def _recent(eased: dict[int, tuple[int, int]], act: Act, day: int) -> bool:
    return act.side in eased and day - eased[act.side][0] <= TOGETHER


def _shares(history: History) -> Iterator[Cases]:
    for side, name in enumerate(NAMES):
        for move, word in enumerate(DOES):
            values = tuple(float(c.moves[side] == move) for c in history.coded)
            months = tuple(c.month for c in history.coded)
            yield Cases("share of months", f"{name} {word}", values, months)


def _reactions(history: History) -> Iterator[Cases]:
    for side, name in enumerate(NAMES):
        for partner_move, partner_does in enumerate(DOES):
            rows = [c for c in history.coded if c.moves[1 - side] == partner_move]
            for own_move, word in enumerate(DOES):
                values = tuple(float(c.moves[side] == own_move) for c in rows)
                when = tuple(c.month for c in rows)
                name_of_case = f"{name} {word} when {NAMES[1 - side]} {partner_does}"
                yield Cases("reaction in the same month, chance", name_of_case, values, when)


def _answers(history: History) -> Iterator[Cases]:
    for side, name in enumerate(NAMES):
        own_move = {c.month for c in history.coded if c.moves[side] == ESCALATE}
        rows = [c.month for c in history.coded if c.moves[1 - side] == ESCALATE]
        rows = [month for month in rows if month + 1 in history.months]  # else the answer may be outside
        values = tuple(float(month in own_move or month + 1 in own_move) for month in rows)
        name_of_case = (
            f"{NAMES[1 - side]}'s escalating months that {name} answers in kind by the next month, share"
        )
        yield Cases("answers", name_of_case, values, tuple(rows))
    for side, name in enumerate(NAMES):
        answers = [a for a in history.acts if a.side == side and a.answered is not None]
        days = tuple(float(a.day - a.answered) for a in answers if a.answered is not None)
        months = tuple(month_of_day(a.day) for a in answers)
        yield Cases("answers", f"{name}'s days to an escalation that answers one, median", days, months, True)


def _truces(history: History) -> Iterator[Cases]:
    last = last_day(history.months[-1]).toordinal()
    result = pauses(history.acts, last)
    by_month = [sum(month_of_day(p.day) == month for p in result) for month in history.months]
    a_year = tuple(12.0 * count for count in by_month)
    months = tuple(month_of_day(p.day) for p in result)
    yield Cases("truces", "truces a year", a_year, tuple(history.months))
    since = [(float(p.since), month_of_day(p.day)) for p in result if p.since is not None]
    yield Cases(
        "truces",
        "days from the last grave escalation to a truce, median",
        tuple(days for days, _ in since),
        tuple(month for _, month in since),
        True,
    )
    lasted = tuple(float(p.lasted) for p in result)
    yield Cases("truces", "days that a truce lasts, or is seen to, median", lasted, months, True)
    yield Cases(
        "truces", "truces that a grave escalation ends, share", tuple(float(p.broken) for p in result), months
    )


def _ratchet(history: History) -> Iterator[Cases]:
    for side, name in enumerate(NAMES):
        ends = [end[side] for end in history.tariffs]
        at = int(np.argmax(ends))
        month = history.months[at]
        yield Cases("ratchet", f"{name}'s highest tariff at a month's end, per cent", (ends[at],), (month,))
        rise = ends[at] - ends[0]
        retained = ((ends[-1] - ends[0]) / rise,) if rise > 1.0 else ()
        name_of_case = f"part of the rise of {name}'s tariffs that is left at the end, share"
        yield Cases("ratchet", name_of_case, retained, (month,) if retained else ())


def _centre(values: NDArray[np.float64], median: bool) -> float:
    return float(np.median(values) if median else np.mean(values))
