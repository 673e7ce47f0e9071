"""What the tables of a scenario must say of each other."""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from sim.domain.constants import NO_ACT
from sim.domain.errors import StrategyError
from sim.domain.parameters import GOVERNMENT, TRADE, TRADE_OF
from sim.negotiators.negotiator_register import parse as parse_negotiator
from sim.payoffs.trade_data import regions
from sim.protocols.protocol_register import parse as parse_protocol
from sim.rules.talks.agenda import MOST_CLAUSES, conceding_act
from sim.scenarios.event_kinds import ElectionEvent, check_government
from sim.scenarios.games import check_game
from sim.scenarios.initial_state import measure_state, names_of
from sim.scenarios.messages import did_you_mean, place_of, quoted, shortened
from sim.scenarios.numbers import DEFAULT, caught, fill_defaults, key_faults
from sim.scenarios.schema import Scenario
from sim.strategies import parse

MOST_MINERALS = 62  # bits of a mask that stays a whole number in 64 bits


def cross_check(s: Scenario) -> Iterator[str]:
    """What does not fit together in the scenario's tables, a sentence each."""
    if s.end < s.start:
        yield f"end: expected a day on or after start ({s.start}), got {s.end}"
        return
    if (s.end - s.start).days > 36600:
        yield f"end: expected at most 36600 days after start ({s.start}), got {s.end}"
    yield from _governments(s)
    if s.game is not None:
        yield from caught(check_game, s, s.game)
        return
    for key in ("measures", "deals", "events"):
        yield from _unique(key, [entry.id for entry in getattr(s, key)])
    yield from _agreements(s)
    yield from _measures(s)
    yield from _deals(s)
    yield from _events(s)
    yield from _trade(s)
    yield from _economy(s)
    if s.talks is not None:
        yield from _talks(s, s.talks.protocol)


def _talks(s: Scenario, protocol: str) -> Iterator[str]:
    yield from _player("talks.protocol", parse_protocol, protocol)
    names, day = names_of(s), s.start.toordinal()
    for couple in combinations(s.governments, 2):
        between = [
            m
            for m in s.measures
            if {m.issuer, m.target} == set(couple) and {*m.minerals} <= {*names.minerals}
        ]
        clauses = [m.id for m in between if conceding_act(measure_state(m, names, s), day) != NO_ACT]
        if len(clauses) > MOST_CLAUSES:
            yield (
                f"talks: expected at most {MOST_CLAUSES} measures that {' and '.join(couple)} may concede on "
                f"the first day, got {len(clauses)}; leave some out, such as by {clauses[-1]}.stays = true"
            )


def _governments(s: Scenario) -> Iterator[str]:
    minerals = {name for government in s.governments.values() for name in government.minerals}
    if len(minerals) > MOST_MINERALS:
        yield f"governments: expected at most {MOST_MINERALS} minerals, got {len(minerals)}"
    for code, government in s.governments.items():
        yield from _player(f"governments.{code}.strategy", parse, government.strategy)
        yield from _player(f"governments.{code}.negotiator", parse_negotiator, government.negotiator)
        for name, mineral in government.minerals.items():
            if mineral.supplier == code:
                yield f"governments.{code}.minerals.{name}.supplier: expected another government"


def _player(where: str, parse_player: Callable[[str], Any], text: str) -> Iterator[str]:
    if ".py" not in text:  # a file is not run before a world is
        try:
            parse_player(text)
        except StrategyError as error:
            yield f"{where}: {shortened(str(error), 250)}"


def _unique(where: str, ids: list[str]) -> Iterator[str]:
    for name in dict.fromkeys(ids):
        if ids.count(name) > 1:
            yield f"{where}[{name}].id: expected to be the only one of this name"


def _measures(s: Scenario) -> Iterator[str]:
    events = {e.id: e.kind for e in s.events}
    for m in s.measures:
        where = f"measures[{m.id}]"
        yield from caught(check_government, f"{where}.issuer", m.issuer, [*s.governments])
        yield from caught(check_government, f"{where}.target", m.target, [*s.governments])
        for key, day in (("until", m.until), ("enters", m.enters)):
            if day is not None and day < s.start:
                yield f"{where}.{key}: expected a day on or after the start ({s.start}), got {day}"
        if m.since is not None and m.since > s.start and m.status != "available":
            yield f"{where}.since: expected a day on or before the start ({s.start}), got {m.since}"
        if m.opened_by is not None and m.opened_by not in events:
            yield f"{where}.opened_by: there is no event {m.opened_by!r}; {did_you_mean(m.opened_by, events)}"
        elif m.opened_by is not None and events[m.opened_by] != "court":
            yield f"{where}.opened_by: expected a court event, got the {events[m.opened_by]} {m.opened_by}"
        needed = s.governments[m.target].minerals if m.target in s.governments else {}
        for name in m.minerals if m.target in s.governments else ():
            if name not in needed:
                yield f"{where}.minerals: {m.target} needs no {name!r}; {did_you_mean(name, needed)}"
            elif needed[name].supplier != m.issuer:
                yield (
                    f"{where}.minerals: {m.target} gets its {name} from {needed[name].supplier}, so "
                    f"{m.issuer} cannot cut it"
                )


