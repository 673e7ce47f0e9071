"""Every number of a scenario by its path, so that none hides."""

from collections.abc import Iterator
from typing import Any

from sim.scenarios.events import ElectionEvent
from sim.scenarios.games import NO_PART
from sim.scenarios.numbers import Number
from sim.scenarios.schema import Scenario


def numbers_of(s: Scenario) -> Iterator[tuple[str, Number]]:
    """All numbers with their paths, such as `US.discount` or `cn_port_fees.harm`."""
    if s.game is not None:
        for key, number in s.game.numbers.items():
            yield f"game.{key}", number
        for move, row in s.game.payoffs.items():
            for answer, number in row.items():
                yield f"game.{move}.{answer}", number
    for code, government in s.governments.items():
        for key, number in government.numbers.items():
            if number.source == NO_PART:
                continue
            yield f"{code}.{key}", number
        for key, a in government.answers.items():
            for word, value in (("escalate", a.escalate), ("hold", a.hold), ("relax", a.relax)):
                yield (
                    f"{code}.{key}.{word}",
                    Number(value=value, unit=a.unit, source=a.source, note=a.note),
                )
            note = "imagined months behind the chances"
            yield (
                f"{code}.{key}.weight",
                Number(value=a.weight, unit="months", source="assumption", note=note),
            )
        for mineral, needed in government.minerals.items():
            for key, number in needed.numbers.items():
                yield f"{code}.{mineral}.{key}", number
    for key, number in s.economy.numbers.items():
        yield f"economy.{key}", number
    for trade in s.trade:
        for key, number in trade.numbers.items():
            yield f"{trade.importer}.{trade.exporter}.{key}", number
    for measure in s.measures:
        for key, number in measure.numbers.items():
            yield f"{measure.id}.{key}", number
    for event in s.events:
        if isinstance(event, ElectionEvent):
            yield f"{event.id}.{event.number}", event.change


def assumptions_of(s: Scenario) -> dict[str, Number]:
    """The numbers that nobody has measured, by their paths."""
    return {path: number for path, number in numbers_of(s) if number.assumed}


def owner_of(path: str, s: Scenario) -> str:
    """The code of the government whose number it is: its own, its measure's or its election's."""
    name = path.partition(".")[0]
    owners = {e.id: e.government for e in s.events if isinstance(e, ElectionEvent)}
    owners |= {m.id: m.issuer for m in s.measures}
    return owners.get(name, name)


def as_table(number: Number) -> dict[str, Any]:
    """A number as a plain table, without what it does not say."""
    return {k: v for k, v in number.model_dump().items() if v not in (None, "")}
