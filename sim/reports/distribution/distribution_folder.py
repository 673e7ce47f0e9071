"""A distribution of runs as a folder, and as one JSON object."""

from pathlib import Path
from typing import Any

import numpy as np

from sim.domain.constants import IN_FORCE, STATUSES, SUSPENDED
from sim.domain.dates import iso
from sim.domain.terms import COSTS
from sim.engines.run_spec import RunSpec
from sim.outcomes.run_events import RunEvent
from sim.reports.distribution import distribution_tables as tables
from sim.reports.distribution.distribution_text import distribution_text
from sim.reports.run.manifest import MADE_WITH, origin_of, world_contents
from sim.scenarios.schema import Scenario
from sim.statistics.intervals import wilson
from sim.storage import results_folder as storage
from sim.storage.provenance import versions_of
from sim.studies.distribution import Distribution

FILES = {storage.MANIFEST, "spread.md", "events.csv", "tariffs.csv", "rounds.csv", "costs.csv"}
FILES |= {"run.html", *storage.picture_names("spread")}
OWNER = "one of many runs"


def manifest_of(spec: RunSpec) -> dict[str, Any]:
    """Which worlds, by which code, with every number and every assumption: enough to have them again."""
    source = spec.load()
    return {
        **origin_of(source),
        "versions": versions_of((*MADE_WITH, "numba")),
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
    """Where the files go: `out`, or results/runs/<scenario>-<runs>-runs-<fingerprint> here; checked."""
    manifest = manifest_of(spec)
    name = f"{manifest['scenario']['name']}-{spec.runs}-runs"
    return storage.chosen_folder(out, name, manifest, FILES, OWNER)


def write_distribution(s: Distribution, folder: Path, kind: str = "png") -> None:
    """Write the summary, the tables, the page, the picture as a file of a kind, and the manifest."""
    from sim.reports.distribution.distribution_figure import draw_distribution
    from sim.reports.page.page_file import live_world
    from sim.reports.run.run_page import write_page

    text, manifest = distribution_text(s), manifest_of(s.spec)
    with storage.results_folder(folder, FILES, OWNER, manifest) as part:
        storage.write_text(text, part / "spread.md")
        write_page(text, draw_distribution(s), part / f"spread.{kind}", manifest, live=live_world(s.spec))
        storage.write_table(tables.events_frame(s), part / "events.csv")
        name, frame = (
            ("tariffs", tables.tariffs_frame) if s.source.game is None else ("rounds", tables.rounds_frame)
        )
        storage.write_table(frame(s), part / f"{name}.csv")
        storage.write_table(tables.costs_frame(s), part / "costs.csv")


def distribution_as_json(s: Distribution, folder: Path) -> dict[str, Any]:
    """The object that `--json` prints: what the summary says, in numbers."""
    codes, game = s.names.governments, s.source.game
    summary: dict[str, Any] = {
        **header_of(s.spec, s.source),
        "fingerprint": storage.fingerprint(manifest_of(s.spec)),
        "folder": str(folder),
        "strategies": {code: strategy.spelling for code, strategy in s.strategies.items()},
        "forced": s.forced.counts,
        "events": {
            f"{event.kind}:{tables.subject_of(s, event)}": _event(s, event) for event in tables.events_of(s)
        },
    }
    if game is not None:
        summary |= {"unit": game.unit, "held": by_government(s, tables.shares_of(s.rounds_held))}
        summary["points_a_round"] = by_government(s, tables.points(s, game))
        return {key: plain_numbers(x) for key, x in summary.items()}
    ends = {STATUSES[status]: s.statuses[:, status, -1] / s.runs for status in (IN_FORCE, SUSPENDED)}
    summary |= {
        "cost_economy_bn_usd": by_government(s, s.costs[:, :, 0]),
        "cost_politics_bn_usd_equivalents": by_government(s, s.costs[:, :, 1]),
        "cost_terms": {
            code: {key: x for key, x in zip(COSTS, row, strict=True) if key != "game"}
            for code, row in zip(codes, s.terms, strict=True)
        },
        "months_escalating_share": dict(zip(codes, tables.shares_of(s.months).mean(axis=0), strict=True)),
        "measures_at_the_end": {
            s.names.measures[k]: {status: shares[k] for status, shares in ends.items()}
            for k in tables.changing(s)
        },
        "tariffs_at_the_end_per_cent": {
            f"{codes[i]}_on_{codes[j]}": {"mean": 100 * fan.means[-1]}
            | dict(zip(tables.COLUMNS, 100 * fan.quantiles(tables.LEVELS)[:, -1], strict=True))
            for (i, j), fan in s.fans.items()
        },
    }
    return {key: plain_numbers(x) for key, x in summary.items()}


def header_of(spec: RunSpec, source: Scenario) -> dict[str, Any]:
    """Which runs, as summaries of many begin."""
    return {
        "scenario": source.name,
        "title": source.title,
        "seed": spec.seed,
        "runs": spec.runs,
        "engine": spec.engine,
        "from": str(source.start),
        "until": iso(spec.last_day(source)),
    }


def _event(s: Distribution, event: RunEvent) -> dict[str, Any]:
    """The probability of an event by the last evening, and the day by which half of its runs have it."""
    counts = s.happened(event)
    half = int(np.searchsorted(counts, (counts[-1] + 1) // 2))
    key, when = ("median_day", iso(s.start + half)) if s.source.game is None else ("median_round", half + 1)
    values = (counts[-1] / s.runs, *wilson(counts[-1], s.runs))
    shares = {
        k: round(float(x), tables.DIGITS) for k, x in zip(("chance", "low", "high"), values, strict=True)
    }
    return {**shares, key: when if counts[-1] else None}


def by_government(s: Distribution, values: Any) -> dict[str, Any]:
    """Mean, interval and quantiles of a number that each run has for each government."""
    return {code: tables.spread_of(x) for code, x in zip(s.names.governments, values.T, strict=True)}


def plain_numbers(value: Any) -> Any:
    """A value with its numbers as tables have them, the same on every machine; None where there is none."""
    if isinstance(value, dict):
        return {key: plain_numbers(x) for key, x in value.items()}
    if isinstance(value, float):
        return None if np.isnan(value) else float(f"{value:.10g}") + 0.0
    return value
