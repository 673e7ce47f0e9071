"""Assumptions, and what an outcome rests on, as rows of tables."""

import math
from collections.abc import Mapping, Sequence

from sim.scenarios import Number
from sim.studies.sensitivity import AssumptionEffect, RangeEnd


def assumption_rows(assumed: Mapping[str, Number]) -> list[list[str]]:
    """Every assumption: name, value, unit, range and note."""
    return [
        [
            path,
            f"{n.value:g}",
            n.unit,
            range_text(n),
            " ".join((n.source.partition(":")[2] + " " + n.note).split()),
        ]
        for path, n in assumed.items()
    ]


def range_text(n: Number) -> str:
    """The range of a number in words."""
    if n.low is None and n.high is None:
        return "no range given"
    low, high = (f"{x:g}" if x is not None else "not given" for x in (n.low, n.high))
    return f"{low} to {high}"


def effect_rows(effects: Sequence[AssumptionEffect], runs: int) -> list[list[str]]:
    """Every assumption: name, value with its range, and by how much each end moves the mean outcome."""
    partly = any(end.shift and end.shift.happened < runs for t in effects for end in t.ends)
    return [
        [
            t.path,
            f"{t.number.value:g} ({range_text(t.number)}) {t.number.unit}",
            _effect(t.low, partly),
            _effect(t.high, partly),
        ]
        for t in effects
    ]


def _effect(end: RangeEnd | None, partly: bool) -> str:
    if end is None or not end.shift:
        return "not run" if end else "not given"
    mean, low, high = end.shift.interval
    if end.move == 0 and not high > low:
        text = "no pair to compare" if math.isnan(mean) else "0"
    else:
        text = f"{mean:+.3g} ({low:+.3g} to {high:+.3g}){' *' if end.real else ''}"
    return f"{text}; happened in {end.shift.happened}" if partly else text
