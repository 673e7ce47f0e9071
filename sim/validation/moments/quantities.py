"""What a history is measured by: the same functions for the record and for a simulated life."""

from collections.abc import Iterable, Iterator
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


def _cases(group: str, name: str, cases: Iterable[tuple[float, int]], median: bool = False) -> Cases:
    """A quantity of cases given by their values and months."""
    values, months = tuple(zip(*cases, strict=True)) or ((), ())
    return Cases(group, name, values, months, median)


def _shares(history: History) -> Iterator[Cases]:
    for side, name in enumerate(NAMES):
        for move, does in enumerate(DOES):
            cases = ((float(c.moves[side] == move), c.month) for c in history.coded)
            yield _cases("share of months", f"{name} {does}", cases)


def _reactions(history: History) -> Iterator[Cases]:
    for side, name in enumerate(NAMES):
        for partner_move, partner_does in enumerate(DOES):
            rows = [c for c in history.coded if c.moves[1 - side] == partner_move]
            for move, does in enumerate(DOES):
                cases = ((float(c.moves[side] == move), c.month) for c in rows)
                what = f"{name} {does} when {NAMES[1 - side]} {partner_does}"
                yield _cases("reaction in the same month, chance", what, cases)


def _answers(history: History) -> Iterator[Cases]:
    for side, name in enumerate(NAMES):
        own, partner = ({c.month for c in history.coded if c.moves[k] == ESCALATE} for k in (side, 1 - side))
        provoked = sorted(month for month in partner if month + 1 in history.months)  # else it may be outside
        cases = ((float(month in own or month + 1 in own), month) for month in provoked)
        what = f"{NAMES[1 - side]}'s escalating months that {name} answers in kind by the next month, share"
        yield _cases("answers", what, cases)
    for side, name in enumerate(NAMES):
        days = (
            (float(a.day - a.answered), month_of_day(a.day))
            for a in history.acts
            if a.side == side and a.answered is not None
        )
        yield _cases("answers", f"{name}'s days to an escalation that answers one, median", days, True)


def _truces(history: History) -> Iterator[Cases]:
    truces = pauses(history.acts, last_day(history.months[-1]).toordinal())
    months = [month_of_day(truce.day) for truce in truces]
    yield _cases("truces", "truces a year", ((12.0 * months.count(month), month) for month in history.months))
    dated = list(zip(truces, months, strict=True))
    since = ((float(t.since), month) for t, month in dated if t.since is not None)
    yield _cases("truces", "days from the last grave escalation to a truce, median", since, True)
    lasted = ((float(t.lasted), month) for t, month in dated)
    yield _cases("truces", "days that a truce lasts, or is seen to, median", lasted, True)
    broken = ((float(t.broken), month) for t, month in dated)
    yield _cases("truces", "truces that a grave escalation ends, share", broken)


def _ratchet(history: History) -> Iterator[Cases]:
    for side, name in enumerate(NAMES):
        ends = [end[side] for end in history.tariffs]
        at = int(np.argmax(ends))
        month = history.months[at]
        yield Cases("ratchet", f"{name}'s highest tariff at a month's end, per cent", (ends[at],), (month,))
        rise = ends[at] - ends[0]
        retained = [((ends[-1] - ends[0]) / rise, month)] if rise > 1.0 else []
        yield _cases(
            "ratchet", f"part of the rise of {name}'s tariffs that is left at the end, share", retained
        )


def _centre(values: NDArray[np.float64], median: bool) -> float:
    return float(np.median(values) if median else np.mean(values))
