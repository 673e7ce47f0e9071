"""What an answer rests on: a folder of picture, table and manifest, and sentences for a terminal."""

import math
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill
from typing import Any

import pandas as pd

from sim.engines.run_spec import RunSpec
from sim.outcomes import parse
from sim.reports.assumptions.tornado import draw_tornado, meaning, remainder, worlds
from sim.reports.run.manifest import number_contents, origin_of
from sim.reports.text.formats import range_text
from sim.reports.text.markdown import Part
from sim.storage.results_folder import MANIFEST, chosen_folder, picture_names, results_folder, write_table
from sim.studies.one_at_a_time import AssumptionEffect, OneAtATime, RangeEnd

FILES = {MANIFEST, "assumptions.csv", *picture_names("tornado")}
OWNER = "one of assumptions"

TOP = 15  # in the table; the one in the folder has all
WIDTH = 110  # of a line


def manifest_of(spec: RunSpec, outcome_text: str) -> dict[str, Any]:
    """Which outcome of which runs, and by which code: enough to ask for it again."""
    source = spec.load()
    o = parse(outcome_text, source, spec.last_day(source))
    return {
        **origin_of(source),
        "command": spec.command("assumptions", "--outcome", outcome_text),
        "outcome": {"name": o.name, "unit": o.unit, "parameters": o.parameters, "sha256": o.digest},
        "seed": spec.seed,
        "runs": spec.runs,
        "until": spec.until or str(source.end),
        "force": list(spec.force),
        "strategy": list(spec.strategy),
        "set": list(spec.overrides),
        **number_contents(source),
    }


def table_of(s: OneAtATime) -> pd.DataFrame:
    """Every assumption, the one that moves the mean outcome most first; those without a range last."""
    silent = [AssumptionEffect(path, number, None, None) for path, number in s.silent.items()]
    rows = [
        {
            "assumption": t.path,
            "value": t.number.value,
            "unit": t.number.unit,
            "low": t.low.value if t.low else None,
            "high": t.high.value if t.high else None,
            "span": t.span if t.ends else None,
            **_end("low", t.low),
            **_end("high", t.high),
            "source": t.number.source,
            "note": t.number.note,
        }
        for t in [*s.tested, *silent]
    ]
    return pd.DataFrame(rows)


def _end(name: str, end: RangeEnd | None) -> dict[str, Any]:
    """What an end does to the mean outcome, as columns."""
    keys = ("move", "move_from", "move_to", "pairs", "happened", "chance_by_luck", "beyond_luck", "fault")
    shift = end.shift if end else None
    values: tuple[Any, ...] = (None,) * 7
    if end and shift:
        values = (*shift.interval, shift.pairs, shift.happened, shift.p_value, int(end.real))
    return dict(zip((f"{key}_at_{name}" for key in keys), (*values, end.fault if end else ""), strict=True))


def folder_of(spec: RunSpec, outcome: str, out: Path | None) -> Path:
    """Where the files go: `out`, or results/runs/assumptions-<scenario>-<outcome>-<fingerprint>; checked."""
    manifest = manifest_of(spec, outcome)
    name = f"assumptions-{manifest['scenario']['name']}-{manifest['outcome']['name']}"
    return chosen_folder(out, name, manifest, FILES, OWNER)


def write_sensitivity(s: OneAtATime, folder: Path, kind: str = "png") -> None:
    """Write the picture as a file of a kind, the table and the manifest."""
    manifest = {**manifest_of(s.spec, s.outcome.spelling), "mean": s.mean, "happened": s.happened}
    with results_folder(folder, FILES, OWNER, manifest) as part:
        write_table(table_of(s), part / "assumptions.csv")
        draw_tornado(s, part / f"tornado.{kind}")


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
