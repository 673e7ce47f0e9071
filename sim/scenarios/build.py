"""From a checked scenario to the world's records on its first morning."""

from datetime import date
from functools import partial
from typing import NamedTuple

from sim.domain.state import EventState, GovernmentState, MeasureState, PairState, StockState, World
from sim.domain.words import CHANGE, HOLD, KINDS, MEETING, NEVER, OPENING, REMOVAL, STATUSES
from sim.payoffs.table import tabulate
from sim.payoffs.trade import exporter_welfare, importer_welfare
from sim.rules.luck import code
from sim.scenarios.game import game_states
from sim.scenarios.numbers import ANSWERS, GOVERNMENT, MINERAL
from sim.scenarios.schema import (
    CourtEvent,
    ElectionEvent,
    EventEntry,
    GovernmentEntry,
    MeasureEntry,
    Scenario,
)

GRID = 0.02  # [share] between the tariffs at which welfare is tabulated
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
    pairs = [_pair(s, i, j) for i in names.governments for j in names.governments]
    game, plays = game_states(s)
    return World(
        measures=[_measure(m, names, s.start) for m in s.measures],
        governments=[_government(k, g) for k, g in s.governments.items()],
        pairs=pairs,
        answers=[_answers(g) for g in s.governments.values() for _ in range(n)],
        stocks=[_stock(g, mineral, names) for g in s.governments.values() for mineral in names.minerals],
        welfare=_welfare(s, pairs, names),
        grid=GRID,
        minerals=len(names.minerals),
        events=[piece for event in s.events for piece in _pieces(event, s, names)],
        game=game,
        plays=plays,
    )


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
    return [EventState(day, MEETING, i, j, 0.0) for i in places for j in places]


def _government(name: str, g: GovernmentEntry) -> GovernmentState:
    values = {key: g.numbers[key].value for key in GOVERNMENT}
    return GovernmentState(
        **{k: int(v) if k in WHOLE else v for k, v in values.items()},  # type: ignore[arg-type]
        code=code(name),
    )


def _pair(s: Scenario, importer: str, exporter: str) -> PairState:
    flows = [t for t in s.trade if (t.importer, t.exporter) == (importer, exporter)]
    numbers = flows[0].numbers if flows else {}
    value = {k: numbers[k].value for k in numbers}
    return PairState(
        imports=value.get("imports", 0.0) / 12.0,
        base_tariff=value.get("base_tariff", 0.0),
        semi_elasticity=value.get("semi_elasticity", 1.0),
        pass_through=value.get("pass_through", 1.0),
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
        return StockState(supplier=-1, **{**nothing, "refill_months": 1.0, "stock": 1e6})
    values = {key: needed.numbers[key].value for key in MINERAL}
    return StockState(supplier=names.governments.index(needed.supplier), **values)


def highest_tariff(s: Scenario, importer: str, exporter: str) -> float:
    """The largest average tariff that a scenario's measures can reach [share]."""
    rate = next(
        t.numbers["base_tariff"].value for t in s.trade if (t.importer, t.exporter) == (importer, exporter)
    )
    for m in s.measures:
        if m.kind == "tariff" and (m.issuer, m.target) == (importer, exporter):
            rate += max(m.number("level"), m.number("ceiling")) * m.number("coverage")
    return rate


def _welfare(s: Scenario, pairs: list[PairState], names: Names) -> list[list[list[float]]]:
    tables: list[list[list[float]]] = []
    n = len(names.governments)
    for i, mine in enumerate(names.governments):
        for j, partner in enumerate(names.governments):
            if i == j or s.game is not None:
                tables.append([[0.0, 0.0], [0.0, 0.0]])
                continue
            own, theirs = highest_tariff(s, mine, partner), highest_tariff(s, partner, mine)
            welfare = partial(linear_welfare, pairs[i * n + j], pairs[j * n + i])
            own = min(own, 1.0 / pairs[i * n + j].semi_elasticity)  # nothing changes beyond
            theirs = min(theirs, 1.0 / pairs[j * n + i].semi_elasticity)
            tables.append(tabulate(welfare, own, theirs, GRID))
    return tables


def linear_welfare(buys: PairState, sells: PairState, own: float, theirs: float) -> float:
    """Welfare of a government from a pair's two tariffs in the linear game [bn USD/month]."""
    bought = importer_welfare(own, buys.imports, buys.semi_elasticity, buys.pass_through)
    sold = exporter_welfare(theirs, sells.imports, sells.semi_elasticity, sells.pass_through)
    return bought + sold
