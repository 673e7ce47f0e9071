"""What an answer rests on as a folder: the picture, the table, and what to type to get them again."""

import shlex
from pathlib import Path
from typing import Any

import pandas as pd

from sim.engines.run_spec import last_day
from sim.outcomes import parse
from sim.reports.assumptions.tornado import draw_tornado
from sim.reports.run.manifest import number_contents, origin_of
from sim.scenarios import Number, scenario
from sim.storage.results_folder import MANIFEST, default_folder, results_folder, write_table
from sim.studies.sensitivity import OneAtATime, RangeEnd, SensitivitySpec

FILES = {MANIFEST, "assumptions.csv", "tornado.png"}
OWNER = "one of assumptions"


def command_of(q: SensitivitySpec) -> str:
    """What to type to ask the same question again."""
    words = ["snapback", "assumptions", q.scenario, "--outcome", q.outcome]
    words += ["--runs", str(q.runs), "--seed", str(q.seed)]
    words += ["--until", q.until] if q.until else []
    for option, given in (("--force", q.force), ("--strategy", q.strategy), ("--set", q.overrides)):
        words += [word for text in given for word in (option, text)]
    return shlex.join(words)


def asked(q: SensitivitySpec) -> dict[str, Any]:
    """What is asked of which worlds, and by which code: enough to ask it again."""
    source = scenario(q.scenario, q.overrides)
    outcome = parse(q.outcome, source, last_day(q.until, source))
    return {
        **origin_of(source),
        "command": command_of(q),
        "outcome": {
            "name": outcome.name,
            "unit": outcome.unit,
            "parameters": outcome.parameters,
            "sha256": outcome.digest,
        },
        "seed": q.seed,
        "runs": q.runs,
        "until": q.until or str(source.end),
        "force": list(q.force),
        "strategy": list(q.strategy),
        "set": list(q.overrides),
        **number_contents(source),
    }


def table_of(s: OneAtATime) -> pd.DataFrame:
    """Every assumption, the one that moves the mean outcome most first; those without a range last."""
    ranged = [_row(t.path, t.number, t.low, t.high, t.span) for t in s.tested]
    return pd.DataFrame(ranged + [_row(path, number, None, None, None) for path, number in s.silent.items()])


def _row(
    path: str, n: Number, low: RangeEnd | None, high: RangeEnd | None, span: float | None
) -> dict[str, Any]:
    told = {
        "assumption": path,
        "value": n.value,
        "unit": n.unit,
        "low": low.value if low else None,
        "high": high.value if high else None,
        "span": span,
    }
    return {**told, **_end("low", low), **_end("high", high), "source": n.source, "note": n.note}


def _end(name: str, end: RangeEnd | None) -> dict[str, Any]:
    """What an end does to the mean outcome, as columns."""
    keys = ("move", "move_from", "move_to", "pairs", "happened", "chance_by_luck", "beyond_luck", "fault")
    shift = end.shift if end else None
    values: tuple[Any, ...] = (None,) * 7
    if end and shift:
        values = (*shift.interval, shift.pairs, shift.happened, shift.p_value, int(end.real))
    return dict(zip((f"{key}_at_{name}" for key in keys), (*values, end.fault if end else ""), strict=True))


def folder_of(q: SensitivitySpec, out: Path | None) -> Path:
    """Where the files go: `out`, or results/runs/assumptions-<scenario>-<outcome>-<fingerprint>."""
    manifest = asked(q)
    name = f"assumptions-{manifest['scenario']['name']}-{manifest['outcome']['name']}"
    return out or default_folder(name, manifest)


def write_sensitivity(s: OneAtATime, folder: Path) -> None:
    """Write the picture, the table and the manifest.

    Raises:
        ResultsError: the folder holds something else, or cannot be written.
    """
    manifest = {**asked(s.question), "mean": s.mean, "happened": s.happened}
    with results_folder(folder, FILES, OWNER, manifest) as part:
        write_table(table_of(s), part / "assumptions.csv")
        draw_tornado(s, part / "tornado.png")
