"""What a study would run, and what it answers, in sentences with the intervals that luck leaves."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.reports.study.lever_text import levels_text, setting
from sim.reports.study.report_data import ReportData
from sim.reports.templates.rendering import render
from sim.reports.text.formats import outcome_format, run_count
from sim.statistics.accumulators import PROBABILITY, SHARE
from sim.statistics.intervals import NORMAL_2
from sim.studies.draw_variation import mean_over_points, outcome_draws
from sim.studies.study_runner import Pilot
from sim.studies.study_spec import StudySpec

LEVEL = 0.95
MANY = 20  # rows whose highest and lowest are picked by luck too
FEW = 4  # factors that a sentence names


def key_sentences(data: ReportData, outcome: str) -> list[str]:
    """The answer of an outcome: the ends, the differences, and what moves it."""
    values = _of_points(data, outcome) if data.sampled else _of_rows(data, outcome)
    style = data.format(outcome)
    text = render("study_sentences.md", data=data, style=style, run_count=run_count, many=MANY, **values)
    return [line for line in text.split("\n") if line]


def row_labels(data: ReportData) -> list[str]:
    """What each row of answers puts the moving levers to."""
    free, settings = data.free_levers, data.settings
    count = int(data.study.cells.row.max()) + 1
    return [setting(free, [settings[f.name][k] for f in free]) or "the one cell" for k in range(count)]


def _of_rows(data: ReportData, outcome: str) -> dict[str, Any]:
    """The rows that speak, and those that stand out."""
    rows = [row for row in data.rows(outcome) if row.there]
    if not rows:
        return {"rows": rows}
    others = [row for row in rows if not np.isnan(row.difference_low)]
    return {
        "rows": rows,
        "labels": row_labels(data),
        "reference": row_labels(data)[data.study.reference],
        "top": max(rows, key=lambda row: row.mean),
        "bottom": min(rows, key=lambda row: row.mean),
        "fewest": min(rows, key=lambda row: row.happened),
        "least": min(rows, key=lambda row: row.happened / row.runs),
        "others": others,
        "most": max(others, key=lambda row: abs(row.difference), default=None),
        "by_luck": (1 - LEVEL) * len(others),
        "variance": _variance(data, outcome) if data.kind == "nested" else None,
    }


def _variance(data: ReportData, outcome: str) -> dict[str, float] | None:
    """Per cents of the variance of runs, and by how much luck that all draws share may move a row."""
    d = outcome_draws(data.study, data.results, outcome)
    there = ~np.isnan(d.uncertain)
    if not there.any():
        return None
    parts = {"uncertain": d.uncertain, "lucky": d.lucky, "joint": d.joint}
    common = NORMAL_2 * float(np.median(d.common[there]))
    return {name: 100 * float(np.mean(part[there])) for name, part in parts.items()} | {"common": common}


def _of_points(data: ReportData, outcome: str) -> dict[str, Any]:
    """The mean over drawn points, and what moves it most."""
    means = data.cell_means(outcome)
    means = means[~np.isnan(means)]
    if not len(means):
        return {"points": 0}
    low, high = np.quantile(means, (0.1, 0.9)).tolist()
    mean, *ends = mean_over_points(data.study, data.results, outcome)
    interval = data.format(outcome).interval(*ends)
    values: dict[str, Any] = {"points": len(means), "low": low, "high": high, "interval": interval}
    values["mean"] = mean if interval else float(means.mean())
    drivers = data.sorted_drivers(outcome)
    if drivers is None:
        why = data.missing or "points and runs are too few to tell what they do from luck"
        why = "it is the same at all points" if np.ptp(means) == 0.0 else why
        return {**values, "why": why.rstrip(".")}
    words = {f.name: f.what for f in data.study.cells.factors}
    best = drivers[drivers["rank"] == 1].assign(what=lambda rows: rows["name"].map(words))
    return {**values, "why": "", "best": best.to_dict("records"), "by": data.driver_order, "few": FEW}


def summary(data: ReportData) -> str:
    """How many runs and cells there are, and how far luck mattered, in one paragraph."""
    f, runs = data.study.file, data.lucky_runs
    precision: dict[str, Any] | None = None
    if f.precision is not None and len(runs):
        name = f.precision_of or next(iter(f.outcomes))
        style = data.format(name)
        precision = {"outcome": name, "half_width": style.scale * f.precision, "unit": style.difference_unit}
        precision |= {"median": int(np.median(runs)), "full": int((runs >= f.runs).sum())}
    alike = np.zeros(0, dtype=bool) if data.sampled else _alike(data)
    return render("study_summary.md", data=data, runs=runs, precision=precision, alike=alike).strip()


def _alike(data: ReportData) -> NDArray[np.bool_]:
    """Whether luck changed nothing that was measured, though it might have, of each row."""
    alike = np.array([row.runs > 1 for row in data.rows(next(iter(data.study.outcomes)))])
    for name, outcome in data.study.outcomes.items():
        ends = (0.0, 1.0) if outcome.unit in (PROBABILITY, SHARE) else ()  # where all runs are at one end
        same = [row.happened == 0 or np.isnan(row.low) or row.mean in ends for row in data.rows(name)]
        alike &= np.array(same)
    return alike


def plan_as_markdown(study: StudySpec, pilot: Pilot) -> str:
    """What would be run, and what it would take."""
    half = {}
    for name, outcome in study.outcomes.items():
        style = outcome_format(outcome.unit)
        half[name] = style.difference_unit, [style.scale * width for width in pilot.half[name]]
    values = {"pilot": pilot, "half": half, "outcomes": study.outcomes, "once": study.deterministic.any()}
    return render("study_plan.md", file=study.file, cells=len(study.cells), **values, **design_values(study))


def plan_as_json(study: StudySpec, pilot: Pilot) -> dict[str, Any]:
    """The same for JSON."""
    levers = {f.name: levels_text(f, study.cells.columns[f.name].tolist()) for f in study.cells.factors}
    outcomes = {name: outcome._asdict() for name, outcome in study.outcomes.items()}
    widths = {name: [None if x != x else x for x in half] for name, half in pilot.half.items()}
    worlds = int(study.runs.sum())
    plan = {"title": study.file.title, "factors": levers, "outcomes": outcomes, "cells": len(study.cells)}
    return {**plan, "worlds": worlds, "pilot": {**pilot._asdict(), "half": widths}}


def design_values(study: StudySpec) -> dict[str, Any]:
    """What each factor is put to, and the design, in words."""
    columns = study.cells.columns
    factors = [(f, levels_text(f, columns[f.name].tolist())) for f in study.cells.factors]
    return {"factors": factors, "design": _design_text(study)}


def _design_text(study: StudySpec) -> str:
    """The design: its kind, how many cells and runs, and which luck."""
    f = study.file
    luck = "the same luck in every cell" if f.luck == "shared" else "luck of its own in every cell"
    most = "up to " if f.precision is not None else ""
    once = int(study.deterministic.sum())
    fewer = f", one of {once:,} where nothing is left to luck," if once else ""
    return (
        f"{f.design.kind.replace('_', ' ')}, {len(study.cells):,} cells \u00d7 {most}{f.runs:,} runs{fewer} "
        f"= {most}{int(study.runs.sum()):,} worlds; {luck}"
    )
