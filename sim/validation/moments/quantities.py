"""What a history is measured by: the same functions for the record and for a simulated run."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import ESCALATE, NEVER, RELAX
from sim.outcomes.episodes import Step, Truce, truces
from sim.record.months import last_day
from sim.record.truces import GRAVE
from sim.validation.moments.monthly_acts import Act, History, month_of_day

TOGETHER: Final = 30  # days within which two easings make a truce
NAMES: Final = ("Washington", "Beijing")
DOES: Final = ("escalates", "holds", "relaxes")  # in the order of the moves


class Cases(NamedTuple):
    """A quantity of a history: what it is the mean or the median of."""

    group: str  # the table's heading for it
    name: str  # in words, with its unit
    values: tuple[float, ...]  # one a case; none if the history has no case
    months: tuple[int, ...]  # of each case, drawn together in a bootstrap
    median: bool = False  # whether it is the median, else the mean

    @property
    def value(self) -> float:
        """The mean or median; not a number if there is no case."""
        return _centre(np.asarray(self.values), self.median) if self.values else float("nan")

    def resampled(self, seed: int, draws: int = 2000) -> NDArray[np.float64]:
        """The quantity over resamples of the months that have cases, shape (draws,)."""
        values, months = np.array(self.values), np.array(self.months)
        by_month = [values[months == month] for month in np.unique(months)]
        rng = np.random.default_rng(seed)
        sampled = rng.integers(len(by_month), size=(draws, len(by_month)))
        return np.array([_centre(np.concatenate([by_month[k] for k in row]), self.median) for row in sampled])


def quantities(history: History) -> list[Cases]:
    """Every quantity of a history, in the order of the table."""
    parts = _shares, _reactions, _answers, _truces, _ratchet
    return [cases for part in parts for cases in part(history)]


def truces_of(acts: Sequence[Act]) -> list[Truce]:
    """The truces of a history in order: two sides ease within 30 days, one of them gravely.

    Grave escalations end them; threats and lesser ones do not.
    """
    steps = [
        Step(a.day, a.side, ESCALATE if a.move == "escalate" else RELAX, a.severity)
        for a in acts
        if a.move in ("relax", "agreement") or (a.move == "escalate" and a.severity >= GRAVE)
    ]
    return truces(steps, TOGETHER, GRAVE)


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
    last = last_day(history.months[-1]).toordinal()
    dated = [(t, month_of_day(t.day)) for t in truces_of(history.acts)]
    months = [month for _, month in dated]
    yield _cases("truces", "truces a year", ((12.0 * months.count(month), month) for month in history.months))
    since = ((float(t.day - t.since), month) for t, month in dated if t.since != NEVER)
    yield _cases("truces", "days from the last grave escalation to a truce, median", since, True)
    lasted = ((float((last if t.until == NEVER else t.until) - t.day), month) for t, month in dated)
    yield _cases("truces", "days that a truce lasts, or is seen to, median", lasted, True)
    broken = ((float(t.until != NEVER), month) for t, month in dated)
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
