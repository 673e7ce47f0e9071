"""What a study would run, for `snapback study --check` and the head of its page: factors and design."""

from typing import Any

from sim.reports.study.lever_text import levels_text
from sim.reports.templates.rendering import render
from sim.studies.study_spec import StudySpec


def plan_as_markdown(study: StudySpec) -> str:
    """What would be run."""
    return render("study_plan.md", file=study.file, outcomes=study.outcomes, **design_values(study))


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
