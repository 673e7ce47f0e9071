"""Pictures of drawn points: what drives an outcome, clouds over what moves it most, and its spread."""

from collections.abc import Iterator
from functools import partial

from sim.reports.study import bars
from sim.reports.study.line_styles import drawn
from sim.reports.study.report_data import ReportData
from sim.reports.study.study_picture import Picture, headed
from sim.statistics.accumulators import mean_intervals
from sim.studies.draw_variation import cell_sums
from sim.studies.factors import Factor


def of_points(found: ReportData, outcome: str) -> Iterator[Picture]:
    """Pictures of drawn points: what drives an outcome, clouds over the top three, and the spread."""
    study, chance, unit = found.study, found.chance(outcome), found.study.outcomes[outcome].unit
    means, _, _ = mean_intervals(cell_sums(study, found.results, outcome), probability=False)
    total = found.kind == "sobol"
    by = "total" if total else "first"
    table = found.drivers
    known = table[table["outcome"] == outcome] if table is not None else None
    factors = {f.name: f for f in study.cells.factors}
    ranked: list[Factor] = []
    if known is not None and known[by].notna().any():
        known = known.sort_values([by, "name"], ascending=[False, True], kind="stable")
        known = known[known[by].notna()]
        ranked = [factors[name] for name in known["name"]]
        top, rest = known.head(bars.BARS), known.iloc[bars.BARS :]
        left = ""
        if len(rest):
            more = float(rest["first"].sum())
            told = f"{more:.2g}" if more > 0.0 else f"nothing ({more:.2g} by estimate)"
            left = f" The other {len(rest)} explain {told} by themselves, taken together."
        draw = partial(
            bars.draw_indices, rows=top, names={k: f.what for k, f in factors.items()}, total=total
        )
        kind = "Sobol' indices" if total else "Squares of rank correlations"
        head = headed(found, outcome, f"What moves it most: {kind} of {len(known)} numbers.{left}")
        bars_told = ", ".join(f"{row['name']} {row[by]:.2f}" for row in top.head(3).to_dict("records"))
        yield Picture(
            f"{outcome}_drivers",
            outcome,
            f"Bars of what explains the variance of {outcome}; the first: {bars_told}.",
            "",
            drawn(head, bars.bars_height(len(top)), draw),
        )
    if ranked:
        three = ranked[:3]
        draw = partial(
            bars.draw_clouds,
            means=means,
            columns=[study.cells.columns[f.name] for f in three],
            factors=three,
            chance=chance,
            unit=unit,
        )
        head = headed(
            found,
            outcome,
            f"Every point over what moves it most [{found.unit(outcome)}]; line: means of tenths.",
        )
        yield Picture(
            f"{outcome}_clouds",
            outcome,
            f"Clouds of the means of {outcome} over {', '.join(f.what for f in three)}.",
            "",
            drawn(head, 3.0, draw),
        )
    draw = partial(bars.draw_points, means=means, chance=chance, unit=unit)
    head = headed(
        found,
        outcome,
        f"Its mean from point to point [{found.unit(outcome)}]; lines: 10, 50 and 90 % of points.",
    )
    yield Picture(
        f"{outcome}_points",
        outcome,
        f"Histogram of the means of {outcome} over the points.",
        "",
        drawn(head, 2.9, draw),
    )
