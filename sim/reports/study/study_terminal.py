"""What a study is, and what it found, as Markdown."""

import math
from typing import TYPE_CHECKING

from sim.statistics.accumulators import PROBABILITY
from sim.studies.analysis import answer_table, driver_table
from sim.studies.draw_variation import mean_over_points
from sim.studies.results import Results
from sim.studies.stored_study import StudySpec
from sim.studies.study_loader import Study

if TYPE_CHECKING:
    import pandas as pd

MOST = 24  # rows of a table that are printed; files have all


def plan_as_markdown(study: Study) -> str:
    """What would be played."""
    f, cells = study.file, study.cells
    lines = [f"# {f.title}", "", f.question, ""]
    for factor in cells.factors:
        column = cells.columns[factor.name]
        if factor.options:
            told = ", ".join(option.label for option in factor.options)
        else:
            few = sorted(set(column.tolist()))
            told = ", ".join(f"{x:g}" for x in few) if len(few) <= 12 else f"{few[0]:g} to {few[-1]:g}"
            told += f" {factor.unit}" + (f" ({len(few)} values)" if len(few) > 12 else "")
        lines.append(f"- {'lever' if factor.lever else 'uncertainty'} **{factor.name}**: {told}")
    lines += [f"- outcome **{name}** [{o.unit}]: {o.sentence}" for name, o in study.outcomes.items()]
    lines += [f"- line of theory **{t.theory}** over {', '.join(t.levers)}, of {t.of}" for t in f.thresholds]
    once, most = int(study.settled.sum()), "up to " if f.precision is not None else ""
    told = f", one of {once:,} where nothing is left to luck," if once else ""
    worlds = f"{most}{int(study.runs.sum()):,} worlds"
    lines += [
        "",
        f"A {f.design.kind.replace('_', ' ')}: {len(cells):,} cells x {f.runs:,} runs{told} = {worlds}, "
        f"{'the same luck in every cell' if f.luck == 'shared' else 'luck of its own in every cell'}, "
        f"seed {f.seed}, on the {f.engine} engine.",
    ]
    if f.precision is not None:
        name = f.precision_of or next(iter(f.outcomes))
        lines.append(f"A cell ends early once {name} is known to +- {f.precision:g}.")
    return "\n".join(lines) + "\n"


def answers_as_markdown(study: StudySpec, found: Results) -> str:
    """What was found so far: a table for each outcome, and what moves it most."""
    table, causes = answer_table(study, found), driver_table(study, found)
    lines = [f"# {study.file.title}", "", study.file.question, ""]
    for name in study.outcomes:
        lines += _outcome(study, found, name, table[table["outcome"] == name])
        if causes is not None and (causes["outcome"] == name).any():
            lines += _causes(study, causes[causes["outcome"] == name])
    there, of = int(table["runs"].sum()), int(table["of"].sum())
    per = len(study.outcomes)
    failed = int(table["failed"].sum()) // per
    lines.append(f"{there // per:,} of {of // per:,} runs are there, {failed:,} failed.")
    return "\n".join(lines) + "\n"


def _outcome(study: StudySpec, found: Results, name: str, rows: "pd.DataFrame") -> list[str]:
    outcome = study.outcomes[name]
    chance = outcome.unit == PROBABILITY
    unit = "%" if chance else outcome.unit
    levers = [factor.name for factor in study.cells.factors if factor.lever]
    if study.file.design.kind in ("sobol", "latin_hypercube"):
        played = rows[rows["runs"] > 0]["mean"]
        middle, low, high = mean_over_points(study, found, name)
        sure = span(low, high, chance)
        mean = number(middle if sure else float(played.mean()), chance)
        told = f"{mean} {unit}{f' (95 %: {sure})' if sure else ''} on average over {len(played):,} points"
        told += f", {number(float(played.std()), chance)} around it"
        return [f"**{name}**: {outcome.sentence} {told}.", ""]
    head = [*levers, "runs", f"mean [{unit}]", "95 %", "against the first row"]
    lines = [f"**{name}**: {outcome.sentence}", "", "| " + " | ".join(head) + " |"]
    lines.append("|" + "---|" * len(levers) + "---:|" * 4)
    for row in rows.head(MOST).to_dict("records"):
        cells = [f"{row[key]:g}" if isinstance(row[key], float) else str(row[key]) for key in levers]
        cells += [counted(row["runs"], row["happened"]), number(row["mean"], chance)]
        cells.append(around(row["low"], row["high"], chance, row["happened"]))
        gap = number(row["difference"], chance, sign=True)
        sure = gap_around(row["difference_low"], row["difference_high"], chance)
        lines.append("| " + " | ".join([*cells, f"{gap} ({sure})" if gap else ""]) + " |")
    if len(rows) > MOST:
        lines += ["", f"{len(rows) - MOST:,} more rows are in answers.csv."]
    return [*lines, ""]


def _causes(study: StudySpec, rows: "pd.DataFrame") -> list[str]:
    total = study.file.design.kind == "sobol"
    by = "total" if total else "first"
    lines = ["", "| what explains its variance | first order | 95 % |" + (" total | 95 % |" if total else "")]
    lines.append("|---|---:|---|" + ("---:|---|" if total else ""))
    for row in rows.sort_values(by, ascending=False).head(MOST // 2).to_dict("records"):
        line = f"| {row['name']} | {row['first']:.3f} | {row['first_low']:.3f} to {row['first_high']:.3f} |"
        if total:
            line += f" {row['total']:.3f} | {row['total_low']:.3f} to {row['total_high']:.3f} |"
        lines.append(line)
    return [*lines, ""]


def number(value: float, chance: bool, sign: bool = False) -> str:
    """A mean as it is printed, chances in per cent; empty if there is none."""
    if math.isnan(value):
        return ""
    shown = 100.0 * value if chance else value
    text = f"{shown:.1f}" if chance or abs(shown) >= 10 else f"{shown:.3g}"
    return f"+{text}" if sign and shown > 0 else text


def around(low: float, high: float, chance: bool, happened: int) -> str:
    """The interval of a mean of so many runs, or why it has none; empty if there is nothing."""
    if low == high:
        return "no luck in it"
    return "all runs alike" if math.isnan(low) and happened > 1 else span(low, high, chance)


def counted(runs: int, happened: int) -> str:
    """How many runs a mean is over, and of how many, if it happened in some of them only."""
    return f"{runs:,}" if happened in (0, runs) else f"{happened:,} of {runs:,}"


def gap_around(low: float, high: float, chance: bool) -> str:
    """The interval of a difference run by run; empty if there is none."""
    return "in every run" if low == high else span(low, high, chance)


def span(low: float, high: float, chance: bool) -> str:
    """An interval as it is printed; empty if there is none."""
    return f"{number(low, chance)} to {number(high, chance)}" if not math.isnan(low) else ""
