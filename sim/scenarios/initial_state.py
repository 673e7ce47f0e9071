"""From a checked scenario to the world's records on its first morning."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sim.domain.constants import BALLOT, KINDS, NEVER, STATUSES
from sim.domain.parameters import ANSWERS, GOVERNMENT, MEASURE, MINERAL, TALKS
from sim.domain.state import (
    ActRow,
    EventState,
    GovernmentState,
    MeasureState,
    Names,
    PairState,
    StockState,
    TalkState,
    TariffEffect,
    World,
)
from sim.domain.terms import TERMS
from sim.rules.luck import code
from sim.rules.measures import effective_level
from sim.scenarios.games import game_states
from sim.scenarios.numbers import values_of
from sim.scenarios.schema import GovernmentEntry, MeasureEntry, Scenario
from sim.scenarios.welfare_tables import GRID, table_lists


def names_of(s: Scenario) -> Names:
    """The names behind the positions of a scenario's world."""
    minerals = sorted({k for g in s.governments.values() for k in g.minerals})
    bases = sorted({m.basis for m in s.measures})
    return Names(list(s.governments), [m.id for m in s.measures], minerals, bases)


def world_of(s: Scenario, memory: int = 0, tables: Mapping[str, Any] | None = None) -> World:
    """The records of a scenario on its first morning.

    Args:
        s: the scenario.
        memory: so many numbers about each partner.
        tables: those of `table_lists`, if they have been made.
    """
    names = names_of(s)
    n = len(names.governments)
    openings = {e.id: [k for k, m in enumerate(s.measures) if m.opened_by == e.id] for e in s.events}
    game, plays = game_states(s)
    return World(
        measures=[measure_state(m, names, s) for m in s.measures],
        governments=[_government(k, g, s.start) for k, g in s.governments.items()],
        pairs=[_pair(s, i, j) for i in names.governments for j in names.governments],
        answers=[_answers(g) for g in s.governments.values() for _ in range(n)],
        stocks=[_stock(g, mineral, names) for g in s.governments.values() for mineral in names.minerals],
        **(tables or table_lists(s)),
        grid=GRID,
        inertia=s.economy.numbers["inertia"].value if s.economy.numbers else 0.0,
        minerals=len(names.minerals),
        events=[*_ballots(s), *(state for e in s.events for state in e.states(names, openings[e.id]))],
        accounts=[[0.0] * len(TERMS) for _ in range(n)],
        cached_flows=[[0.0] * len(TERMS) for _ in range(n)],
        packages=int(s.packages),
        acts=[ActRow() for _ in range(_most_acts(s))],
        tariff_effects=[TariffEffect() for _ in range(4 * len(s.measures))],
        game=game,
        plays=plays,
        talks=[TalkState(**values_of(s.talks.numbers, TALKS))] if s.talks else [],
        memories=[[0.0] * memory for _ in range(n * n)],
    )


def _day(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()


def _most_acts(s: Scenario) -> int:
    """Rows that a table of acts may have: four acts on each measure of one government against another."""
    pairs = [(m.issuer, m.target) for m in s.measures]
    return 4 * max((pairs.count(pair) for pair in pairs), default=0)


def measure_state(m: MeasureEntry, names: Names, s: Scenario) -> MeasureState:
    """The record of a measure on the first morning."""
    mask = 0
    for mineral in m.minerals:
        mask |= 1 << names.minerals.index(mineral)
    opens = NEVER if m.opened_by else (m.opens or s.start).toordinal()
    state = MeasureState(
        issuer=names.governments.index(m.issuer),
        target=names.governments.index(m.target),
        kind=KINDS.index(m.kind),
        basis=names.bases.index(m.basis),
        status=STATUSES.index(m.status),
        until=_day(m.until),
        enters_on=_day(m.enters),
        opens_on=opens,
        stays=int(m.stays),
        **{key: m.number(key) for key in MEASURE},  # type: ignore[arg-type]
        minerals=mask,
        suspension_days=m.suspension_days,
        lead_days=m.lead_days,
        clause=int(any(m.id in d.members for d in s.deals)),
    )
    state.agreed_level = effective_level(state)
    return state


def _next_election(g: GovernmentEntry, day: int) -> int:
    return next((e.toordinal() for e in g.elections if e.toordinal() >= day), NEVER)


def _ballots(s: Scenario) -> list[EventState]:
    """On the day after an election the next one is the one to come."""
    ballots = []
    for place, g in enumerate(s.governments.values()):
        days = [e.toordinal() + 1 for e in g.elections if s.start <= e < s.end]
        ballots += [EventState(day, BALLOT, place, -1, float(_next_election(g, day))) for day in days]
    return ballots


def _government(name: str, g: GovernmentEntry, start: date) -> GovernmentState:
    return GovernmentState(
        **values_of(g.numbers, GOVERNMENT), code=code(name), election_on=_next_election(g, start.toordinal())
    )


def _pair(s: Scenario, importer: str, exporter: str) -> PairState:
    pair = PairState(base_tariff=0.0, adjusted=0.0)
    for t in s.trade:
        if (t.importer, t.exporter) == (importer, exporter):
            pair = PairState(t.number("base_tariff"), t.number("adjusted_tariff"))
    for d in s.deals:
        if set(d.stakes) == {importer, exporter}:
            pair.deal_since = d.since.toordinal()
            pair.tolerance = d.numbers["tolerance"].value
            pair.stake = d.stakes[importer].value
    if s.talks:
        pair.met_on = s.start.toordinal()
        pair.tough_chance = s.talks.numbers["tough_chance"].value
    return pair


def _answers(g: GovernmentEntry) -> list[float]:
    answers = [g.answers[key] for key in ANSWERS]
    return [share * a.weight for a in answers for share in (a.escalate, a.hold, a.relax)]


def _stock(g: GovernmentEntry, mineral: str, names: Names) -> StockState:
    needed = g.minerals.get(mineral)
    if needed is None or needed.supplier not in names.governments:
        numbers = dict.fromkeys(MINERAL, 0.0) | {"refill_months": 1.0, "price_elasticity": 1.0, "stock": 1e6}
        return StockState(supplier=-1, **numbers)
    supplier = names.governments.index(needed.supplier)
    return StockState(supplier=supplier, **values_of(needed.numbers, MINERAL))
