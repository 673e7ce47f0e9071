"""Pictures of drawn points: what drives an outcome, clouds over what moves it most, and its spread."""

from collections.abc import Iterator
from functools import partial

from sim.reports.study.bars import BARS, bars_height, draw_clouds, draw_indices, draw_points
from sim.reports.study.report_data import ReportData
from sim.reports.study.study_picture import Picture, picture


def sampled_pictures(data: ReportData, outcome: str) -> Iterator[Picture]:
    """Pictures of drawn points: what drives an outcome, clouds over the top three, and all points."""
    style = data.format(outcome)
    means = style.scale * data.cell_means(outcome)
    by, total = data.driver_order, data.kind == "sobol"
    factors = {f.name: f for f in data.study.cells.factors}
    drivers = data.sorted_drivers(outcome)
    if drivers is not None:
        top, rest = drivers.head(BARS), drivers.iloc[BARS:]
        others = ""
        if len(rest):
            share = float(rest["first"].sum())
            text = f"{share:.2g}" if share > 0.0 else f"nothing ({share:.2g} by estimate)"
            others = f" The other {len(rest)} explain {text} by themselves, taken together."
        kind = "Sobol' indices" if total else "Squares of rank correlations"
        first = ", ".join(f"{row['name']} {row[by]:.2f}" for row in top.head(3).to_dict("records"))
        yield picture(
            data,
            outcome,
            "drivers",
            f"What moves it most: {kind} of {len(drivers)} numbers.{others}",
            f"Bars of what explains the variance of {outcome}; the first: {first}.",
            bars_height(len(top)),
            partial(draw_indices, rows=top, names={k: f.what for k, f in factors.items()}, total=total),
        )
        three = [factors[name] for name in top["name"].head(3)]
        columns = [data.study.cells.columns[f.name] for f in three]
        yield picture(
            data,
            outcome,
            "clouds",
            f"Every point over what moves it most [{style.unit}]; line: means of tenths.",
            f"Clouds of the means of {outcome} over {', '.join(f.what for f in three)}.",
            3.0,
            partial(draw_clouds, means=means, columns=columns, factors=three, unit=style.unit),
        )
    yield picture(
        data,
        outcome,
        "points",
        f"Its mean from point to point [{style.unit}]; lines: 10, 50 and 90 % of points.",
        f"Histogram of the means of {outcome} over the points.",
        2.9,
        partial(draw_points, means=means, unit=style.unit),
    )
