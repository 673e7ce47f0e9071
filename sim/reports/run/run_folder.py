"""A run as a folder, written and read, and as one JSON object."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.domain.constants import BY_MOVE, BY_SUNSET, EXTEND, IN_FORCE, MOVES, REACTIVATE
from sim.domain.dates import iso
from sim.domain.errors import EngineError, ResultsError
from sim.domain.terms import ECONOMY, POLITICS
from sim.engines.decision_replay import RunTrace
from sim.engines.run_spec import RunSpec
from sim.reports.game.game_story import game_results
from sim.reports.run.explanation import trace_of
from sim.reports.run.manifest import manifest_of
from sim.reports.run.offers import offers_of
from sim.reports.run.story import run_story
from sim.storage import results_folder as storage

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.engines.mesa_engine import TradeModel

DAYS = {"date", "until"}  # columns of tables
TRACE, TALKS = "trace.jsonl", "talks.jsonl"
FILES = {storage.MANIFEST, "moves.csv", "measures.csv", "state.csv", "story.md", "run.html", TRACE, TALKS}
FILES |= storage.picture_names("timeline")


def folder_of(model: "TradeModel", out: Path | None) -> Path:
    """Where a run's files go: `out`, or results/runs/<scenario>-<fingerprint> in this folder; checked."""
    return storage.chosen_folder(out, model.source.name, manifest_of(model), FILES)


def draw_run(model: "TradeModel", path: Path | None = None, **named: Any) -> "Figure":
    """Draw what has been played of a run, as `picture` takes it; an EngineError if nothing has."""
    if not model.recorder.days:
        raise EngineError("plot: expected a model that has been run, got one at its first morning")
    from sim.reports.game.game_figure import draw_game
    from sim.reports.run.timeline import draw_timeline

    return (draw_timeline if model.source.game is None else draw_game)(model, path, **named)


def write_run(model: "TradeModel", folder: Path, kind: str = "png") -> None:
    """Write a finished run: tables, story, page, picture as a file of a kind, trace and manifest."""
    from sim.reports.page.page_file import live_world
    from sim.reports.run.run_page import write_page

    manifest, story = manifest_of(model), run_story(model)
    command = model.spec.command("run", *(["--run", str(model.number)] if model.number else []))
    with storage.results_folder(folder, FILES, manifest=manifest) as part:
        for name in ("moves", "measures", "state"):
            storage.write_table(getattr(model, name), part / f"{name}.csv")
        lines = [json.dumps(trace_of(model, d), ensure_ascii=False) + "\n" for d in model.decisions]
        storage.write_text("".join(lines), part / TRACE)
        if model.source.talks is not None:
            lines = [json.dumps(offer, ensure_ascii=False) + "\n" for offer in offers_of(model)]
            storage.write_text("".join(lines), part / TALKS)
        storage.write_text(story, part / "story.md")
        about = {**manifest, "command": command}
        live = live_world(model.spec, model.number)
        write_page(story, draw_run(model), part / f"timeline.{kind}", about, live=live)


def read_run(folder: Path) -> RunTrace:
    """A run whose decisions can be explained, from its folder; raises ResultsError if that holds none."""
    rows = read_trace(folder)
    try:
        m = json.loads((folder / storage.MANIFEST).read_text("utf-8"))
        typed, changes = m["typed"], (m["until"], m["force"])
        spec = RunSpec.of(
            typed["scenario"], *changes, typed["strategy"], m["set"], seed=m["seed"], engine="mesa"
        )
        return RunTrace(rows, spec, m["run"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResultsError(f"{folder / storage.MANIFEST}: cannot be read: {error}") from None


def read_trace(folder: Path) -> list[dict[str, Any]]:
    """The decisions of a run from its folder; raises ResultsError if that holds none."""
    if not (folder / TRACE).is_file():
        raise ResultsError(f"{folder}: expected the folder of a run with {TRACE}, got none")
    return _read_lines(folder / TRACE)


def read_offers(folder: Path, day: str) -> list[dict[str, Any]]:
    """The offers of a day, from the folder of a run; none in a world without talks."""
    path = folder / TALKS
    return [o for o in _read_lines(path) if o["date"] == day] if path.is_file() else []


def _read_lines(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise ResultsError(f"{path}: cannot be read: {error}") from None


def summary_of(model: "TradeModel", folder: Path) -> dict[str, Any]:
    """What a run came to: its name, its moves counted, what came back and what it cost."""
    counts = Counter((d.government, d.move) for d in model.decisions)
    summary = {
        "scenario": model.source.name,
        "title": model.source.title,
        "seed": model.seed_used,
        "run": model.number,
        "from": iso(model.start),
        "until": iso(model.day),
        "fingerprint": storage.fingerprint(manifest_of(model)),
        "folder": str(folder),
        "strategies": {code: s.spelling for code, s in model.strategies.items()},
        "moves": {
            code: {word: counts[i, k] for k, word in enumerate(MOVES)}
            for i, code in enumerate(model.names.governments)
        },
    }
    if model.source.game is not None:
        return summary | game_results(model, model.source.game)
    reactivated = {(d.day, a.measure) for d in model.decisions for a in d.acts if a.act == REACTIVATE}
    lapsed = [c for c in model.changes if c.cause == BY_SUNSET and c.status == IN_FORCE]
    return summary | {
        "snapped_back": [
            {"date": iso(c.day), "measure": model.names.measures[c.measure]}
            for c in model.changes
            if c.cause == BY_MOVE and (c.day, c.measure) in reactivated
        ],
        "lapsed": [{"date": iso(c.day), "measure": model.names.measures[c.measure]} for c in lapsed],
        "deals": [_deal(o) for o in offers_of(model) if "due_on" in o],
        "extensions": sum(any(a.act == EXTEND for a in d.acts) for d in model.decisions),
        "cost_economy_bn_usd": model.costs.loc[ECONOMY].to_dict(),
        "cost_politics_bn_usd_equivalents": model.costs.loc[POLITICS].to_dict(),
        "cost_terms": model.cost_terms.to_dict(),
    }


def _deal(offer: dict[str, Any]) -> dict[str, Any]:
    """A deal in short: measures, worths and whether it was carried out, by government."""
    gives = {code: [act["measure"] for act in acts] for code, acts in offer["gives"].items()}
    return {"gives": gives, **{key: offer[key] for key in ("date", "worth", "due_on", "fulfilled")}}


def run_as_json(model: "TradeModel", folder: Path) -> dict[str, Any]:
    """The object that `--json` prints: summary, moves and measures, rows as in the CSV files."""
    values: dict[str, Any] = {"summary": summary_of(model, folder)}
    for name, frame in (("moves", model.moves), ("measures", model.measures)):
        texts = frame.assign(**{day: frame[day].dt.strftime("%Y-%m-%d") for day in DAYS & set(frame)})
        values[name] = texts.astype(object).where(texts.notna(), None).to_dict("records")
    return values
