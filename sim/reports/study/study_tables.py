"""The tables of a report as rows of text: answers, drivers, failed runs and assumptions."""

from fnmatch import fnmatchcase
from typing import Final, NamedTuple

import numpy as np

from sim.reports.study.lever_text import level, setting
from sim.reports.study.report_data import FAILURES, ReportData
from sim.reports.templates.rendering import render
from sim.reports.text.formats import assumption_row, run_count
from sim.scenarios.numbers import Number

ACROSS: Final = 6  # columns of a table of two levers, at most
DOWN: Final = 12  # its rows


class PageTable(NamedTuple):
    """A table of a report."""

    caption: str  # what it is
    head: list[str]  # of its columns
    rows: list[list[str]]  # of cells
    numbers: frozenset[int]  # positions of columns of numbers
    marked: frozenset[int] = frozenset()  # positions of rows that stand out


def answers_table(data: ReportData, outcome: str, most: int, ends: int) -> PageTable | None:
    """The answers of an outcome by row; None for drawn points, whose rows say nothing alone.

    If there are more rows than `most`, so many of the highest and of the lowest as `ends` says.
    """
    if data.sampled:
        return None
    rows, style = data.rows(outcome), data.format(outcome)
    levers, settings = data.levers, data.settings
    caption = ""
    if len(rows) > most:
        rows = sorted((row for row in rows if row.there), key=lambda row: -row.mean)
        if len(rows) > 2 * ends:
            caption = f"The {ends} highest and the {ends} lowest of {len(rows):,} rows; answers.csv has all."
            rows = [*rows[:ends], *rows[-ends:]]
    head = [f"{f.what} [{f.unit}]" if f.unit and not f.options else f.what for f in levers]
    head += ["runs", f"mean [{style.unit}]", "95 %", f"against {data.reference_text}", "95 %"]
    cells = [
        [
            *(level(f, settings[f.name][row.place]) for f in levers),
            run_count(row.runs, row.happened),
            style.number(row.mean),
            style.mean_interval(row.low, row.high, row.happened),
            style.number(row.difference, sign=True),
            style.difference_interval(row.difference_low, row.difference_high),
        ]
        for row in rows
    ]
    numbers = {k for k in range(len(head)) if k >= len(levers) or not levers[k].options}
    return PageTable(caption, head, cells, frozenset(numbers))


def crossed_table(data: ReportData, outcome: str) -> PageTable | None:
    """Means of a grid of two levers, the first down and the second across; None of another, or if large.

    Its last column has the settings across that may be the lowest of their row: those whose interval
    begins below the first end of another.
    """
    levers, settings, rows = data.free_levers, data.settings, data.rows(outcome)
    if data.kind not in ("grid", "nested") or len(levers) != 2:
        return None
    down, across = levers
    width = len(np.unique(settings[across.name]))
    if width > ACROSS or len(rows) > DOWN * width:
        return None
    style = data.format(outcome)
    cells = []
    for place in np.unique(settings[down.name]):
        here = [row for row in rows if settings[down.name][row.place] == place]
        names = [level(across, settings[across.name][row.place]) for row in here]
        ends = [(row.low, row.high) if row.low == row.low else (row.mean, row.mean) for row in here]
        end = min((e for e in ends if e[0] == e[0]), key=lambda e: e[1], default=(0.0, 0.0))[1]
        some = [name for name, (low, _) in zip(names, ends, strict=True) if low <= end]
        lowest = "any of them" if len(some) == width > 1 else ", ".join(some)
        means = [f"{style.number(row.mean)} ({style.interval(row.low, row.high)})" for row in here]
        cells.append([level(down, place, unit=True), *(m.removesuffix(" ()") for m in means), lowest])
    head = [down.what, *names, "lowest"]
    caption = (
        f"Means [{style.unit}] with 95 % intervals, by {across.what} (across) at each {down.what} (down)."
    )
    return PageTable(caption, head, cells, frozenset(range(1, width + 1)))


def drivers_table(data: ReportData, outcome: str) -> PageTable | None:
    """What explains an outcome's variance, the most first; None if the design cannot tell."""
    rows = data.sorted_drivers(outcome)
    if rows is None:
        return None
    sobol = data.kind == "sobol"
    names = {"first": "first order", "total": "total"} if sobol else {"first": "rank correlation squared"}
    words = {f.name: f.what for f in data.study.cells.factors}
    cells = []
    for row in rows.to_dict("records"):
        cells.append([words[row["name"]]])
        cells[-1].append(f"{row['rank']}" + (f" to {row['last']}" if row["last"] > row["rank"] else ""))
        for key in names:
            cells[-1] += [f"{row[key]:.3f}", f"{row[f'{key}_low']:.3f} to {row[f'{key}_high']:.3f}"]
    head = ["what", "rank", *(text for name in names.values() for text in (name, "95 %"))]
    caption = render("study_drivers.md", data=data, luck=rows["luck"].iloc[0]).strip()
    return PageTable(caption, head, cells, frozenset(range(1, len(head))))


def failures_table(data: ReportData) -> PageTable | None:
    """The first runs that failed; None if none did."""
    if not data.failed:
        return None
    factors, columns = data.study.cells.factors, data.study.cells.columns
    cells = [
        [f"{cell}", setting(factors, [columns[x.name][cell] for x in factors]), f"{run}", error]
        for cell, run, error in data.failures
    ]
    first = f" The first {FAILURES}:" if data.failed > len(cells) else ""
    caption = f"{data.failed:,} of {int(data.runs.sum()):,} runs failed; they count in no mean.{first}"
    return PageTable(caption, ["cell", "what it is", "run", "error"], cells, frozenset({0, 2}))


def assumptions_tables(data: ReportData) -> list[PageTable]:
    """The numbers of each scenario that nobody has measured, those that the study moves first and marked."""
    patterns = varied_paths(data)
    tables = []
    for source in data.study.manifest["scenarios"]:
        varied = {path for path in source["assumptions"] if any(fnmatchcase(path, p) for p in patterns)}
        cells = []
        for path, n in sorted(source["assumptions"].items(), key=lambda item: item[0] not in varied):
            cells.append(assumption_row(f"{path} (moved)" if path in varied else path, Number(**n)))
        marked = frozenset(range(len(varied)))  # they stand first
        more = f", {len(marked)} of which this study moves" if marked else ""
        caption = f"{source['title']}: {len(cells)} numbers that nobody has measured{more}."
        head = ["number", "value", "unit", "range", "why this value"]
        tables.append(PageTable(caption, head, cells, frozenset({1, 3}), marked))
    return tables


def varied_paths(data: ReportData) -> set[str]:
    """The numbers, or patterns of them, that a study puts to other values than the scenario has."""
    f = data.study.file
    paths = {path for factor in data.study.cells.factors for path in factor.paths}
    texts = [*f.set, *(text for lever in f.levers.values() for o in lever.choices for text in o.set)]
    return paths | {text.partition("=")[0].strip() for text in texts}
