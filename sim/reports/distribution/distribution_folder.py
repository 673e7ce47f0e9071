"""The spread of many runs as a folder, and as one JSON object."""

import shlex
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from sim.domain.constants import IN_FORCE, SUSPENDED
from sim.domain.dates import iso
from sim.engines.run_spec import last_day, strategies_of
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
    rounds_frame,
    subject_of,
    tariffs_frame,
)
from sim.reports.distribution.distribution_text import quantiles, tell_spread
from sim.reports.run.manifest import origin_of, versions, world_told
from sim.rules.ledger import Cost
from sim.scenarios.load import scenario
from sim.statistics.intervals import paired, wilson
from sim.storage.provenance import as_json
from sim.storage.results_folder import (
    MANIFEST,
    default_folder,
    fingerprint,
    results_folder,
    write_table,
    write_text,
)
from sim.studies.distribution import Distribution, DistributionSpec, counted

FILES = {MANIFEST, "spread.md", "events.csv", "tariffs.csv", "rounds.csv", "costs.csv", "spread.png"}
OWNER = "one of many runs"


def command_of(w: DistributionSpec) -> str:
    """What to type to play the same worlds again."""
    words = ["snapback", "run", w.scenario, "--runs", str(w.runs), "--seed", str(w.seed)]
    words += ["--engine", w.engine]
    words += ["--until", w.until] if w.until else []
    for option, given in (("--force", w.force), ("--strategy", w.strategy), ("--set", w.overrides)):
        words += [word for text in given for word in (option, text)]
    return shlex.join(words)


def manifest_of(w: DistributionSpec) -> dict[str, Any]:
    """Which worlds, by which code, with every number and every assumption: enough to play them again."""
    source = scenario(w.scenario, w.overrides)
    return {
        **origin_of(source),
        "versions": {**versions(), "numba": version("numba")},
        "command": command_of(w),
        "set": list(w.overrides),
        "seed": w.seed,
        "runs": w.runs,
        "engine": w.engine,
        "from": str(source.start),
        "until": iso(last_day(w.until, source)),
        "force": list(w.force),
        **world_told(source, strategies_of(w.strategy, source)),
    }


def folder_of(w: DistributionSpec, out: Path | None) -> Path:
    """Where the files go: `out`, or results/runs/<scenario>-<runs>-runs-<fingerprint> in this folder."""
    manifest = manifest_of(w)
    return out or default_folder(f"{manifest['scenario']['name']}-{w.runs}-runs", manifest)


def write_spread(s: Distribution, folder: Path) -> None:
    """Write the summary, the tables, the picture and the manifest.

    Raises:
        ResultsError: the folder holds something else, or cannot be written.
    """
    from sim.reports.distribution.distribution_figure import draw_spread

    with results_folder(folder, FILES, OWNER, manifest_of(s.worlds)) as part:
        write_text(tell_spread(s), part / "spread.md")
        write_table(events_frame(s), part / "events.csv")
        if s.source.game is None:
            write_table(tariffs_frame(s), part / "tariffs.csv")
        else:
            write_table(rounds_frame(s), part / "rounds.csv")
        write_table(costs_frame(s), part / "costs.csv")
        draw_spread(s, part / "spread.png")


def spread_as_json(s: Distribution, folder: Path) -> str:
    """The object that `--json` prints: what the summary says, in numbers."""
    told = manifest_of(s.worlds)
    found: dict[str, Any] = {
        "scenario": s.source.name,
        "title": s.source.title,
        "seed": s.worlds.seed,
        "runs": s.runs,
        "engine": s.worlds.engine,
        "from": iso(s.start),
        "until": iso(s.end),
        "fingerprint": fingerprint(told),
        "folder": str(folder),
        "strategies": {code: chosen.spelling for code, chosen in s.strategies.items()},
        "events": {f"{event.kind}:{subject_of(s, event)}": _event(s, event) for event in events_of(s)},
    }
    if s.source.game is not None:
        rounds = s.rounds_held.shape[1] - 1
        held = np.stack([counted(counts) / rounds for counts in s.rounds_held], axis=1)
        found |= {"unit": s.source.game.unit, "held": by_government(s, held)}
        return as_json({**found, "points_a_round": by_government(s, points(s, s.source.game))})
    found["cost_bn_usd"] = by_government(s, s.costs)
    found["cost_terms_bn_usd"] = {
        code: {key: _plain(s.terms[k, place]) for place, key in enumerate(Cost._fields) if key != "game"}
        for k, code in enumerate(s.names.governments)
    }
    found["months_escalating_share"] = {
        code: _plain(paired(counted(s.months[k]) / (s.months.shape[1] - 1)).mean)
        for k, code in enumerate(s.names.governments)
    }
    found["measures_at_the_end"] = {
        s.names.measures[k]: {
            "in_force": _plain(s.statuses[k, IN_FORCE, -1] / s.runs),
            "suspended": _plain(s.statuses[k, SUSPENDED, -1] / s.runs),
        }
        for k in changing(s)
    }
    codes = s.names.governments
    found["tariffs_at_the_end_per_cent"] = {
        f"{codes[i]}_on_{codes[j]}": {
            "mean": _plain(100 * fan.means[-1]),
            **{name: _plain(100 * x) for name, x in zip(COLUMNS, fan.quantiles(LEVELS)[:, -1], strict=True)},
        }
        for (i, j), fan in s.fans.items()
    }
    return as_json(found)


def _event(s: Distribution, event: RunEvent) -> dict[str, Any]:
    """The chance of an event by the last evening, and the day by which half of the runs that see it have."""
    counts = s.happened(event)
    low, high = wilson(counts[-1], s.runs)
    half = int(np.searchsorted(counts, (counts[-1] + 1) // 2))
    when = iso(s.start + half) if s.source.game is None else half + 1
    chances = {"chance": counts[-1] / s.runs, "low": float(low), "high": float(high)}
    return {
        **{key: round(float(x), DIGITS) for key, x in chances.items()},
        ("median_day" if s.source.game is None else "median_round"): when if counts[-1] else None,
    }


def by_government(s: Distribution, values: Any) -> dict[str, Any]:
    """Mean, interval and quantiles of a number that each run has for each government."""
    table = quantiles(values)
    found = {}
    for k, code in enumerate(s.names.governments):
        mean, low, high = paired(values[:, k])
        row: dict[str, Any] = {"mean": _plain(mean), "low": _plain(low), "high": _plain(high)}
        found[code] = row | {name: _plain(x) for name, x in zip(COLUMNS, table[:, k], strict=True)}
    return found


def _plain(value: Any) -> float | None:
    """A number as it is written in tables, the same on every machine; None if there is none."""
    return None if np.isnan(value) else float(f"{float(value):.10g}") + 0.0
