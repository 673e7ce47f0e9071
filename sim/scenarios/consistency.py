"""What the tables of a scenario must say of each other."""

from sim.domain.errors import StrategyError
from sim.payoffs.trade_data import regions
from sim.scenarios.games import check_game
from sim.scenarios.messages import did_you_mean, quoted, shortened
from sim.scenarios.numbers import TRADE_OF
from sim.scenarios.schema import Scenario, check_keys
from sim.strategies import parse

MOST_MINERALS = 62  # bits of a mask that stays a whole number in 64 bits


def cross_check(s: Scenario) -> None:
    """Raise ValueError if the scenario's tables do not fit together."""
    if s.end < s.start:
        raise ValueError(f"end: expected a day on or after start ({s.start}), got {s.end}")
    if (s.end - s.start).days > 36600:
        raise ValueError(f"end: expected at most 36600 days after start ({s.start}), got {s.end}")
    _governments(s)
    if s.game is not None:
        check_game(s, s.game)
        return
    _unique("measures", [m.id for m in s.measures])
    _unique("events", [e.id for e in s.events])
    _measures(s)
    _events(s)
    _trade(s)
    _economy(s)


def _governments(s: Scenario) -> None:
    minerals = {name for government in s.governments.values() for name in government.minerals}
    if len(minerals) > MOST_MINERALS:
        raise ValueError(f"governments: expected at most {MOST_MINERALS} minerals, got {len(minerals)}")
    for code, government in s.governments.items():
        if ".py" not in government.strategy:  # a file is not run before a world is
            try:
                parse(government.strategy)
            except StrategyError as error:
                raise ValueError(f"governments.{code}.strategy: {shortened(str(error), 250)}") from None
        for name, mineral in government.minerals.items():
            if mineral.supplier == code:
                raise ValueError(f"governments.{code}.minerals.{name}.supplier: expected another government")


def _known(where: str, code: str, s: Scenario) -> None:
    if code not in s.governments:
        raise ValueError(f"{where}: there is no government {code!r}; {did_you_mean(code, s.governments)}")


def _unique(where: str, ids: list[str]) -> None:
    for name in ids:
        if ids.count(name) > 1:
            raise ValueError(f"{where}[{name}].id: expected to be the only one of this name")


def _measures(s: Scenario) -> None:
    events = {e.id: e.kind for e in s.events}
    for m in s.measures:
        where = f"measures[{m.id}]"
        _known(f"{where}.issuer", m.issuer, s)
        _known(f"{where}.target", m.target, s)
        if m.until is not None and m.until < s.start:
            raise ValueError(
                f"{where}.until: expected a day on or after the start ({s.start}), got {m.until}"
            )
        if m.since is not None and m.since > s.start and m.status != "available":
            raise ValueError(
                f"{where}.since: expected a day on or before the start ({s.start}), got {m.since}"
            )
        if m.opened_by is not None and m.opened_by not in events:
            raise ValueError(
                f"{where}.opened_by: there is no event {m.opened_by!r}; {did_you_mean(m.opened_by, events)}"
            )
        if m.opened_by is not None and events[m.opened_by] != "court":
            raise ValueError(
                f"{where}.opened_by: expected a court event, got the {events[m.opened_by]} {m.opened_by}"
            )
        needed = s.governments[m.target].minerals
        for name in m.minerals:
            if name not in needed:
                raise ValueError(
                    f"{where}.minerals: {m.target} needs no {name!r}; {did_you_mean(name, needed)}"
                )
            if needed[name].supplier != m.issuer:
                raise ValueError(
                    f"{where}.minerals: {m.target} gets its {name} from {needed[name].supplier}, so "
                    f"{m.issuer} cannot cut it"
                )


def _events(s: Scenario) -> None:
    bases = {m.basis for m in s.measures}
    for e in s.events:
        where = f"events[{e.id}]"
        if not s.start <= e.date <= s.end:
            raise ValueError(f"{where}.date: expected a day of the run ({s.start} to {s.end}), got {e.date}")
        if e.kind == "court" and e.removes not in bases:
            hint = did_you_mean(e.removes, bases)
            raise ValueError(f"{where}.removes: no measure has the basis {quoted(e.removes)}; {hint}")
        if e.kind == "election":
            _known(f"{where}.government", e.government, s)
        if e.kind == "summit":
            for code in e.governments:
                _known(f"{where}.governments", code, s)
                if e.governments.count(code) > 1:
                    raise ValueError(f"{where}.governments: expected each government once, got {code} again")


def _trade(s: Scenario) -> None:
    found = [(t.importer, t.exporter) for t in s.trade]
    for importer, exporter in found:
        _known(f"trade[{importer} from {exporter}].importer", importer, s)
        _known(f"trade[{importer} from {exporter}].exporter", exporter, s)
        if importer == exporter or found.count((importer, exporter)) > 1:
            raise ValueError(f"trade[{importer} from {exporter}]: expected one table for two governments")
    needed = TRADE_OF[s.economy.model]
    allowed = needed | {"imports_tariff"}
    for t in s.trade:
        check_keys(f"trade[{t.importer} from {t.exporter}].numbers", set(t.numbers), needed, allowed)
    for importer in s.governments:
        for exporter in s.governments:
            if importer != exporter and (importer, exporter) not in found:
                raise ValueError(f"trade[{importer} from {exporter}]: expected a table, got nothing")


def _economy(s: Scenario) -> None:
    if s.economy.model != "armington":
        return
    known = regions()
    taken: dict[str, str] = {}
    for code, government in s.governments.items():
        where = f"governments.{code}.region"
        if government.region is None:
            raise ValueError(
                f"{where}: expected one of {', '.join(known)} for the armington economy, got nothing"
            )
        if government.region not in known:
            hint = did_you_mean(government.region, known)
            raise ValueError(f"{where}: there is no region {quoted(government.region)}; {hint}")
        if government.region in taken:
            other = taken[government.region]
            raise ValueError(f"{where}: expected a region of its own, got {government.region} of {other}")
        taken[government.region] = code
