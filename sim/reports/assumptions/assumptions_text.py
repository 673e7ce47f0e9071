"""Assumptions, and how much an outcome depends on each, as tables and sentences for a terminal."""

import math
from collections.abc import Iterator
from textwrap import fill

from sim.reports.assumptions.tornado import meaning, remainder, worlds
from sim.reports.text.formats import range_text
from sim.reports.text.markdown import Part
from sim.studies.one_at_a_time import OneAtATime, RangeEnd

TOP = 15  # in the table; the one in the folder has all
WIDTH = 110  # of a line


def effect_parts(s: OneAtATime) -> Iterator[Part]:
    """The outcome as shipped, by how much each end of a range moves its mean, and what that means."""
    yield f"{s.outcome.spelling} [{s.outcome.unit}] in {s.source.title}: {s.outcome.sentence}"
    yield f"As shipped {s.mean:.4g} on average. {worlds(s)}\n"
    effects = [t for t in s.tested if t.span > 0][:TOP]
    partly = any(end.shift and end.shift.happened < s.spec.runs for t in effects for end in t.ends)
    rows = []
    for t in effects:
        value = f"{t.number.value:g} ({range_text(t.number)}) {t.number.unit}"
        rows.append([t.path, value, _effect(t.low, partly), _effect(t.high, partly)])
    head = ["assumption", "value (range)", "at the low end", "at the high end"]
    yield f"Change of the mean [{s.outcome.unit}]; *: significant after correction", head, rows
    yield fill(remainder(s, len(effects)), WIDTH)
    yield fill(meaning(s, "*:"), WIDTH)
    for t in s.tested:
        for end in t.ends:
            if end.fault:
                yield f"{t.path}={end.value:g} could not be run: {end.fault}"


def _effect(end: RangeEnd | None, partly: bool) -> str:
    if end is None or not end.shift:
        return "not run" if end else "not given"
    mean, low, high = end.shift.interval
    if end.move == 0 and not high > low:
        text = "no pair to compare" if math.isnan(mean) else "0"
    else:
        text = f"{mean:+.3g} ({low:+.3g} to {high:+.3g}){' *' if end.real else ''}"
    return f"{text}; happened in {end.shift.happened}" if partly else text
