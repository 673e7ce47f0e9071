"""A comparison for people: its summary, story and picture, and the folder that holds them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.engines.run_spec import RunSpec
from sim.reports.comparison.comparison_figure import draw_comparison, name_of
from sim.reports.distribution import distribution_folder as distributions
from sim.reports.distribution.distribution_tables import spread_of
from sim.reports.run.run_page import write_page
from sim.reports.templates.rendering import Markdown, render
from sim.statistics.intervals import wilson
from sim.storage import results_folder as storage
from sim.storage.provenance import as_json
from sim.studies.paired_comparison import Comparison

FILES = {storage.MANIFEST, "pairs.csv", "summary.json", "story.md", "comparison.html"}
FILES |= storage.picture_names("comparison")
OWNER = "a comparison's"


def summary_of(c: Comparison) -> dict[str, Any]:
    """What the change does, in numbers, as `sim/reports/schemas/compare.json` describes it."""
    pairs, days = c.averaged, sorted(c.averaged["parting_day"].dropna().dt.strftime("%Y-%m-%d"))
    silent = len(pairs) - len(days)
    low, high = (float(end) for end in wilson(silent, len(pairs)))
    values: dict[str, Any] = {
        **distributions.header_of(c.spec, c.source),
        "forced": c.forced.counts,
        "strategy": list(c.spec.strategy),
        "set": list(c.spec.overrides),
        "both": list(c.both),
        "pairs_averaged": len(pairs),
        "never_part": {"pairs": silent, "share": silent / len(pairs), "low": low, "high": high},
        "parting_days": [days[k] for k in (0, len(days) // 2, -1)] if days else None,
        "first_difference": c.first._asdict() if c.first else None,
        "first_unforced_difference": c.then._asdict() if c.then else None,
        "differences": {
            column: spread_of(c.averaged[column].to_numpy(float))
            for group in c.groups.values()
            for column in group.values()
        },
    }
    return {key: distributions.plain_numbers(value) for key, value in values.items()}


def comparison_story(c: Comparison) -> Markdown:
    """What the change does, in Markdown."""
    return Markdown(render("comparison.md", c=c, s=summary_of(c), name_of=name_of))


def write_comparison(c: Comparison, folder: Path, kind: str = "png") -> None:
    """Write pairs, summary, story, page, picture as a file of a kind, and manifest."""
    story, manifest = comparison_story(c), manifest_of(c.spec, c.both)
    with storage.results_folder(folder, FILES, OWNER, manifest) as part:
        storage.write_table(c.pairs, part / "pairs.csv")
        storage.write_text(as_json(summary_of(c)), part / "summary.json")
        storage.write_text(story, part / "story.md")
        write_page(story, draw_comparison(c), part / f"comparison.{kind}", manifest, "comparison.html")


def manifest_of(spec: RunSpec, both: Sequence[str]) -> dict[str, Any]:
    """Which worlds, by which code, with every number: enough to have them again."""
    command = spec.command("compare", *(word for text in both for word in ("--both", text)))
    return {**distributions.manifest_of(spec), "command": command, "both": list(both)}


def folder_of(spec: RunSpec, both: Sequence[str], out: Path | None) -> Path:
    """Where the files go: `out`, or results/runs/compare-<scenario>-<runs>-runs-<fingerprint>; checked."""
    manifest = manifest_of(spec, both)
    name = f"compare-{manifest['scenario']['name']}-{spec.runs}-runs"
    return storage.chosen_folder(out, name, manifest, FILES, OWNER)
