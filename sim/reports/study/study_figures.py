"""Which pictures a study gets: a map for two levers of numbers, curves for one, dots for options, bars."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from sim.reports.study import bars
from sim.reports.study.curves import LINES, TENTH, curves_height, draw_draws, draw_fan, draw_means
from sim.reports.study.facets import OutcomePlot, RowMeans, median, outcome_plot, row_means
from sim.reports.study.heat_map import draw_map, map_height
from sim.reports.study.report_data import ReportData
from sim.reports.study.study_picture import Picture, picture
from sim.reports.study.study_text import row_labels
from sim.studies.draw_variation import OutcomeDraws, outcome_draws, run_quantiles

MANY = 16  # rows of two levers of options, beyond which they are a map and not dots


def pictures(data: ReportData) -> Iterator[Picture]:
    """The pictures of a study, outcome by outcome."""
    for outcome in data.study.outcomes:
        yield from _sampled_pictures(data, outcome) if data.sampled else _lever_pictures(data, outcome)


def by_name(data: ReportData) -> dict[str, Picture]:
    """The pictures of a study by their names."""
    return {one.name: one for one in pictures(data)}


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
            yield _dots(data, outcome, means, variation)
        return
    x, *others = numeric
    if others:
        y = others[0]
        plot = outcome_plot(data, outcome, means, x, y, [f for f in free if f not in (x, y)])
        yield _map(data, plot)
        if variation is not None:
            yield _draws_map(data, plot, variation)
        return
    if len(options) == 1 and len(options[0].options) > LINES:
        yield _map(data, outcome_plot(data, outcome, means, x, options[0], []))
    else:
        by = options[0] if options and len(options[0].options) <= LINES else None
        plot = outcome_plot(data, outcome, means, x, by, [f for f in options if f is not by])
        yield picture(data, outcome, "curve", curves_height(plot), partial(draw_means, plot=plot), plot=plot)
    plot = outcome_plot(data, outcome, means, x, None, options)
    tall = curves_height(plot)
    if variation is not None:
        draw = partial(draw_draws, plot=plot, draws=variation)
        hatched = not np.isnan(variation.noise).all()
        yield picture(data, outcome, "draws", tall, draw, plot=plot, hatched=hatched)
    if not means.format.probability:
        quantiles = run_quantiles(data.study, data.results, outcome)
        draw = partial(draw_fan, plot=plot, quantiles=quantiles)
        yield picture(data, outcome, "fan", tall, draw, plot=plot)


def _map(data: ReportData, plot: OutcomePlot) -> Picture:
    half = median(plot.means.high - plot.means.low) / 2.0
    draw = partial(draw_map, plot=plot)
    return picture(data, plot.outcome, "map", map_height(plot), draw, plot=plot, half_width=half)


def _draws_map(data: ReportData, plot: OutcomePlot, variation: OutcomeDraws) -> Picture:
    """How far draws of uncertainties move the means of a map."""
    scale = plot.means.format.scale
    width = scale * (variation.high - variation.low)
    nothing = np.full(len(width), np.nan)
    plot = plot._replace(means=plot.means._replace(mean=width, low=nothing, high=nothing), lines=[])
    luck = 2 * TENTH * scale * median(variation.noise)
    draw = partial(draw_map, plot=plot)
    return picture(data, plot.outcome, "spread", map_height(plot), draw, plot=plot, luck=luck)


def _dots(data: ReportData, outcome: str, means: RowMeans, variation: OutcomeDraws | None) -> Picture:
    rows = data.rows(outcome)
    count = min(len(rows), bars.DOTS)
    labels = row_labels(data)[:count]
    beyond = np.array([row.beyond != 0 for row in rows])
    ends = np.stack([variation.low, variation.high]) if variation is not None else None
    draw = partial(bars.draw_dots, m=means, labels=labels, beyond=beyond, draw_ends=ends)
    draw = partial(draw, reference=(data.study.reference, data.reference_text))
    return picture(
        data, outcome, "dots", bars.dots_height(count), draw, means=means, count=count, rows=len(rows)
    )


def _sampled_pictures(data: ReportData, outcome: str) -> Iterator[Picture]:
    """Pictures of drawn points: what drives an outcome, clouds over the top three, and all points."""
    style = data.format(outcome)
    means = style.scale * data.cell_means(outcome)
    factors = {f.name: f for f in data.study.cells.factors}
    drivers = data.sorted_drivers(outcome)
    if drivers is not None:
        top, rest = drivers.head(bars.BARS), drivers.iloc[bars.BARS :]
        names, total = {k: f.what for k, f in factors.items()}, data.kind == "sobol"
        yield picture(
            data,
            outcome,
            "drivers",
            bars.bars_height(len(top)),
            partial(bars.draw_indices, rows=top, names=names, total=total),
            top=top.to_dict("records"),
            others=len(rest),
            by=data.driver_order,
            total=total,
        )
        three = [factors[name] for name in top["name"].head(3)]
        columns = [data.study.cells.columns[f.name] for f in three]
        draw = partial(bars.draw_clouds, means=means, columns=columns, factors=three, unit=style.unit)
        yield picture(data, outcome, "clouds", 3.0, draw, factors=three)
    yield picture(data, outcome, "points", 2.9, partial(bars.draw_points, means=means, unit=style.unit))
