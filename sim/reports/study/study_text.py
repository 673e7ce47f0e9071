"""What a study answers, in sentences: every number from its runs, with the interval that luck leaves."""

import numpy as np

from sim.reports.study.lever_text import setting
from sim.reports.study.report_data import AnswerRow, ReportData
from sim.reports.text.outcome_format import run_count
from sim.statistics.accumulators import PROBABILITY, SHARE
from sim.statistics.intervals import NORMAL_2
from sim.studies.analysis import first_order_sum
from sim.studies.draw_variation import mean_over_points, outcome_draws

LEVEL = 0.95
MANY = 20  # rows whose highest and lowest are picked by luck too


def key_sentences(data: ReportData, outcome: str) -> list[str]:
    """The answer of an outcome: the ends, the differences, and what moves it."""
    if data.sampled:
        return _sampled(data, outcome)
    rows = [row for row in data.rows(outcome) if row.there]
    if not rows:
        return ["It happened in none of the runs." if data.runs.any() else "No run is there yet."]
    labels = row_labels(data)
    top, bottom = max(rows, key=lambda row: row.mean), min(rows, key=lambda row: row.mean)
    if top.mean == bottom.mean:
        if len(rows) == 1:
            return [f"{_mean(data, outcome, top)} at {labels[top.place]}."]
        least = min(rows, key=lambda row: row.happened)
        more = "" if least.happened == top.happened else f"; the least known is {labels[least.place]}"
        return [f"{_mean(data, outcome, least)} in every row{more}."]
    sentences = []
    for word, row in (("Highest", top), ("Lowest", bottom)):
        same = sum(other.mean == row.mean for other in rows) - 1
        others = f" and in {same:,} other row{'s' if same > 1 else ''}" if same else ""
        sentences.append(f"{word}: {_mean(data, outcome, row)} at {labels[row.place]}{others}.")
    if top.low <= bottom.high:
        sentences[-1] += " The two intervals overlap."
    elif len(rows) > MANY:
        sentences[-1] += f" Picked as the ends of {len(rows):,}, they are a little too far apart."
    if any(row.happened < row.runs for row in rows):
        least = min(rows, key=lambda row: row.happened / row.runs)
        sentences.append(
            f"Means are over the runs in which there is something to tell: of a row at least "
            f"{least.happened:,} of {least.runs:,} (at {labels[least.place]}). Differences are over the "
            "runs in which both rows have something."
        )
    sentences += _differences(data, outcome, rows, labels)
    return sentences + (_luck_and_uncertainty(data, outcome) if data.kind == "nested" else [])


def caveat(data: ReportData) -> str:
    """What the intervals speak of, and what not."""
    both = "luck and of the uncertainties drawn" if data.kind == "nested" else "luck"
    return f"Intervals speak of {both} within these worlds, not of how far the worlds are from ours."


def row_labels(data: ReportData) -> list[str]:
    """What each row of answers puts the moving levers to."""
    free, settings = data.free_levers, data.settings
    count = int(data.study.cells.row.max()) + 1
    return [setting(free, [settings[f.name][k] for f in free]) or "the one cell" for k in range(count)]


def summary(data: ReportData) -> str:
    """How many runs and cells there are, and how far luck mattered, in one paragraph."""
    runs, cells = int(data.runs.sum()), len(data.runs)
    first = f"{runs:,} runs, {cells:,} cells, {data.runs_text}, seed {data.study.file.seed}."
    return " ".join(text for text in (first, early_sentence(data), alike_sentence(data)) if text)


def _mean(data: ReportData, outcome: str, row: AnswerRow) -> str:
    style = data.format(outcome)
    interval = style.mean_interval(row.low, row.high, row.happened)
    if interval and interval == style.interval(row.low, row.high):
        interval = f"95 %: {interval}"
    runs = f"{run_count(row.runs, row.happened)} run{'' if row.runs == 1 else 's'}"
    return f"{style.with_unit(row.mean)} ({', '.join(part for part in (interval, runs) if part)})"


def _differences(data: ReportData, outcome: str, rows: list[AnswerRow], labels: list[str]) -> list[str]:
    """How the other rows differ from the first one."""
    style = data.format(outcome)
    others = [row for row in rows if not np.isnan(row.difference_low)]
    if not others:
        return []
    how = "with the same luck" if data.study.file.luck == "shared" else "with luck of their own"
    most = max(others, key=lambda row: abs(row.difference))
    interval = style.difference_interval(most.difference_low, most.difference_high)
    if most.difference_low != most.difference_high:
        interval = f"95 %: {interval}"
    gap = f"{style.number(most.difference, sign=True)} {style.difference_unit} ({interval})"
    if len(others) == 1:
        same = "" if most.beyond else " It may be luck."
        return [f"{labels[most.place]} against {labels[0]}, {how}: {gap}.{same}"]
    higher, lower = (sum(row.beyond == sign for row in others) for sign in (1, -1))
    by_luck = (1 - LEVEL) * len(others)
    more = f"; luck alone would make about {by_luck:.0f} of them differ" if by_luck >= 1 else ""
    return [
        f"Against the first row ({labels[0]}), {how}: of {len(others):,} others {higher:,} are higher and "
        f"{lower:,} lower beyond luck (95 % each){more}. The most different is {labels[most.place]}: {gap}."
    ]


