"""A run's folder: tables, story, picture, trace and manifest."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.reports.run.manifest import fingerprint, manifest_of
from sim.reports.run.story import tell_story
from sim.reports.run.trace import trace_lines
from sim.storage import atomic_folder

if TYPE_CHECKING:
    import pandas as pd

    from sim.engines.mesa_engine import TradeModel

MANIFEST = "manifest.json"
FILES = {
    MANIFEST,
    "moves.csv",
    "measures.csv",
    "state.csv",
    "story.md",
    "timeline.png",
    "trace.jsonl",
}
DIGITS = "%.10g"


def folder_of(model: "TradeModel", out: Path | None) -> Path:
    """Where a run's files go: `out`, or results/runs/<scenario>-<fingerprint> in this folder."""
    if out is not None:
        return out
    return Path("results") / "runs" / f"{model.source.name}-{fingerprint(manifest_of(model))}"


def check_folder(folder: Path) -> None:
    """Raise ResultsError if a run must not be written here: see `sim.storage.atomic_folder`."""
    atomic_folder.check_folder(folder, FILES)


def write_run(model: "TradeModel", folder: Path) -> None:
    """Write a finished run: tables, story, picture, trace and manifest.

    Raises:
        ResultsError: the folder holds something else, or cannot be written.
    """
    from sim.reports.game.game_figure import draw_game
    from sim.reports.run.timeline import draw_timeline

    folder = folder.resolve()
    check_folder(folder)
    with atomic_folder.written_aside(folder) as part:
        write_table(model.moves, part / "moves.csv")
        write_table(model.measures, part / "measures.csv")
        write_table(model.state, part / "state.csv")
        write_text("".join(trace_lines(model)), part / "trace.jsonl")
        write_text(tell_story(model), part / "story.md")
        draw = draw_timeline if model.source.game is None else draw_game
        draw(model, part / "timeline.png")
        write_text(as_json(manifest_of(model)), part / MANIFEST)


def as_json(value: Any) -> str:
    """A value as indented JSON with a closing newline."""
    return json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def write_table(frame: "pd.DataFrame", path: Path) -> None:
    """Write a table as CSV, the same bytes on every machine."""
    frame.to_csv(path, index=False, float_format=DIGITS, lineterminator="\n")


def write_text(text: str, path: Path) -> None:
    """Write a text as UTF-8 with plain newlines."""
    path.write_text(text, encoding="utf-8", newline="\n")
