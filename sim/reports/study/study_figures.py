"""Which pictures a study gets: a map for two levers of numbers, curves for one, dots for options, bars."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from sim.reports.study.bars import DOTS, dots_height, draw_dots
from sim.reports.study.curves import LINES, TENTH, curves_height, draw_draws, draw_fan, draw_means
from sim.reports.study.facets import OutcomePlot, RowMeans, outcome_plot, row_means
from sim.reports.study.heat_map import draw_map, map_height
from sim.reports.study.lever_text import setting
from sim.reports.study.report_data import ReportData
from sim.reports.study.sampled_designs import sampled_pictures
from sim.reports.study.study_picture import Picture, picture
from sim.studies.draw_variation import OutcomeDraws, outcome_draws, run_quantiles
from sim.studies.factors import Factor

MANY = 16  # rows of two levers of options, beyond which they are a map and not dots


def pictures(data: ReportData) -> Iterator[Picture]:
    """The pictures of a study, outcome by outcome."""
    for outcome in data.study.outcomes:
        yield from sampled_pictures(data, outcome) if data.sampled else _lever_pictures(data, outcome)


def _lever_pictures(data: ReportData, outcome: str) -> Iterator[Picture]:
    """Pictures of combinations of levers: grids, lists and nested designs."""
    means, free, settings = row_means(data, outcome), data.free_levers, data.settings
    numeric = [f for f in free if not f.options]
    options = [f for f in free if f.options]
    variation = outcome_draws(data.study, data.results, outcome) if data.kind == "nested" else None
    listed = data.kind == "list" and not (len(free) == 1 and numeric)
    whole = len(means.mean) == int(np.prod([len(np.unique(settings[f.name])) for f in free]))
    if listed or not numeric:
        if not listed and len(options) == 2 and len(means.mean) > MANY and whole:
            yield _map(data, outcome_plot(data, outcome, means, options[1], options[0], []))
        else:
            yield _dots(data, outcome, means, free, variation)
        return
    x, *others = numeric
    if others:
        y = others[0]
        fixed = [f for f in free if f not in (x, y)]
        yield _map(data, outcome_plot(data, outcome, means, x, y, fixed))
        if variation is not None:
            yield _draws_map(data, outcome, means, variation, x, y, fixed)
        return
    if len(options) == 1 and len(options[0].options) > LINES:
        yield _map(data, outcome_plot(data, outcome, means, x, options[0], []))
    else:
        by = options[0] if options and len(options[0].options) <= LINES else None
        yield _curves(data, outcome_plot(data, outcome, means, x, by, [f for f in options if f is not by]))
    plot = outcome_plot(data, outcome, means, x, None, options)
    if variation is not None:
        yield _draws(data, plot, variation)
    if not means.format.probability:
        yield _fan(data, plot)


def _map(data: ReportData, plot: OutcomePlot) -> Picture:
    m, x, y = plot.means, plot.x, plot.y
    assert y is not None
    average = " over the draws of the uncertainties" if data.kind == "nested" else ""
    certainty = ""
    width = m.high - m.low
    if not np.isnan(width).all():
        off = f"{np.nanmedian(width) / 2.0:.2g}{' points' if m.format.probability else ''}"
        alike = ", and luck moves all cells together" if data.study.file.luck == "shared" else ""
        certainty = f"; typical 95 % interval \u00b1 {off}{alike}"
    return picture(
        data,
        plot.outcome,
        "map",
        f"{m.format.what}{average}{certainty}.{plot.omitted}",
        f"Heat map of {plot.outcome} over {x.what} (across) and {y.what} (upwards). {_range(m)}",
        map_height(len(plot.facets), len(np.unique(plot.settings[y.name]))),
        partial(draw_map, plot=plot),
        _lines_text(data, plot.outcome, x, y),
    )


def _draws_map(
    data: ReportData,
    outcome: str,
    means: RowMeans,
    variation: OutcomeDraws,
    x: Factor,
    y: Factor,
    fixed: list[Factor],
) -> Picture:
    style = means.format
    width = style.scale * (variation.high - variation.low)
    nothing = np.full(len(width), np.nan)
    widths = RowMeans(width, nothing, nothing, means.runs, style)
    plot = outcome_plot(data, outcome, widths, x, y, fixed)._replace(lines=[])
    noise = variation.noise[~np.isnan(variation.noise)]
    luck = ""
    if len(noise):
        luck = f"; if they did nothing it would be {2 * TENTH * style.scale * np.median(noise):.2g}"
    return picture(
        data,
        outcome,
        "spread",
        "How far uncertainties spread its mean, from the lowest tenth of draws to the highest "
        f"[{'per cent points' if style.probability else style.unit}]{luck}.{plot.omitted}",
        f"Heat map of how far draws of the uncertainties spread {outcome} over {x.what} and {y.what}.",
        map_height(len(plot.facets), len(np.unique(plot.settings[y.name]))),
        partial(draw_map, plot=plot),
    )


def _curves(data: ReportData, plot: OutcomePlot) -> Picture:
    each = f"; lines: {plot.y.what}" if plot.y else ""
    return picture(
        data,
        plot.outcome,
        "curve",
        f"{plot.means.format.what}{each}.{plot.omitted}",
        f"Curve of {plot.outcome} over {plot.x.what}{each}. {_range(plot.means)}",
        curves_height(len(plot.facets)),
        partial(draw_means, plot=plot),
        _lines_text(data, plot.outcome, plot.x),
    )


def _draws(data: ReportData, plot: OutcomePlot, variation: OutcomeDraws) -> Picture:
    points = data.study.file.design.points
    hatched = " Hatched: how wide luck would make it if they did nothing, with so few runs a draw."
    hatched = "" if np.isnan(variation.noise).all() else hatched
    return picture(
        data,
        plot.outcome,
        "draws",
        f"Uncertainty and luck apart: means of {points} draws of what nobody has measured.{plot.omitted}",
        f"Fan of the means of {points} draws of the uncertainties over {plot.x.what}, for {plot.outcome}.",
        curves_height(len(plot.facets)),
        partial(draw_draws, plot=plot, draws=variation),
        f"The fan is what the draws of the uncertainties do to the mean.{hatched}",
    )


def _fan(data: ReportData, plot: OutcomePlot) -> Picture:
    q = run_quantiles(data.study, data.results, plot.outcome)
    unit = plot.means.format.unit
    off = f" Counted in bins {q.bin_width:.2g} {unit} wide." if q.bin_width else ""
    both = ", luck and uncertainties together" if data.kind == "nested" else ""
    return picture(
        data,
        plot.outcome,
        "fan",
        f"How single runs differ{both} [{unit}].{off}{plot.omitted}",
        f"Fan chart of {plot.outcome} over {plot.x.what}: quantiles of the runs, 5, 25, 50, 75 and "
        "95 per cent.",
        curves_height(len(plot.facets)),
        partial(draw_fan, plot=plot, quantiles=q.values),
    )


def _dots(
    data: ReportData, outcome: str, means: RowMeans, free: list[Factor], variation: OutcomeDraws | None
) -> Picture:
    rows, settings = data.rows(outcome), data.settings
    count = min(len(rows), DOTS)
    labels = [setting(free, [settings[f.name][k] for f in free]) for k in range(count)]
    beyond = np.array([row.beyond != 0 for row in rows])
    omitted = f" The first {count} of {len(rows)} rows." if count < len(rows) else ""
    ends = np.stack([variation.low, variation.high]) if variation is not None else None
    return picture(
        data,
        outcome,
        "dots",
        f"{means.format.what}, in the order of the study.{omitted}",
        f"{outcome} of {count} rows as dots with intervals. {_range(means)}",
        dots_height(count),
        partial(draw_dots, m=means, labels=labels, beyond=beyond, draw_ends=ends),
    )


def _range(means: RowMeans) -> str:
    """The smallest and largest mean, for who cannot see the picture."""
    if np.isnan(means.mean).all():
        return "Nothing is there yet."
    unit = "per cent" if means.format.probability else means.format.unit
    return f"Means from {np.nanmin(means.mean):.3g} to {np.nanmax(means.mean):.3g} {unit}."


def _lines_text(data: ReportData, outcome: str, *axes: Factor) -> str:
    """What the lines of theory on a picture are of."""
    sentences = []
    for line in data.lines_of(outcome):
        if not set(line.levers) <= {f.name for f in axes}:
            continue
        what = " and ".join(f.what for f in axes if f.name in line.levers)
        least = "each of " if len(line.levers) > 1 else ""
        value = "no value at all, so that no line is drawn"
        if np.isfinite(line.value):
            value = f"{line.value:.3g}"
        sentences.append(
            f"Line of theory ({line.theory}; {line.arguments}): {least}{what} at least {value}. "
            f"It is of {line.of}."
        )
    return " ".join(sentences)
