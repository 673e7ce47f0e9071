"""Which pictures a study gets: a map for two levers of numbers, curves for one, dots for options, bars."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.reports.study import bars, curves, heat_map
from sim.reports.study.curves import Means
from sim.reports.study.facets import columns_of, panels, picked
from sim.reports.study.line_styles import drawn, setting
from sim.reports.study.report_data import ReportData, moving
from sim.reports.study.sampled_designs import of_points
from sim.reports.study.study_picture import Picture, headed
from sim.studies.draw_variation import OutcomeDraws, outcome_draws, run_quantiles
from sim.studies.factors import Factor

Array = NDArray[Any]
MANY = 16  # rows of two levers of options, beyond which they are a map and not dots


def pictures(found: ReportData) -> Iterator[Picture]:
    """The pictures of a study, outcome by outcome."""
    for outcome in found.study.outcomes:
        if found.sampled:
            yield from of_points(found, outcome)
        else:
            yield from _combined(found, outcome)


def _combined(found: ReportData, outcome: str) -> Iterator[Picture]:
    """Pictures of combinations of levers: grids, lists and nested designs."""
    study, rows = found.study, found.rows(outcome)
    table = [(row.mean, row.low, row.high, row.runs) for row in rows]
    middle, low, high, runs = np.array(table, dtype=float).T
    means = Means(middle, low, high, found.chance(outcome), study.outcomes[outcome].unit, runs)
    at, free = columns_of(study), moving(study)
    numeric = [f for f in free if not f.options]
    options = [f for f in free if f.options]
    spreads = outcome_draws(study, found.results, outcome) if found.kind == "nested" else None
    listed = found.kind == "list" and not (len(free) == 1 and numeric)
    whole = len(rows) == int(np.prod([len(np.unique(at[f.name])) for f in free]))
    if listed or not numeric:
        if not listed and len(options) == 2 and len(rows) > MANY and whole:
            yield _map(found, outcome, means, options[1], options[0], at, [])
        else:
            yield _dots(found, outcome, means, at, free, spreads)
        return
    if len(numeric) > 1:
        x, y, still = numeric[0], numeric[1], [f for f in free if f not in numeric[:2]]
        yield _map(found, outcome, means, x, y, at, still)
        if spreads is not None:
            yield _spread_map(found, outcome, means, spreads, x, y, at, still)
        return
    x = numeric[0]
    if len(options) == 1 and len(options[0].options) > curves.LINES:
        yield _map(found, outcome, means, x, options[0], at, [])
    else:
        yield _curves(found, outcome, means, x, at, options)
    if spreads is not None:
        yield _draws(found, outcome, means, spreads, x, at, options)
    if not found.chance(outcome):
        yield _fan(found, outcome, means, x, at, options)


def _map(
    found: ReportData, outcome: str, m: Means, x: Factor, y: Factor, at: dict[str, Array], still: list[Factor]
) -> Picture:
    some, cut = picked(panels(at, still), heat_map.PANELS)
    told = heat_map.Map(m.middle, m.high - m.low, m.runs, m.chance, m.unit)
    draw = partial(heat_map.draw, m=told, x=x, y=y, at=at, shown=some, lines=found.lines_of(outcome))
    what = "Chance [%]" if m.chance else f"Mean [{m.unit}]"
    average = " over the draws of the uncertainties" if found.kind == "nested" else ""
    half = float(np.nanmedian(told.wide) / 2.0) if not np.isnan(told.wide).all() else float("nan")
    off = f"{100 * half:.2g} points" if m.chance else f"{half:.2g}"
    alike = ", and luck moves all cells together" if found.study.file.luck == "shared" else ""
    sure = f"; typical 95 % interval \u00b1 {off}{alike}" if half == half else ""
    head = headed(found, outcome, f"{what}{average}{sure}.{cut}")
    tall = heat_map.height(len(some), len(np.unique(at[y.name])))
    return Picture(
        f"{outcome}_map",
        outcome,
        f"Heat map of {outcome} over {x.what} (across) and {y.what} (upwards). {_range(found, outcome)}",
        _theory_told(found, outcome, x, y),
        drawn(head, tall, draw),
    )


def _spread_map(
    found: ReportData,
    outcome: str,
    m: Means,
    spreads: OutcomeDraws,
    x: Factor,
    y: Factor,
    at: dict[str, Array],
    still: list[Factor],
) -> Picture:
    some, cut = picked(panels(at, still), heat_map.PANELS)
    wide = spreads.high - spreads.low
    told = heat_map.Map(
        wide,
        np.full(len(wide), np.nan),
        m.runs,
        m.chance,
        m.unit,
    )
    draw = partial(heat_map.draw, m=told, x=x, y=y, at=at, shown=some, lines=[])
    what = "per cent points" if m.chance else m.unit
    noise = spreads.noise[~np.isnan(spreads.noise)]
    luck = 2 * curves.TENTH * float(np.median(noise)) * (100 if m.chance else 1) if len(noise) else 0.0
    less = f"; if they did nothing it would be {luck:.2g}" if len(noise) else ""
    head = headed(
        found,
        outcome,
        f"How far uncertainties spread its mean, from the lowest tenth of draws to the highest [{what}]"
        f"{less}.{cut}",
    )
    return Picture(
        f"{outcome}_spread",
        outcome,
        f"Heat map of how far draws of the uncertainties spread {outcome} over {x.what} and {y.what}.",
        "",
        drawn(head, heat_map.height(len(some), len(np.unique(at[y.name]))), draw),
    )


def _curves(
    found: ReportData, outcome: str, m: Means, x: Factor, at: dict[str, Array], options: list[Factor]
) -> Picture:
    by = options[0] if options and len(options[0].options) <= curves.LINES else None
    some, cut = picked(panels(at, [f for f in options if f is not by]), curves.PANELS)
    draw = partial(
        curves.draw_means, m=m, x=x, lines_by=by, at=at, shown=some, theory=found.lines_of(outcome)
    )
    what = "Chance [%]" if m.chance else f"Mean [{m.unit}]"
    each = f"; lines: {by.what}" if by else ""
    return Picture(
        f"{outcome}_curve",
        outcome,
        f"Curve of {outcome} over {x.what}{each}. {_range(found, outcome)}",
        _theory_told(found, outcome, x),
        drawn(headed(found, outcome, f"{what}{each}.{cut}"), curves.height(len(some)), draw),
    )


def _draws(
    found: ReportData,
    outcome: str,
    m: Means,
    d: OutcomeDraws,
    x: Factor,
    at: dict[str, Array],
    options: list[Factor],
) -> Picture:
    some, cut = picked(panels(at, options), curves.PANELS)
    draw = partial(curves.draw_draws, m=m, draws=d, x=x, at=at, shown=some)
    points = found.study.file.design.points
    hatched = " Hatched: how wide luck would make it if they did nothing, with so few runs a draw."
    hatched = "" if np.isnan(d.noise).all() else hatched
    head = headed(
        found,
        outcome,
        f"Uncertainty and luck apart: means of {points} draws of what nobody has measured.{cut}",
    )
    return Picture(
        f"{outcome}_draws",
        outcome,
        f"Fan of the means of {points} draws of the uncertainties over {x.what}, for {outcome}.",
        f"The fan is what the draws of the uncertainties do to the mean.{hatched}",
        drawn(head, curves.height(len(some)), draw),
    )


def _fan(
    found: ReportData, outcome: str, m: Means, x: Factor, at: dict[str, Array], options: list[Factor]
) -> Picture:
    some, cut = picked(panels(at, options), curves.PANELS)
    q = run_quantiles(found.study, found.results, outcome)
    draw = partial(curves.draw_fan, m=m, quantiles=q.values, x=x, at=at, shown=some)
    off = f" Counted in bins {q.error:.2g} {m.unit} wide." if q.error else ""
    both = ", luck and uncertainties together" if found.kind == "nested" else ""
    head = headed(found, outcome, f"How single runs differ{both} [{m.unit}].{off}{cut}")
    return Picture(
        f"{outcome}_fan",
        outcome,
        f"Fan chart of {outcome} over {x.what}: quantiles of the runs, 5, 25, 50, 75 and 95 per cent.",
        "",
        drawn(head, curves.height(len(some)), draw),
    )


def _dots(
    found: ReportData,
    outcome: str,
    m: Means,
    at: dict[str, Array],
    free: list[Factor],
    spreads: OutcomeDraws | None,
) -> Picture:
    rows = found.rows(outcome)
    count = min(len(rows), bars.DOTS)
    labels = [setting(free, [at[f.name][k] for f in free]) for k in range(count)]
    beyond = np.array([row.beyond != 0 for row in rows])
    cut = f" The first {count} of {len(rows)} rows." if count < len(rows) else ""
    some = Means(m.middle[:count], m.low[:count], m.high[:count], m.chance, m.unit, m.runs[:count])
    ends = np.stack([spreads.low, spreads.high])[:, :count] if spreads is not None else None
    draw = partial(bars.draw_dots, m=some, labels=labels, beyond=beyond, spread=ends)
    what = "Chance [%]" if m.chance else f"Mean [{m.unit}]"
    return Picture(
        f"{outcome}_dots",
        outcome,
        f"{outcome} of {count} rows as dots with intervals. {_range(found, outcome)}",
        "",
        drawn(
            headed(found, outcome, f"{what}, in the order of the study.{cut}"), bars.dots_height(count), draw
        ),
    )


def _range(found: ReportData, outcome: str) -> str:
    """The smallest and largest mean, for who cannot see the picture."""
    means = [row.mean for row in found.rows(outcome) if row.there]
    if not means:
        return "Nothing is there yet."
    scale, unit = (100.0, "per cent") if found.chance(outcome) else (1.0, found.unit(outcome))
    return f"Means from {scale * min(means):.3g} to {scale * max(means):.3g} {unit}."


def _theory_told(found: ReportData, outcome: str, *axes: Factor) -> str:
    """What the lines of theory on a picture are of."""
    told = []
    for line in found.lines_of(outcome):
        if not set(line.levers) <= {f.name for f in axes}:
            continue
        what = " and ".join(f.what for f in axes if f.name in line.levers)
        least = "each of " if len(line.levers) > 1 else ""
        where = (
            f"{line.value:.3g}" if np.isfinite(line.value) else "no value at all, so that no line is drawn"
        )
        told.append(
            f"Line of theory ({line.theory}; {line.given}): {least}{what} at least {where}. "
            f"It is of {line.of}."
        )
    return " ".join(told)
