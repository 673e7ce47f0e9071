"""How Beijing answers a provocation of 2 March 2026, read from runs of `busan`."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sim.domain.constants import ESCALATE, IN_FORCE, MOVE_OF_ACT, REACTIVATE
from sim.domain.run_record import RunRecord
from sim.engines.ensemble import Ensemble

DAY = date(2026, 3, 2).toordinal()
WEEK = 7  # days from then on in which an answer counts
TARIFFS = "US:reactivate=us_reciprocal_24@2026-03-02"
AFFILIATES = "US:reactivate=us_affiliates_50pct@2026-03-02"
BAN, CONTROLS = "cn_ga_ge_sb_ban", "cn_oct9_controls"
KINDS = {
    "tariff": "tariff",
    **dict.fromkeys(("export_ban", "export_control", "licensing"), "control"),
    "entity_list": "listing",
    "port_fee": "port fee",
}


class Answer(NamedTuple):
    """The first decision within a week by which Beijing reactivates something.

    Attributes:
        lag: days to it.
        main: the measure that its package begins with.
        kinds: of all measures that it puts in force, as `KINDS` or the scenario calls them.
    """

    lag: int
    main: str
    kinds: frozenset[str]


def answers(runs: Ensemble) -> list[Answer]:
    """Beijing's first answers within a week, of the runs that have one."""
    found = (first_answer(run, runs.names.measures, kinds_of(runs)) for run in runs.records)
    return [answer for answer in found if answer is not None]


def first_answer(run: RunRecord, names: Sequence[str], kinds: dict[str, str]) -> Answer | None:
    """Beijing's first answer of a run, None if it gives none."""
    for m in run.moves:
        if m.government == 1 and m.act == REACTIVATE and DAY <= m.day <= DAY + WEEK:
            acts = [a for a in run.acts if (a.day, a.government) == (m.day, 1)]
            package = {kinds[names[a.measure]] for a in acts if MOVE_OF_ACT[a.act] == ESCALATE}
            return Answer(m.day - DAY, names[m.measure], frozenset(package))
    return None


def kinds_of(runs: Ensemble) -> dict[str, str]:
    """The kind of every measure: tariff, control, listing, port fee, or as the scenario calls it."""
    return {m.id: KINDS.get(m.kind, m.kind) for m in runs.source.measures}


def back(runs: Ensemble, days: int, *measures: str) -> float:
    """Share of runs in which one of some measures comes into force within so many days [%]."""
    numbers = {runs.names.measures.index(name) for name in measures}
    count = sum(
        any(c.status == IN_FORCE and c.measure in numbers and DAY <= c.day <= DAY + days for c in run.changes)
        for run in runs.records
    )
    return 100.0 * count / len(runs.records)
