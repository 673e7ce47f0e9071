"""A distribution of runs as a folder, and as one JSON object."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from sim.domain.constants import IN_FORCE, STATUSES, SUSPENDED
from sim.domain.dates import iso
from sim.domain.terms import COSTS
from sim.engines.run_spec import RunSpec
from sim.outcomes.run_events import RunEvent
from sim.reports.distribution.distribution_tables import (
    COLUMNS,
    DIGITS,
    LEVELS,
    changing,
    costs_frame,
    events_frame,
    events_of,
    points,
    quantiles,
    rounds_frame,
    subject_of,
    tariffs_frame,
)
from sim.reports.distribution.distribution_text import distribution_text
from sim.reports.run.manifest import origin_of, versions, world_contents
from sim.statistics.intervals import student_interval, wilson
from sim.storage.provenance import as_json
from sim.storage.results_folder import (
    MANIFEST,
    default_folder,
    fingerprint,
    results_folder,
    write_table,
    write_text,
)
from sim.studies.distribution import Distribution, repeat_by_count

FILES = {MANIFEST, "spread.md", "events.csv", "tariffs.csv", "rounds.csv", "costs.csv", "spread.png"}
OWNER = "one of many runs"


def manifest_of(spec: RunSpec) -> dict[str, Any]:
    """Which worlds, by which code, with every number and every assumption: enough to have them again."""
    source = spec.load()
    return {
        **origin_of(source),
        "versions": {**versions(), "numba": version("numba")},
        "command": spec.command("run"),
        "set": list(spec.overrides),
        "seed": spec.seed,
        "runs": spec.runs,
        "engine": spec.engine,
        "from": str(source.start),
        "until": iso(spec.last_day(source)),
        "force": list(spec.force),
        **world_contents(source, spec.strategies(source)),
    }


def folder_of(spec: RunSpec, out: Path | None) -> Path:
    """Where the files go: `out`, or results/runs/<scenario>-<runs>-runs-<fingerprint> in this folder."""
    manifest = manifest_of(spec)
    return out or default_folder(f"{manifest['scenario']['name']}-{spec.runs}-runs", manifest)


def write_distribution(s: Distribution, folder: Path) -> None:
    """Write the summary, the tables, the picture and the manifest.

    Raises:
        ResultsError: the folder holds something else, or cannot be written.
    """
    from sim.reports.distribution.distribution_figure import draw_distribution

    with results_folder(folder, FILES, OWNER, manifest_of(s.spec)) as part:
        write_text(distribution_text(s), part / "spread.md")
        write_table(events_frame(s), part / "events.csv")
        if s.source.game is None:
            write_table(tariffs_frame(s), part / "tariffs.csv")
        else:
            write_table(rounds_frame(s), part / "rounds.csv")
        write_table(costs_frame(s), part / "costs.csv")
        draw_distribution(s, part / "spread.png")


def distribution_as_json(s: Distribution, folder: Path) -> str:
    """The object that `--json` prints: what the summary says, in numbers."""
    codes, game = s.names.governments, s.source.game
    summary: dict[str, Any] = {
        "scenario": s.source.name,
        "title": s.source.title,
        "seed": s.spec.seed,
        "runs": s.runs,
        "engine": s.spec.engine,
        "from": iso(s.start),
        "until": iso(s.end),
        "fingerprint": fingerprint(manifest_of(s.spec)),
        "folder": str(folder),
        "strategies": {code: strategy.spelling for code, strategy in s.strategies.items()},
        "events": {f"{event.kind}:{subject_of(s, event)}": _event(s, event) for event in events_of(s)},
    }
    if game is not None:
        shares = np.stack([repeat_by_count(r) / (s.rounds_held.shape[1] - 1) for r in s.rounds_held], axis=1)
        summary |= {"unit": game.unit, "held": by_government(s, shares)}
        return as_json({**summary, "points_a_round": by_government(s, points(s, game))})
    months = [student_interval(repeat_by_count(row) / (s.months.shape[1] - 1)).mean for row in s.months]
    summary |= {
        "cost_bn_usd": by_government(s, s.costs),
        "cost_terms_bn_usd": {
            code: {key: _plain(x) for key, x in zip(COSTS, terms, strict=True) if key != "game"}
            for code, terms in zip(codes, s.terms, strict=True)
        },
        "months_escalating_share": {code: _plain(mean) for code, mean in zip(codes, months, strict=True)},
        "measures_at_the_end": {
            s.names.measures[k]: {
                STATUSES[status]: _plain(s.statuses[k, status, -1] / s.runs)
                for status in (IN_FORCE, SUSPENDED)
            }
            for k in changing(s)
        },
        "tariffs_at_the_end_per_cent": {
            f"{codes[i]}_on_{codes[j]}": {
                "mean": _plain(100 * fan.means[-1]),
                **_levels(100 * fan.quantiles(LEVELS)[:, -1]),
            }
            for (i, j), fan in s.fans.items()
        },
    }
    return as_json(summary)


def _event(s: Distribution, event: RunEvent) -> dict[str, Any]:
    """The probability of an event by the last evening, and the day by which half of its runs have it."""
    counts = s.happened(event)
    low, high = wilson(counts[-1], s.runs)
    half = int(np.searchsorted(counts, (counts[-1] + 1) // 2))
    key, when = ("median_day", iso(s.start + half)) if s.source.game is None else ("median_round", half + 1)
    values = {"chance": counts[-1] / s.runs, "low": low, "high": high}
    return {
        **{name: round(float(x), DIGITS) for name, x in values.items()},
        key: when if counts[-1] else None,
    }


def by_government(s: Distribution, values: Any) -> dict[str, Any]:
    """Mean, interval and quantiles of a number that each run has for each government."""
    result = {}
    for code, column, levels in zip(s.names.governments, values.T, quantiles(values).T, strict=True):
        mean, low, high = student_interval(column)
        interval = {"mean": _plain(mean), "low": _plain(low), "high": _plain(high)}
        result[code] = interval | _levels(levels)
    return result


def _levels(values: Any) -> dict[str, float | None]:
    return {name: _plain(x) for name, x in zip(COLUMNS, values, strict=True)}


def _plain(value: Any) -> float | None:
    """A number as it is written in tables, the same on every machine; None if there is none."""
    return None if np.isnan(value) else float(f"{float(value):.10g}") + 0.0