def _deals(s: Scenario) -> Iterator[str]:
    measures = {m.id: m for m in s.measures}
    couples: dict[frozenset[str], str] = {}  # so no measure is in two deals
    for d in s.deals:
        where = f"deals[{d.id}]"
        couple = frozenset(d.stakes)
        for code in d.stakes:
            yield from caught(check_government, f"{where}.stakes", code, [*s.governments])
        if couple in couples:
            two = " and ".join(sorted(couple))
            yield f"{where}.stakes: expected one deal between {two}, got also {couples[couple]}"
        couples[couple] = d.id
        if d.since > s.start:
            yield f"{where}.since: expected a day on or before the start ({s.start}), got {d.since}"
        for name in d.members:
            if name not in measures:
                yield f"{where}.members: there is no measure {name!r}; {did_you_mean(name, measures)}"
            elif d.members.count(name) > 1:
                yield f"{where}.members: expected each measure once, got {name} again"
            elif {measures[name].issuer, measures[name].target} != couple:
                yield f"{where}.members: expected measures between {' and '.join(sorted(couple))}, got {name}"


def _agreements(s: Scenario) -> Iterator[str]:
    measures = [m.id for m in s.measures]
    for a in s.agreements:
        if not s.start <= a.date <= s.end:
            yield f"agreements[{a.id}].date: expected a day of the run ({s.start} to {s.end}), got {a.date}"
        for name in a.members:
            yield from caught(place_of, f"agreements[{a.id}].members", "measure", name, measures, ValueError)


def _events(s: Scenario) -> Iterator[str]:
    names = names_of(s)
    for e in s.events:
        if not s.start <= e.date <= s.end:
            yield f"events[{e.id}].date: expected a day of the run ({s.start} to {s.end}), got {e.date}"
        faults = caught(e.check, names)
        yield from faults
        if isinstance(e, ElectionEvent) and not faults:
            yield from _parts_of_the_number(s, e)


def _parts_of_the_number(s: Scenario, e: ElectionEvent) -> Iterator[str]:
    numbers = s.governments[e.government].numbers
    for name, p in GOVERNMENT.items():
        if p.part_of == e.number and numbers[name].source == DEFAULT:
            yield (
                f"governments.{e.government}.numbers.{name}: expected a number, for the event {e.id} sets "
                f"{e.number}; got nothing"
            )


def _trade(s: Scenario) -> Iterator[str]:
    pairs = [(t.importer, t.exporter) for t in s.trade]
    for importer, exporter in pairs:
        where = f"trade[{importer} from {exporter}]"
        yield from caught(check_government, f"{where}.importer", importer, [*s.governments])
        yield from caught(check_government, f"{where}.exporter", exporter, [*s.governments])
        if importer == exporter or pairs.count((importer, exporter)) > 1:
            yield f"{where}: expected one table for two governments"
    used = {key: TRADE[key] for key in TRADE_OF[s.economy.model]}
    needed = {key for key, p in used.items() if p.default is None}
    for t in s.trade:
        keys = {*used, "imports_tariff"}
        yield from key_faults(f"trade[{t.importer} from {t.exporter}].numbers", set(t.numbers), needed, keys)
        fill_defaults(t.numbers, used)
    for importer in s.governments:
        for exporter in s.governments:
            if importer != exporter and (importer, exporter) not in pairs:
                yield f"trade[{importer} from {exporter}]: expected a table, got nothing"


def _economy(s: Scenario) -> Iterator[str]:
    if s.economy.model != "armington":
        return
    names = regions()
    owners: dict[str, str] = {}
    for code, government in s.governments.items():
        where = f"governments.{code}.region"
        if government.region is None:
            yield f"{where}: expected one of {', '.join(names)} for the armington economy, got nothing"
        elif government.region not in names:
            hint = did_you_mean(government.region, names)
            yield f"{where}: there is no region {quoted(government.region)}; {hint}"
        elif government.region in owners:
            other = owners[government.region]
            yield f"{where}: expected a region of its own, got {government.region} of {other}"
        else:
            owners[government.region] = code
