"""Eleven facts of the talks of 2018 to 2025, and how near the simulator comes to each.

Counted by hand in the record: ten deals of one couple, coded by one person. The tolerances were written down
before talks were first run; nothing is tuned to them, and how many hold is printed, not asked for.
"""

from collections.abc import Callable, Sequence
from math import nan
from typing import Any, Final, NamedTuple

import numpy as np

from sim.domain.constants import (
    ACCEPTED,
    BOYCOTT,
    ESCALATE,
    EXTEND,
    IMPOSE,
    IN_FORCE,
    NEVER,
    POSTPONE,
    SUSPEND,
    WITHDRAW,
)
from sim.domain.run_record import ActRecord, OfferRecord, RunRecord
from sim.validation.facts.fact import Fact, FactRuns, between

SCENARIOS: Final = ("busan_eve", "spiral_2025", "phase_one")  # of all, Washington is government 0


class Tolerance(NamedTuple):
    """What the record shows, and the bounds within which runs show it too."""

    name: str
    record: str
    low: float
    high: float
    unit: str
    construction: str = ""  # why it passes by construction, if it does


TOLERANCES: Final = (
    Tolerance("deals come in the last five days before a date", "5 of 8", 0.4, 0.85, "share"),
    Tolerance(
        "last escalation to deal, median",
        "31.5 of 13 to 103",
        15.0,
        60.0,
        "days",
        "`gap_days` must pass after an escalation, unless a date is near",
    ),
    Tolerance("deals that withdraw or postpone what was announced", "7 of 10", 0.5, 0.9, "share"),
    Tolerance("rounds of talks that end with a deal", "8 of 18", 0.25, 0.65, "share"),
    Tolerance("rounds after which one side escalates within 30 days", "8 of 18", 0.25, 0.65, "share"),
    Tolerance("acts in a deal, median", "4 of 2 to 15", 3.0, 8.0, "acts"),
    Tolerance(
        "length of what a deal suspends, median",
        "90 of 90 to 730",
        90.0,
        365.0,
        "days",
        "each measure has its own length",
    ),
    Tolerance("the first to escalate after a deal is Washington", "all of 10", 0.8, 1.0, "share"),
    Tolerance(
        "days from one round to the next, median",
        "41 of 30 to 49",
        30.0,
        49.0,
        "days",
        "`gap_days` is the record's",
    ),
    Tolerance("announced measures that come into force", "13 of 16", 0.6, 0.95, "share"),
    Tolerance(
        "deals in which Beijing buys or licenses and Washington forbears", "8 of 10", 0.6, 1.0, "share"
    ),
)


class TalkHistory(NamedTuple):
    """What is read of the talks of a run."""

    run: RunRecord
    rounds: list[int]  # days of meetings
    deals: list[OfferRecord]
    escalations: list[tuple[int, int]]  # day and government

    def acts_of(self, deal: OfferRecord) -> list[ActRecord]:
        """The acts by which a deal was carried out."""
        return [a for a in self.run.acts if a.day == deal.due_on]


def talks_of(run: RunRecord) -> TalkHistory:
    """The rounds, the deals and the escalations of a run."""
    deals = [o for o in run.offers if o.ending == ACCEPTED]
    escalations = [(m.day, m.government) for m in run.moves if m.move == ESCALATE]
    return TalkHistory(run, sorted({o.day for o in run.offers}), deals, escalations)


def days_left(t: TalkHistory) -> list[float]:
    """Of each deal with a date ahead, whether it came in the last five days before it."""
    return [float(d.deadline - d.day <= 5) for d in t.deals if d.deadline != NEVER]


def waits(t: TalkHistory) -> list[float]:
    """Days from the last escalation to each deal that has one before it."""
    before = [[day for day, _ in t.escalations if day < d.day] for d in t.deals]
    return [float(d.day - days[-1]) for d, days in zip(t.deals, before, strict=True) if days]


def withdrawals(t: TalkHistory) -> list[float]:
    """Whether each deal takes an announcement back or puts it off."""
    return [float(any(a.act in (WITHDRAW, POSTPONE) for a in t.acts_of(d))) for d in t.deals]


def successes(t: TalkHistory) -> list[float]:
    """Whether each round ends with a deal."""
    days = {d.day for d in t.deals}
    return [float(day in days) for day in t.rounds]


def relapses(t: TalkHistory) -> list[float]:
    """Whether an escalation follows each round within 30 days."""
    return [float(any(0 < on - day <= 30 for on, _ in t.escalations)) for day in t.rounds]


def sizes(t: TalkHistory) -> list[float]:
    """Acts of each deal."""
    return [float(d.gives + d.gets) for d in t.deals]


def lengths(t: TalkHistory) -> list[float]:
    """Days for which deals suspend measures, or prolong that."""
    acts = [a for d in t.deals for a in t.acts_of(d) if a.act in (SUSPEND, EXTEND)]
    return [float(t.run.opening[a.measure].suspension_days) for a in acts]


def first_breaches(t: TalkHistory) -> list[float]:
    """Whether Washington is the first to escalate after each deal after which anybody does."""
    after = [[who for day, who in t.escalations if day > d.day] for d in t.deals]
    return [float(who[0] == 0) for who in after if who]


def gaps(t: TalkHistory) -> list[float]:
    """Days from one round to the next."""
    return [float(b - a) for a, b in zip(t.rounds, t.rounds[1:], strict=False)]


def threats(t: TalkHistory) -> list[float]:
    """Whether each measure that is announced comes into force."""
    announced = {k for k, m in enumerate(t.run.opening) if m.enters_on != NEVER}
    announced |= {a.measure for a in t.run.acts if a.act == IMPOSE and t.run.opening[a.measure].lead_days > 0}
    entered = {c.measure for c in t.run.changes if c.status == IN_FORCE}
    return [float(k in entered) for k in sorted(announced)]


def purchases(t: TalkHistory) -> list[float]:
    """Whether in each deal Beijing buys, or licenses minerals, and Washington gives anything."""
    answers = []
    for d in t.deals:
        measures = [(a.government, t.run.opening[a.measure]) for a in t.acts_of(d)]
        supplies = any(who == 1 and (m.kind == BOYCOTT or m.minerals != 0) for who, m in measures)
        answers.append(float(supplies and any(who == 0 for who, _ in measures)))
    return answers


# In the order of TOLERANCES: what is read of a run, and how the readings of all runs become one number.
READINGS: Final[tuple[tuple[Callable[[TalkHistory], list[float]], Callable[..., Any]], ...]] = (
    *((days_left, np.mean), (waits, np.median), (withdrawals, np.mean), (successes, np.mean)),
    *((relapses, np.mean), (sizes, np.median), (lengths, np.median), (first_breaches, np.mean)),
    *((gaps, np.median), (threats, np.mean), (purchases, np.mean)),
)


def talk_facts(fact_runs: FactRuns, scenarios: Sequence[str] = SCENARIOS) -> list[Fact]:
    """The facts of talks, read of scenarios with talks switched on, all runs together."""
    runs = [talks_of(r) for name in scenarios for r in fact_runs.simulate(name, "talks=true").records]
    facts = []
    for k, (tolerance, (reading, summary)) in enumerate(zip(TOLERANCES, READINGS, strict=True)):
        value = float(summary([x for t in runs for x in reading(t)] or nan))
        unit = "" if tolerance.unit == "share" else f" {tolerance.unit}"
        part = between(f"record {tolerance.record};", value, tolerance.low, tolerance.high, unit)
        facts.append(Fact(k + 1, tolerance.name, [part], construction=tolerance.construction))
    return facts