def _luck_and_uncertainty(data: ReportData, outcome: str) -> list[str]:
    d = outcome_draws(data.study, data.results, outcome)
    there = ~np.isnan(d.uncertain)
    if not there.any():
        return []
    uncertain, lucky, joint = (100 * float(np.mean(part[there])) for part in (d.uncertain, d.lucky, d.joint))
    text = f"Of the variance of runs {uncertain:.0f} % comes from uncertainties and {lucky:.0f} % from luck"
    if data.study.file.luck != "shared":
        return [f"{text} (means over rows)."]
    style = data.format(outcome)
    by = f"{style.number(NORMAL_2 * float(np.median(d.common[there])))} {style.difference_unit}"
    return [
        f"{text} that is the same in all draws; {joint:.0f} % is luck that acts otherwise in other draws "
        "(means over rows).",
        "The intervals hold both, the draws of the uncertainties and the luck that all draws share: by that "
        f"alone another seed moves a row by about \u00b1 {by} (95 %).",
    ]


def _sampled(data: ReportData, outcome: str) -> list[str]:
    study, style = data.study, data.format(outcome)
    means = data.cell_means(outcome)
    means = means[~np.isnan(means)]
    if not len(means):
        return ["No run is there yet in which it happened."]
    low, high = np.quantile(means, (0.1, 0.9)).tolist()
    mean, *ends = mean_over_points(study, data.results, outcome)
    interval = style.interval(*ends)
    mean = mean if interval else float(means.mean())
    sentences = [
        f"{style.with_unit(mean)}{f' (95 %: {interval})' if interval else ''} on average over "
        f"{len(means):,} points; between {style.number(low)} and {style.with_unit(high)} in eight of ten."
    ]
    drivers = data.sorted_drivers(outcome)
    if drivers is None:
        why = data.missing or "there are too few points"
        why = "it is the same at all points" if np.ptp(means) == 0.0 else why
        return [*sentences, f"What moves it cannot be told: {why.rstrip('.')}."]
    best, by = drivers.iloc[0], data.driver_order
    name = next(f.what for f in study.cells.factors if f.name == best["name"])
    share = f"{best[by]:.2f}", f"95 %: {best[f'{by}_low']:.2f} to {best[f'{by}_high']:.2f}"
    if data.kind != "sobol":
        measure = f"the square of its rank correlation is {share[0]} ({share[1]})"
        return [*sentences, f"What moves it most is {name}: {measure}."]
    itself, least, most = first_order_sum(study, data.results, outcome)
    luck = ", or luck does"
    if study.file.luck == "shared":
        luck = f"; other luck than that of these {study.file.runs:,} runs would give somewhat other shares"
    return [
        *sentences,
        f"What moves it most is {name}: with all its interactions it explains {share[0]} of the variance "
        f"({share[1]}; by itself {best['first']:.2f}).",
        f"All explain {itself:.2f} by themselves (95 %: {least:.2f} to {most:.2f}); "
        f"the rest to 1 they explain jointly{luck}.",
    ]


def alike_sentence(data: ReportData) -> str:
    """In how many rows luck changed nothing that was measured though it might have; empty if in none."""
    if data.sampled:
        return ""
    alike = np.array([row.runs > 1 for row in data.rows(next(iter(data.study.outcomes)))])
    for name, outcome in data.study.outcomes.items():
        ends = (0.0, 1.0) if outcome.unit in (PROBABILITY, SHARE) else ()  # where all runs are at one end
        same = [row.happened == 0 or np.isnan(row.low) or row.mean in ends for row in data.rows(name)]
        alike &= np.array(same)
    if not alike.any():
        return ""
    return f"In {int(alike.sum()):,} of {len(alike):,} rows all runs were alike in every outcome."


def early_sentence(data: ReportData) -> str:
    """How many runs the cells took, if they could end early; empty else."""
    f, runs = data.study.file, data.lucky_runs
    if f.precision is None or not len(runs):
        return ""
    name = f.precision_of or next(iter(f.outcomes))
    style = data.format(name)
    full = int((runs >= f.runs).sum())
    return (
        f"A cell ends once {name} is known to \u00b1 {style.scale * f.precision:g} {style.difference_unit}: "
        f"cells took {int(runs.min()):,} to {int(runs.max()):,} runs, {int(np.median(runs)):,} at the "
        f"median; {full:,} of {len(runs):,} took all {f.runs:,}."
    )
