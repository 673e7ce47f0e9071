"""Facts 1 and 2: what the law of suspensions and snapback ask for."""

from math import inf

import numpy as np

from sim.domain.constants import BY_SUNSET, FORCED, IN_FORCE, REACTIVATE, SUSPENDED
from sim.domain.run_record import RunRecord
from sim.validation.facts.fact import Fact, FactRuns, Part, at_least, at_most

PROVOKED = "US:escalate@2026-03-02"
NEW = "lead_days=30"  # days from announcing to applying the controls of 9 October 2025


def suspension_ends(run: RunRecord) -> tuple[list[int | None], list[int]]:
    """Last day of the suspension that each change ends, None if it ends none; and of those never ended."""
    until = {k: m.until for k, m in enumerate(run.opening) if m.status == SUSPENDED}
    before = []
    for c in run.changes:
        before.append(until.pop(c.measure, None))
        if c.status == SUSPENDED:
            until[c.measure] = c.until
    return before, list(until.values())


def sunset_counts(run: RunRecord) -> tuple[int, int]:
    """Suspensions that ended unrenewed, and how many of them were in force on the next day."""
    before, running = suspension_ends(run)
    ended = [(c, until) for c, until in zip(run.changes, before, strict=True) if c.cause == BY_SUNSET]
    exact = sum(c.status == IN_FORCE and until is not None and c.day == until + 1 for c, until in ended)
    return len(ended) + sum(day < run.end for day in running), exact


def renewal_days(run: RunRecord) -> list[int]:
    """Days before its end at which each suspension was extended."""
    return [
        until - c.day
        for c, until in zip(run.changes, suspension_ends(run)[0], strict=True)
        if c.status == SUSPENDED and until is not None and c.until > until >= c.day
    ]


def suspension_with_sunset(fact_runs: FactRuns) -> Fact:
    """Fact 1: a suspension's default at its sunset is reactivation."""
    records = [run for name in ("busan", "spiral_2025") for run in fact_runs.simulate(name).records]
    ended, exact = np.sum([sunset_counts(run) for run in records], axis=0)
    changed = sum(
        bool(run.opening[c.measure].stays) and c.status != IN_FORCE for run in records for c in run.changes
    )
    days = [day for run in records for day in renewal_days(run)]
    early = float(np.mean([1 <= day <= 60 for day in days])) if days else 0.0
    return Fact(
        1,
        "Suspension with sunset, reactivation by default",
        [
            Part(
                "all unrenewed suspensions are in force the day after",
                f"{exact} of {ended}",
                bool(exact == ended),
            ),
            Part("clauses that stay are never suspended or lifted", f"{changed} were", changed == 0),
            at_least("renewals 1 to 60 days before the end", 100 * early, 80, " %"),
        ],
        construction="The rules end a suspension on its date, keep the clauses that stay, and let a "
        "government decide on renewal when notice_days says.",
    )


def days_to_force(run: RunRecord, day: int) -> int:
    """Days from a day until a measure of Beijing's comes into force; 60 if none does before."""
    days = [
        c.day - day
        for c in run.changes
        if run.opening[c.measure].issuer == 1 and c.status == IN_FORCE and day < c.day < day + 60
    ]
    return min(days, default=60)


def immediate_snapback(fact_runs: FactRuns) -> Fact:
    """Fact 2: Beijing reactivates at once when Washington re-escalates."""
    busan = fact_runs.simulate("busan", force=PROVOKED, until="2026-04-30")
    day = next(m.day for m in busan.records[0].moves if m.reason == FORCED)
    lags: list[int] = []
    for run in busan.records:
        back = [m.day - day for m in run.acts if m.government == 1 and m.act == REACTIVATE and m.day >= day]
        lags += [lag for lag in back[:1] if lag <= 30]
    suspended = [m.id for m in busan.source.measures if m.issuer == "CN" and m.status == "suspended"]
    unimposed = [change for name in suspended for change in (f"{name}.status=available", f"{name}.{NEW}")]
    slower = fact_runs.simulate("busan", *unimposed, force=PROVOKED, until="2026-04-30")
    slow, fast = (np.median([days_to_force(run, day) for run in many.records]) for many in (slower, busan))
    lag = float(np.median(lags or inf))
    return Fact(
        2,
        "Immediate snapback on re-escalation",
        [
            at_least("reactivates within a month", 100 * len(lags) / len(busan.records), 90, " %"),
            at_most("median lag", lag, 2, " days"),
            Part(
                "slower if all that is suspended were made anew: median days to one in force",
                f"{fast:.0f} against {slow:.0f}",
                bool(slow > fast),
            ),
        ],
        construction="What a broken threat costs was set so that most provocations are answered, and the "
        "days that Beijing takes to answer are those of the record.",
    )
