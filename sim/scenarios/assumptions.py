"""Every number of a scenario by its path, so that none hides."""

from collections.abc import Iterator
from typing import Any

from sim.scenarios.event_kinds import ElectionEvent
from sim.scenarios.games import NO_PART
from sim.scenarios.numbers import Number
from sim.scenarios.schema import Scenario


def numbers_of(s: Scenario) -> Iterator[tuple[str, Number]]:
    """All numbers with their paths, such as `US.discount` or `cn_port_fees.harm`."""
    if s.game is not None:
        yield from _under("game", s.game.numbers)
        for move, row in s.game.payoffs.items():
            yield from _under(f"game.{move}", row)
    for code, government in s.governments.items():
        yield from _under(code, {k: n for k, n in government.numbers.items() if n.source != NO_PART})
        for key, a in government.answers.items():
            for word, value in (("escalate", a.escalate), ("hold", a.hold), ("relax", a.relax)):
                share = Number(value=value, unit=a.unit, source=a.source, note=a.note)
                yield f"{code}.{key}.{word}", share
            note = "imagined months behind the chances"
            weight = Number(value=a.weight, unit="months", source="assumption", note=note)
            yield f"{code}.{key}.weight", weight
        for mineral, needed in government.minerals.items():
            yield from _under(f"{code}.{mineral}", needed.numbers)
    yield from _under("economy", s.economy.numbers)
    for trade in s.trade:
        yield from _under(f"{trade.importer}.{trade.exporter}", trade.numbers)
    for measure in s.measures:
        yield from _under(measure.id, measure.numbers)
    for deal in s.deals:
        yield from _under(f"deals.{deal.id}", deal.numbers)
        for code, stake in deal.stakes.items():
            yield f"deals.{deal.id}.{code}.stake", stake
    for event in s.events:
        if isinstance(event, ElectionEvent):
            yield f"{event.id}.{event.number}", event.change


def _under(path: str, numbers: dict[str, Number]) -> Iterator[tuple[str, Number]]:
    return ((f"{path}.{key}", number) for key, number in numbers.items())


def assumptions_of(s: Scenario) -> dict[str, Number]:
    """The numbers that nobody has measured, by their paths."""
    return {path: number for path, number in numbers_of(s) if number.assumed}


def owner_of(path: str, s: Scenario) -> str:
    """The code of the government whose number it is, or its measure's or election's; none for a deal's."""
    name, _, rest = path.partition(".")
    if name == "deals":
        code = rest.split(".")[1]
        return code if code in s.governments else ""
    owners = {e.id: e.government for e in s.events if isinstance(e, ElectionEvent)}
    owners |= {m.id: m.issuer for m in s.measures}
    return owners.get(name, name)


def as_table(number: Number) -> dict[str, Any]:
    """A number as a plain table, without what it does not say."""
    return {k: v for k, v in number.model_dump().items() if v not in (None, "")}
