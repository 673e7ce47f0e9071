"""A run's folder: written aside, then renamed, so that there is never half of one."""

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.domain.errors import ResultsError
from sim.reports.manifest import fingerprint, manifest_of
from sim.reports.story import tell_story
from sim.reports.trace import trace_lines

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
    """Raise ResultsError if a run must not be written here.

    A folder that holds a run and nothing else is replaced, an empty one is filled, anything else is
    left alone.
    """
    if folder.is_dir():
        others = sorted(path.name for path in folder.iterdir() if path.name not in FILES)
        if others:
            raise ResultsError(
                f"{folder}: expected a new folder, an empty one or a run's, got one with other files: "
                f"{', '.join(others[:3])}"
            )
    if folder.resolve() == Path.cwd():
        raise ResultsError(f"{folder}: expected another folder than the current one, which is replaced whole")
    if folder.exists() and not folder.is_dir():
        raise ResultsError(f"{folder}: expected a folder, got a file")


def write_run(model: "TradeModel", folder: Path) -> None:
    """Write a finished run: tables, story, picture, trace and manifest.

    Raises:
        ResultsError: the folder holds something else, or cannot be written.
    """
    from sim.reports.game_picture import draw_game
    from sim.reports.timeline import draw_timeline

    folder = folder.resolve()
    check_folder(folder)
    _sweep(folder)
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        aside.mkdir(parents=True)
        _write_table(model.moves, aside / "moves.csv")
        _write_table(model.measures, aside / "measures.csv")
        _write_table(model.state, aside / "state.csv")
        _write_text("".join(trace_lines(model)), aside / "trace.jsonl")
        _write_text(tell_story(model), aside / "story.md")
        draw = draw_timeline if model.source.game is None else draw_game
        draw(model, aside / "timeline.png")
        _write_text(as_json(manifest_of(model)), aside / MANIFEST)
        if folder.exists():
            folder.rename(old)
        aside.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise ResultsError(f"{folder}: cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if old.exists() and not folder.exists():
            old.rename(folder)


def _sweep(folder: Path) -> None:
    """Remove what a killed run of the same folder left aside."""
    for left in folder.parent.glob(f".{folder.name}.*.part"):
        owner = left.name.split(".")[-2]
        if owner.isdecimal() and not _alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def as_json(value: Any) -> str:
    """A value as indented JSON with a closing newline."""
    return json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _write_table(frame: "pd.DataFrame", path: Path) -> None:
    frame.to_csv(path, index=False, float_format=DIGITS, lineterminator="\n")


def _write_text(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
