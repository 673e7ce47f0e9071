"""What a study found, in sentences: every number from its runs, with the interval that luck leaves."""

import numpy as np

from sim.reports.study.facets import columns_of
from sim.reports.study.line_styles import setting, with_unit
from sim.reports.study.report_data import AnswerRow, ReportData, missing, moving
from sim.reports.study.study_terminal import around, counted, gap_around, number, span
from sim.statistics.accumulators import PROBABILITY, SHARE, mean_intervals
from sim.studies.analysis import first_order_sum
from sim.studies.draw_variation import cell_sums, mean_over_points, outcome_draws

SURE = 0.95
MANY = 20  # rows whose highest and lowest are picked by luck too


def key_sentences(found: ReportData, outcome: str) -> list[str]:
    """What was found of an outcome: the ends, the differences, and what moves it."""
    if found.sampled:
        return _sampled(found, outcome)
    rows = [row for row in found.rows(outcome) if row.there]
    if not rows:
        return ["It happened in none of the runs." if found.runs.any() else "No run is there yet."]
    labels = row_labels(found)
    top, low = max(rows, key=lambda row: row.mean), min(rows, key=lambda row: row.mean)
    if top.mean == low.mean:
        if len(rows) == 1:
            return [f"{_mean(found, outcome, top)} at {labels[top.place]}."]
        least = min(rows, key=lambda row: row.happened)
        more = "" if least.happened == top.happened else f"; the least known is {labels[least.place]}"
        return [f"{_mean(found, outcome, least)} in every row{more}."]
    told = []
    for word, row in (("Highest", top), ("Lowest", low)):
        same = sum(other.mean == row.mean for other in rows) - 1
        others = f" and in {same:,} other row{'s' if same > 1 else ''}" if same else ""
        told.append(f"{word}: {_mean(found, outcome, row)} at {labels[row.place]}{others}.")
    if top.low <= low.high:
        told[-1] += " The two intervals overlap."
    elif len(rows) > MANY:
        told[-1] += f" Picked as the ends of {len(rows):,}, they are a little too far apart."
    if any(row.happened < row.runs for row in rows):
        least = min(rows, key=lambda row: row.happened / row.runs)
        told.append(
            f"Means are over the runs in which there is something to tell: of a row at least "
            f"{least.happened:,} of {least.runs:,} (at {labels[least.place]}). Differences are over the "
            "runs in which both rows have something."
        )
    told += _differences(found, outcome, rows, labels)
    if found.kind == "nested":
        told += _luck_and_uncertainty(found, outcome)
    return told


def caveat(found: ReportData) -> str:
    """What the intervals speak of, and what not."""
    both = "luck and of the uncertainties drawn" if found.kind == "nested" else "luck"
    return f"Intervals speak of {both} within these worlds, not of how far the worlds are from ours."


def row_labels(found: ReportData) -> list[str]:
    """What each row of answers puts the moving levers to."""
    at, free = columns_of(found.study), moving(found.study)
    count = len(found.rows(next(iter(found.study.outcomes))))
    return [setting(free, [at[f.name][k] for f in free]) or "the one cell" for k in range(count)]


def _mean(found: ReportData, outcome: str, row: AnswerRow) -> str:
    chance, unit = found.chance(outcome), found.study.outcomes[outcome].unit
    sure = around(row.low, row.high, chance, row.happened)
    sure = f"95 %: {sure}" if sure == span(row.low, row.high, chance) and sure else sure
    runs = f"{counted(row.runs, row.happened)} run{'' if row.runs == 1 else 's'}"
    return f"{with_unit(row.mean, chance, unit)} ({', '.join(part for part in (sure, runs) if part)})"


def _differences(found: ReportData, outcome: str, rows: list[AnswerRow], labels: list[str]) -> list[str]:
    """How the other rows differ from the first one."""
    chance = found.chance(outcome)
    unit = "points" if chance else found.study.outcomes[outcome].unit
    others = [row for row in rows if not np.isnan(row.difference_low)]
    if not others:
        return []
    how = "with the same luck" if found.study.file.luck == "shared" else "with luck of their own"
    most = max(others, key=lambda row: abs(row.difference))
    gap = number(most.difference, chance, sign=True)
    sure = gap_around(most.difference_low, most.difference_high, chance)
    gap = f"{gap} {unit} ({'' if most.difference_low == most.difference_high else '95 %: '}{sure})"
    if len(others) == 1:
        same = "" if most.beyond else " It may be luck."
        return [f"{labels[most.place]} against {labels[0]}, {how}: {gap}.{same}"]
    higher, lower = (sum(row.beyond == sign for row in others) for sign in (1, -1))
    by_luck = (1 - SURE) * len(others)
    more = f"; luck alone would make about {by_luck:.0f} of them differ" if by_luck >= 1 else ""
    return [
        f"Against the first row ({labels[0]}), {how}: of {len(others):,} others {higher:,} are higher and "
        f"{lower:,} lower beyond luck (95 % each){more}. The most different is {labels[most.place]}: {gap}."
    ]


