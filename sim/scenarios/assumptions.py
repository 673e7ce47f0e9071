"""Every number of a scenario by its path, so that none hides, and patterns that name several."""

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any

from sim.domain.parameters import ANSWERS, DAYS
from sim.scenarios.event_kinds import ElectionEvent
from sim.scenarios.games import NO_PART
from sim.scenarios.messages import did_you_mean, quoted
from sim.scenarios.numbers import Number
from sim.scenarios.overrides import PLAIN
from sim.scenarios.schema import Scenario

STAR = "*"  # stands for any letters, dots too


def numbers_of(s: Scenario) -> Iterator[tuple[str, Number]]:
    """All numbers with their paths, such as `US.discount` or `cn_port_fees.harm`."""
    if s.game is not None:
        yield from _under("game", s.game.numbers)
        for move, row in s.game.payoffs.items():
            yield from _under(f"game.{move}", row)
    for code, government in s.governments.items():
        silent = {"toughness"} if s.talks is None else set()
        numbers = {k: n for k, n in government.numbers.items() if n.source != NO_PART and k not in silent}
        yield from _under(code, numbers)
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
    if s.talks:
        yield from _under("talks", s.talks.numbers)
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


def expanded(overrides: Sequence[str], s: Scenario) -> list[str]:
    """Changes with every pattern in place of which stand the numbers that it matches.

    A number that is named is set as it is named, whatever matches it; of patterns the last one counts. Raises
    ValueError if a pattern matches nothing.
    """
    plain = [f"{m.id}.{key}" for m in s.measures for key in PLAIN if key in m.model_fields_set]
    names = [*(path for path, _ in numbers_of(s) if path.split(".")[1] not in ANSWERS), *plain]
    named = [text for text in overrides if STAR not in text.partition("=")[0]]
    matched: dict[str, str] = {}
    for text in overrides:
        pattern, sign, value = text.partition("=")
        if STAR in pattern:
            matched |= {path: f"{path}{sign}{value}" for path in matches(pattern.strip(), names, s)}
    for text in named:
        matched.pop(text.partition("=")[0].strip(), None)
    return [*matched.values(), *named]


def matches(pattern: str, names: Iterable[str], s: Scenario) -> list[str]:
    """Those of some paths of numbers that a pattern matches, or the one that it names.

    `*` stands for any letters; a status such as `suspended` before it means the measures that have it on the
    first morning. Raises ValueError if nothing matches.
    """
    if STAR not in pattern:
        return [pattern]
    status = {m.id: m.status for m in s.measures}
    names = list(names)
    paths = [
        path
        for path in names
        if fnmatchcase(path, pattern) or fnmatchcase(f"{status.get(path.split('.')[0])}.{path}", pattern)
    ]
    if not paths:
        (head, _, _), (_, _, tail) = pattern.partition("."), pattern.rpartition(".")
        ends = {path.rpartition(".")[2] for path in names}
        whole = tail in ends or STAR in tail
        hint = (
            did_you_mean(head, {path.split(".")[0] for path in names}) if whole else did_you_mean(tail, ends)
        )
        raise ValueError(f"no number matches {quoted(pattern)}; {hint}")
    return paths


def days_of(s: Scenario) -> dict[str, Number]:
    """The days that measures are given beside their numbers, by their paths."""
    days = ("suspension_days", "lead_days")
    return {
        f"{m.id}.{key}": Number(value=getattr(m, key), unit=DAYS, source=m.source)
        for m in s.measures
        for key in days
        if key in m.model_fields_set
    }
