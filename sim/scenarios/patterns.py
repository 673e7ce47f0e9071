"""Numbers named together by a pattern: `*.suspension_days`, `US.*.stock`, `suspended.*.until`."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from sim.domain.parameters import ANSWERS, DAYS
from sim.scenarios.assumptions import numbers_of
from sim.scenarios.messages import did_you_mean, quoted
from sim.scenarios.numbers import Number
from sim.scenarios.overrides import PLAIN
from sim.scenarios.schema import Scenario

STAR = "*"  # stands for any letters, dots too


def expanded(overrides: Sequence[str], s: Scenario) -> list[str]:
    """Changes with every pattern in place of which stand the numbers that it matches.

    A number that is named is set as it is named, whatever matches it; of patterns the last one counts.

    Raises:
        ValueError: a pattern matches nothing.
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
