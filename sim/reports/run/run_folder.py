"""A run's folder: tables, story, picture, trace and manifest."""

from pathlib import Path
from typing import TYPE_CHECKING

from sim.reports.run.manifest import manifest_of
from sim.reports.run.story import run_story
from sim.reports.run.trace import trace_lines
from sim.storage.results_folder import MANIFEST, default_folder, results_folder, write_table, write_text

if TYPE_CHECKING:
    from sim.engines.mesa_engine import TradeModel

FILES = {
    MANIFEST,
    "moves.csv",
    "measures.csv",
    "state.csv",
    "story.md",
    "timeline.png",
    "trace.jsonl",
}


def folder_of(model: "TradeModel", out: Path | None) -> Path:
    """Where a run's files go: `out`, or results/runs/<scenario>-<fingerprint> in this folder."""
    return out or default_folder(model.source.name, manifest_of(model))


def write_run(model: "TradeModel", folder: Path) -> None:
    """Write a finished run: tables, story, picture, trace and manifest.

    Raises:
        ResultsError: the folder holds something else, or cannot be written.
    """
    from sim.reports.game.game_figure import draw_game
    from sim.reports.run.timeline import draw_timeline

    with results_folder(folder, FILES, manifest=manifest_of(model)) as part:
        write_table(model.moves, part / "moves.csv")
        write_table(model.measures, part / "measures.csv")
        write_table(model.state, part / "state.csv")
        write_text("".join(trace_lines(model)), part / "trace.jsonl")
        write_text(run_story(model), part / "story.md")
        draw = draw_timeline if model.source.game is None else draw_game
        draw(model, part / "timeline.png")
