"""What a study found, in sentences: every number from its runs, with the interval that luck leaves."""

import math
from typing import Any

import numpy as np

from sim.reports.study.found import Found, missing, moving
from sim.reports.study.look import setting, with_unit
from sim.reports.study.panels import columns_of
from sim.reports.study_page import number, span
from sim.studies.study.spread import cell_sums, draws
from sim.studies.study.tally import intervals

SURE = 0.95


def key_sentences(found: Found, outcome: str) -> list[str]:
    """What was found of an outcome: the ends, the differences, and what moves it."""
    if found.sampled:
        return _sampled(found, outcome)
    rows = found.rows(outcome)
    played = rows[rows["mean"].notna()]
    if not len(played):
        return ["No run is there yet in which it happened." if rows["runs"].sum() else "No run is there yet."]
    labels = row_labels(found)
    top, low = int(played["mean"].idxmax()), int(played["mean"].idxmin())
    told = []
    if len(played) == 1 or played["mean"].min() == played["mean"].max():
        everywhere = " everywhere" if len(played) > 1 else f" at {labels[top]}"
        return [f"{_mean(found, outcome, rows.loc[top])}{everywhere}."]
    told.append(f"Highest: {_mean(found, outcome, rows.loc[top])} at {labels[top]}.")
    told.append(f"Lowest: {_mean(found, outcome, rows.loc[low])} at {labels[low]}.")
    if rows.loc[low, "high"] >= rows.loc[top, "low"]:
        told[-1] += " The two intervals overlap."
    elif len(played) > 20:
        told[-1] += f" Picked as the ends of {len(played):,}, they are a little too far apart."
    told += _differences(found, outcome, labels)
    if found.kind == "nested":
        told += _luck_and_uncertainty(found, outcome)
    return told


def row_labels(found: Found) -> list[str]:
    """What each row of answers puts the moving levers to."""
    at, free = columns_of(found.study), moving(found.study)
    count = len(found.rows(next(iter(found.study.outcomes))))
    return [setting(free, [at[f.name][k] for f in free]) or "the one cell" for k in range(count)]


def _mean(found: Found, outcome: str, row: Any) -> str:
    chance, unit = found.chance(outcome), found.study.outcomes[outcome].unit
    around = span(row["low"], row["high"], chance)
    interval = f"95 %: {around}, " if around else ""
    return f"{with_unit(row['mean'], chance, unit)} ({interval}{int(row['runs']):,} runs)"


def _differences(found: Found, outcome: str, labels: list[str]) -> list[str]:
    """How the other rows differ from the first one."""
    rows, chance, unit = found.rows(outcome), found.chance(outcome), found.study.outcomes[outcome].unit
    unit = "points" if chance else unit
    others = rows[rows["difference"].notna() & rows["difference_low"].notna()]
    if not len(others):
        return []
    how = "with the same luck" if found.study.file.luck == "shared" else "with luck of their own"

    def gap(row: Any) -> str:
        told = number(row["difference"], chance, sign=True)
        return f"{told} {unit} (95 %: {span(row['difference_low'], row['difference_high'], chance)})"

    if len(others) == 1:
        k = int(others.index[0])
        same = " It may be luck." if others.loc[k, "difference_low"] <= 0 <= others.loc[k, "difference_high"] else ""
        return [f"{labels[k]} against {labels[0]}, {how}: {gap(others.loc[k])}.{same}"]
    higher, lower = int((others["difference_low"] > 0).sum()), int((others["difference_high"] < 0).sum())
    most = int(others["difference"].abs().idxmax())
    by_luck = (1 - SURE) * len(others)
    chance_told = f"; luck alone would make about {by_luck:.0f} of them differ" if by_luck >= 1 else ""
    return [
        f"Against the first row ({labels[0]}), {how}: of {len(others):,} others {higher:,} are higher and "
        f"{lower:,} lower beyond luck (95 % each){chance_told}. The most different is {labels[most]}: "
        f"{gap(others.loc[most])}."
    ]


def _luck_and_uncertainty(found: Found, outcome: str) -> list[str]:
    d = draws(found.study, found.results, outcome)
    there = ~np.isnan(d.share)
    if not there.any():
        return []
    low, high = 100 * float(d.share[there].min()), 100 * float(d.share[there].max())
    told = f"{low:.0f} %" if round(low) == round(high) else f"{low:.0f} to {high:.0f} %"
    return [
        f"Of the variance of runs {told} (by row) comes from the uncertainties, the rest is luck: "
        "who moves when, by chance, in one and the same world."
    ]


def _sampled(found: Found, outcome: str) -> list[str]:
    study, chance, unit = found.study, found.chance(outcome), found.study.outcomes[outcome].unit
    means, _, _ = intervals(cell_sums(study, found.results, outcome), chance=False)
    means = means[~np.isnan(means)]
    if not len(means):
        return ["No run is there yet in which it happened."]
    low, high = np.quantile(means, (0.1, 0.9))
    told = [
        f"{with_unit(float(means.mean()), chance, unit)} on average over {len(means):,} points; between "
        f"{number(float(low), chance)} and {with_unit(float(high), chance, unit)} in the middle eight tenths of them."
    ]
    table = found.drivers
    total = found.kind == "sobol"
    by = "total" if total else "first"
    rows = table[table["outcome"] == outcome] if table is not None else None
    if rows is None or not rows[by].notna().any():
        why = "it is the same at all points" if np.ptp(means) == 0.0 else missing(found) or "there are too few points"
        return [*told, f"What moves it cannot be told: {why.rstrip('.')}."]
    words = {f.name: f.what for f in study.cells.factors}
    rows = rows[rows[by].notna()].sort_values([by, "name"], ascending=[False, True], kind="stable")
    best = rows.iloc[0]
    share, ends = float(best[by]), (float(best[f"{by}_low"]), float(best[f"{by}_high"]))
    measure = (
        f"with all its interactions it explains {share:.2f} of the variance (95 %: {ends[0]:.2f} to {ends[1]:.2f}; "
        f"by itself {best['first']:.2f})"
        if total
        else f"the square of its rank correlation is {share:.2f} (95 %: {ends[0]:.2f} to {ends[1]:.2f})"
    )
    told.append(f"What moves it most is {words[best['name']]}: {measure}.")
    if total:
        itself = float(rows["first"].sum())
        told.append(f"All together explain {itself:.2f} by themselves; what is missing to 1 they explain jointly or by luck.")
    return told


def early_sentence(found: Found) -> str:
    """How many runs the cells took, if they could end early; empty else."""
    f, runs = found.study.file, found.runs
    played = runs[runs > 0]
    if f.precision is None or not len(played):
        return ""
    name = f.precision_of or next(iter(f.outcomes))
    goal = f"{100 * f.precision:g} points" if found.chance(name) else f"{f.precision:g} {found.unit(name)}"
    full = int((runs >= f.runs).sum())
    return (
        f"A cell ends once {name} is known to \u00b1 {goal}: cells took {int(played.min()):,} to "
        f"{int(played.max()):,} runs, {int(np.median(played)):,} at the median; {full:,} of {len(runs):,} took all "
        f"{f.runs:,}."
    )


def is_number(value: float) -> bool:
    """Whether there is a value."""
    return not math.isnan(value)
