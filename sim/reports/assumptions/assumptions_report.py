"""What an answer rests on: a folder of picture, table and manifest, and sentences for a terminal."""

from pathlib import Path
from typing import Any

import pandas as pd

from sim.engines.run_spec import RunSpec
from sim.outcomes import parse
from sim.reports.assumptions.tornado import draw_tornado, meaning, remainder, worlds
from sim.reports.run.manifest import number_contents, origin_of
from sim.reports.templates.rendering import render
from sim.reports.text.formats import range_text
from sim.storage.results_folder import MANIFEST, chosen_folder, picture_names, results_folder, write_table
from sim.studies.one_at_a_time import AssumptionEffect, OneAtATime, RangeEnd

FILES = {MANIFEST, "assumptions.csv", *picture_names("tornado")}
OWNER = "one of assumptions"

TOP = 15  # in the table; the one in the folder has all


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


def sensitivity_text(s: OneAtATime) -> str:
    """The outcome as shipped, by how much each end of a range moves its mean, and what that means."""
    effects = [t for t in s.tested if t.span > 0][:TOP]
    partly = any(end.shift and end.shift.happened < s.spec.runs for t in effects for end in t.ends)
    words = {"worlds": worlds(s), "remainder": remainder(s, len(effects)), "meaning": meaning(s, "*:")}
    return render("sensitivity.md", s=s, effects=effects, partly=partly, range_text=range_text, **words)
