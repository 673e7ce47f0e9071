"""From a checked scenario to the world's records on its first morning."""

from datetime import date
from typing import NamedTuple

from sim.domain.constants import BALLOT, CHANGE, HOLD, KINDS, MEETING, NEVER, OPENING, REMOVAL, STATUSES
from sim.domain.state import EventState, GovernmentState, MeasureState, PairState, StockState, World
from sim.rules.luck import code
from sim.scenarios.games import game_states
from sim.scenarios.numbers import ANSWERS, GOVERNMENT, MINERAL
from sim.scenarios.rectangular import rectangular
from sim.scenarios.schema import (
    CourtEvent,
    ElectionEvent,
    EventEntry,
    GovernmentEntry,
    MeasureEntry,
    Scenario,
)
from sim.scenarios.welfare_tables import GRID, tables_of

WHOLE = {"review_days", "review_offset", "reaction_days", "notice_days", "memory_days"}


class Names(NamedTuple):
    """What the positions in a world's lists stand for."""

    governments: list[str]
    measures: list[str]
    minerals: list[str]
    bases: list[str]


def names_of(s: Scenario) -> Names:
    """The names behind the positions of a scenario's world."""
    minerals = sorted({k for g in s.governments.values() for k in g.minerals})
    bases = sorted({m.basis for m in s.measures})
    return Names(list(s.governments), [m.id for m in s.measures], minerals, bases)


def world_of(s: Scenario) -> World:
    """The records of a scenario on its first morning."""
    names = names_of(s)
    n = len(names.governments)
    tables = tables_of(s)
    game, plays = game_states(s)
    world = World(
        measures=[_measure(m, names, s.start) for m in s.measures],
        governments=[_government(k, g, s.start) for k, g in s.governments.items()],
        pairs=[_pair(s, i, j) for i in names.governments for j in names.governments],
        answers=[_answers(g) for g in s.governments.values() for _ in range(n)],
        stocks=[_stock(g, mineral, names) for g in s.governments.values() for mineral in names.minerals],
        welfare=tables.welfare,
        welfare_late=tables.welfare_late,
        sales=tables.sales,
        sales_late=tables.sales_late,
        grid=GRID,
        inertia=s.economy.numbers["inertia"].value if s.economy.numbers else 0.0,
        minerals=len(names.minerals),
        events=[*_ballots(s), *(piece for event in s.events for piece in _pieces(event, s, names))],
        game=game,
        plays=plays,
    )
    return rectangular(world)


def _day(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()


def _measure(m: MeasureEntry, names: Names, start: date) -> MeasureState:
    mask = 0
    for mineral in m.minerals:
        mask |= 1 << names.minerals.index(mineral)
    opens = NEVER if m.opened_by else (m.opens or start).toordinal()
    return MeasureState(
        issuer=names.governments.index(m.issuer),
        target=names.governments.index(m.target),
        kind=KINDS.index(m.kind),
        basis=names.bases.index(m.basis),
        status=STATUSES.index(m.status),
        level=m.number("level"),
        until=_day(m.until),
        enters_on=NEVER,
        opens_on=opens,
        stays=int(m.stays),
        coverage=m.number("coverage"),
        step=m.number("step"),
        floor=m.number("floor"),
        ceiling=m.number("ceiling"),
        harm=m.number("harm"),
        cost=m.number("cost"),
        minerals=mask,
        suspension_days=m.suspension_days,
        lead_days=m.lead_days,
    )


def _pieces(event: EventEntry, s: Scenario, names: Names) -> list[EventState]:
    """An event as what it does, one thing after the other."""
    day = event.date.toordinal()
    if isinstance(event, CourtEvent):
        opened = [k for k, m in enumerate(s.measures) if m.opened_by == event.id]
        gone = EventState(day, REMOVAL, names.bases.index(event.removes), -1, 0.0)
        return [gone, *(EventState(day, OPENING, k, -1, float(day + event.lag_days)) for k in opened)]
    if isinstance(event, ElectionEvent):
        place, number = names.governments.index(event.government), list(GOVERNMENT).index(event.number)
        return [EventState(day, CHANGE, place, number, event.change.value)]
    places = [names.governments.index(code) for code in event.governments]
    wanted = float(event.spiral_days or 0)
    return [EventState(day, MEETING, i, j, wanted) for i in places for j in places]


def _next_election(g: GovernmentEntry, day: int) -> int:
    return next((e.toordinal() for e in g.elections if e.toordinal() >= day), NEVER)


def _ballots(s: Scenario) -> list[EventState]:
    """On the day after an election the next one is the one to come."""
    found = []
    for place, g in enumerate(s.governments.values()):
        days = [e.toordinal() + 1 for e in g.elections if s.start <= e < s.end]
        found += [EventState(day, BALLOT, place, -1, float(_next_election(g, day))) for day in days]
    return found


def _government(name: str, g: GovernmentEntry, start: date) -> GovernmentState:
    values = {key: g.numbers[key].value for key in GOVERNMENT}
    return GovernmentState(
        **{k: int(v) if k in WHOLE else v for k, v in values.items()},  # type: ignore[arg-type]
        code=code(name),
        election_on=_next_election(g, start.toordinal()),
    )


def _pair(s: Scenario, importer: str, exporter: str) -> PairState:
    flows = [t for t in s.trade if (t.importer, t.exporter) == (importer, exporter)]
    return PairState(
        base_tariff=flows[0].number("base_tariff") if flows else 0.0,
        adjusted=flows[0].number("adjusted_tariff") if flows else 0.0,
        react_on=NEVER,
        summit_on=NEVER,
        my_last_move=HOLD,
        unseen_move=HOLD,
        threat_due=0,
        owed=0.0,
        favour=0,
        provoked_on=NEVER,
        escalations=0,
        relaxations=0,
        last_escalation_on=NEVER,
        renewed=0.0,
        lapsed=0.0,
    )


def _answers(g: GovernmentEntry) -> list[float]:
    counts: list[float] = []
    for key in ANSWERS:
        a = g.answers[key]
        counts += [a.escalate * a.weight, a.hold * a.weight, a.relax * a.weight]
    return counts


def _stock(g: GovernmentEntry, mineral: str, names: Names) -> StockState:
    needed = g.minerals.get(mineral)
    if needed is None or needed.supplier not in names.governments:
        nothing = dict.fromkeys(MINERAL, 0.0)
        return StockState(
            supplier=-1, **{**nothing, "refill_months": 1.0, "price_elasticity": 1.0, "stock": 1e6}
        )
    values = {key: needed.numbers[key].value for key in MINERAL}
    return StockState(supplier=names.governments.index(needed.supplier), **values)