def _luck_and_uncertainty(found: ReportData, outcome: str) -> list[str]:
    d = outcome_draws(found.study, found.results, outcome)
    there = ~np.isnan(d.uncertain)
    if not there.any():
        return []
    parts = [100 * float(np.mean(part[there])) for part in (d.uncertain, d.lucky, d.joint)]
    told = f"Of the variance of runs {parts[0]:.0f} % comes from uncertainties and {parts[1]:.0f} % from luck"
    if found.study.file.luck != "shared":
        return [f"{told} (means over rows)."]
    chance, unit = found.chance(outcome), found.study.outcomes[outcome].unit
    by = with_unit(1.96 * float(np.median(d.common[there])), chance, "points" if chance else unit)
    return [
        f"{told} that is the same in all draws; {parts[2]:.0f} % is luck that acts otherwise in other draws "
        "(means over rows).",
        "The intervals hold both, the draws of the uncertainties and the luck that all draws share: by that "
        f"alone another seed moves a row by about \u00b1 {by.replace('%', 'points')} (95 %).",
    ]


def _sampled(found: ReportData, outcome: str) -> list[str]:
    study, chance, unit = found.study, found.chance(outcome), found.study.outcomes[outcome].unit
    means, _, _ = mean_intervals(cell_sums(study, found.results, outcome), probability=False)
    means = means[~np.isnan(means)]
    if not len(means):
        return ["No run is there yet in which it happened."]
    low, high = np.quantile(means, (0.1, 0.9))
    mean, least, most = mean_over_points(study, found.results, outcome)
    sure = span(least, most, chance)
    mean = mean if sure else float(means.mean())
    around_it = f" (95 %: {sure})" if sure else ""
    told = [
        f"{with_unit(mean, chance, unit)}{around_it} on average over {len(means):,} points; between "
        f"{number(float(low), chance)} and {with_unit(float(high), chance, unit)} in eight of ten."
    ]
    table = found.drivers
    total = found.kind == "sobol"
    by = "total" if total else "first"
    rows = table[table["outcome"] == outcome] if table is not None else None
    if rows is None or not rows[by].notna().any():
        why = (
            "it is the same at all points"
            if np.ptp(means) == 0.0
            else missing(found) or "there are too few points"
        )
        return [*told, f"What moves it cannot be told: {why.rstrip('.')}."]
    words = {f.name: f.what for f in study.cells.factors}
    rows = rows[rows[by].notna()].sort_values([by, "name"], ascending=[False, True], kind="stable")
    best = rows.iloc[0]
    share, ends = float(best[by]), (float(best[f"{by}_low"]), float(best[f"{by}_high"]))
    measure = (
        f"with all its interactions it explains {share:.2f} of the variance (95 %: {ends[0]:.2f} to "
        f"{ends[1]:.2f}; by itself {best['first']:.2f})"
        if total
        else f"the square of its rank correlation is {share:.2f} (95 %: {ends[0]:.2f} to {ends[1]:.2f})"
    )
    told.append(f"What moves it most is {words[best['name']]}: {measure}.")
    if total:
        itself, *around_all = first_order_sum(study, found.results, outcome)
        luck = (
            f"; other luck than that of these {study.file.runs:,} runs would give somewhat other shares"
            if study.file.luck == "shared"
            else ", or luck does"
        )
        told.append(
            f"All explain {itself:.2f} by themselves (95 %: {around_all[0]:.2f} to {around_all[1]:.2f}); "
            f"the rest to 1 they explain jointly{luck}."
        )
    return told


def alike_sentence(found: ReportData) -> str:
    """In how many rows luck changed nothing that was asked though it might have; empty if in none."""
    if found.sampled:
        return ""
    alike = np.array([row.runs > 1 for row in found.rows(next(iter(found.study.outcomes)))])
    for name, outcome in found.study.outcomes.items():
        ends = (0.0, 1.0) if outcome.unit in (PROBABILITY, SHARE) else ()  # where all runs are at one end
        same = [row.happened == 0 or np.isnan(row.low) or row.mean in ends for row in found.rows(name)]
        alike &= np.array(same)
    if not alike.any():
        return ""
    return f"In {int(alike.sum()):,} of {len(alike):,} rows all runs were alike in every outcome."


def early_sentence(found: ReportData) -> str:
    """How many runs the cells took, if they could end early; empty else."""
    f, runs = found.study.file, found.runs
    once = found.study.settled
    played = runs[(runs > 0) & ~once]
    if f.precision is None or not len(played):
        return ""
    name = f.precision_of or next(iter(f.outcomes))
    goal = f"{100 * f.precision:g} points" if found.chance(name) else f"{f.precision:g} {found.unit(name)}"
    full = int((played >= f.runs).sum())
    return (
        f"A cell ends once {name} is known to \u00b1 {goal}: cells took {int(played.min()):,} to "
        f"{int(played.max()):,} runs, {int(np.median(played)):,} at the median; {full:,} of {len(played):,} "
        f"took all {f.runs:,}."
    )
