"""What a study would run, for `snapback study --check` and the head of its page: factors and design."""

from typing import Any

from sim.reports.study.lever_text import levels_text
from sim.reports.templates.rendering import render
from sim.reports.text.outcome_format import outcome_format
from sim.studies.pilot import Pilot
from sim.studies.study_spec import StudySpec


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
