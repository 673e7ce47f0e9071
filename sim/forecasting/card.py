"""A forecast as a card: everything that was said, by which data and code, and a digest that seals it."""

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from sim.domain.dates import iso
from sim.domain.errors import ResultsError
from sim.forecasting.forecast import Forecast, ForecastSpec, events_digest
from sim.forecasting.pathways import PathwayShare
from sim.forecasting.record_odds import baselines
from sim.scenarios.assumptions import owner_of
from sim.scenarios.numbers import Number
from sim.storage.atomic_write import check_writable
from sim.storage.provenance import code_digest, digest_of, versions_of
from sim.storage.results_folder import short_name

KIND: Final = "snapback forecast card"
VERSION: Final = 1
FOLDER: Final = Path("results") / "forecasts"  # of cards, in the folder one works in
DRIVERS = 10  # of each outcome, on the card
DIGITS = 6  # of probabilities
# In the order of ForecastUncertainty and of Driver:
UNCERTAINTY_KEYS: Final = ("chance", "error_95", "p10", "p50", "p90", "luck")
DRIVER_KEYS: Final = ("path", "shift", "error", "low", "high", "real")
PACKAGES: Final = ("mesa", "numpy", "pandas", "matplotlib", "numba", "scipy")
PLAIN: Final = (
    "Numbers that nobody has measured are as shipped, or drawn from ranges that were assumed; none has been "
    "fitted to the record. The spread is over those ranges, and says nothing of what the model leaves out."
)
FITTED: Final = "Numbers given by --set and --strategy are as the user gave them, and were not drawn."


def card_path(spec: ForecastSpec, out: Path | None) -> Path:
    """Where the card goes: `out`, or FOLDER/SCENARIO-EVENT-by-DATE.json in this folder."""
    if out is None:
        event = re.sub(r"[^A-Za-z0-9]+", "-", spec.event).strip("-")
        name = f"{Path(spec.scenario).stem}-{spec.as_of}-{event}-by-{spec.by}"
        return FOLDER / f"{short_name(name)}.json"
    if out.suffix != ".json":
        raise ResultsError(
            f"{out}: expected a file that ends in .json, for the card; the picture goes beside it"
        )
    return out


def check_card_path(path: Path, kind: str = "png") -> None:
    """Raise ResultsError if a card must not be written here: another file, or a card that was scored."""
    picture, scored = path.with_suffix(f".{kind}"), resolved_path(path)
    if path.exists() and not _is_card(path):
        raise ResultsError(f"{path}: expected a new file or a forecast card, got something else")
    if picture.exists() and not path.exists():
        raise ResultsError(f"{path}: its picture would replace {picture.name}, which belongs to no card")
    if scored.exists():
        raise ResultsError(f"{path}: the card there has been scored in {scored.name}, and is not replaced")
    check_writable(path)


def resolved_path(card: Path) -> Path:
    """Where the scores of a card go: CARD.resolved.json beside it."""
    return card.with_name(f"{card.stem}.resolved.json")


def _is_card(path: Path) -> bool:
    try:
        card = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(card, dict) and card.get("kind") == KIND


def card_content(f: Forecast) -> dict[str, Any]:
    """The card of a forecast: plain values only, the same for the same question, data and code."""
    spec = f.spec
    others = baselines(f.event, f.record, spec.as_of)
    card = {
        "kind": KIND,
        "version": VERSION,
        "written": str(spec.as_of),
        "question": f.event.sentence,
        "event": spec.event,
        "as_of": str(spec.as_of),
        "by": str(spec.by),
        "governments": {code: g.capital for code, g in f.source.governments.items()},
        "outcomes": list(f.event.outcomes),
        "known_early": list(f.event.early),
        "headline": f.headline,
        "chances": {
            name: {
                **_rounded(dict(zip(UNCERTAINTY_KEYS, f.uncertainties[name], strict=False))),
                "as_shipped": round(f.shipped[name], DIGITS),
            }
            for name in f.event.outcomes
        },
        "baselines": {b.name: {"chances": _rounded(b.probabilities), "note": b.note} for b in others},
        "paths": [_pathway(f, share) for share in f.pathways],
        "drivers": {
            name: [
                {**_rounded(dict(zip(DRIVER_KEYS, d, strict=True))), "owner": owner_of(d.path, f.source)}
                for d in drivers[:DRIVERS]
            ]
            for name, drivers in f.drivers.items()
        },
        "caution": " ".join([PLAIN, *([FITTED] if spec.overrides or spec.strategy else [])]),
        "past": {
            "forced": list(f.forced),
            "carried": list(f.history.carried),
            "left": f.history.not_carried,
            "written_with": list(f.history.foreseen),
        },
        "drawn": {
            path: {"value": n.value, "low": n.low, "high": n.high, "unit": n.unit, **_shape(n)}
            for path, n in f.numbers.items()
        },
        "kept": f.without_range,
        "draws": spec.draws,
        "draws_refused": f.refused,
        "runs": spec.runs,
        "runs_as_shipped": spec.runs_as_shipped,
        "seed": spec.seed,
        "set": list(spec.overrides),
        "strategy": list(spec.strategy),
        "command": forecast_command(spec),
        "scenario": {"name": f.source.name, "title": f.source.title, "sha256": f.source.digest},
        "events": {"file": f.record.file, "sha256_to_as_of": events_digest(f.record, spec.as_of)},
        "code": code_digest(),
        "snapback": version("snapback"),
        "versions": versions_of(PACKAGES),
    }
    return {**card, "digest": card_digest(card)}


def card_digest(card: Mapping[str, Any]) -> str:
    """SHA-256 of a card but for its digest."""
    return digest_of({key: value for key, value in card.items() if key != "digest"})


def read_card(path: Path) -> dict[str, Any]:
    """A card of a file; raises ResultsError if it is none, or has been changed since it was written."""
    try:
        card = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ResultsError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (ValueError, RecursionError):
        raise ResultsError(f"{path}: expected a forecast card in JSON, got something else") from None
    if not isinstance(card, dict) or card.get("kind") != KIND:
        raise ResultsError(f"{path}: expected a forecast card, got something else")
    if card.get("version") != VERSION:
        raise ResultsError(f"{path}: expected a card of version {VERSION}, got {card.get('version')!r}")
    if card.get("digest") != card_digest(card):
        raise ResultsError(
            f"{path}: this card has been changed since it was written; its digest does not fit"
        )
    return card


def forecast_command(spec: ForecastSpec) -> str:
    """What to type to make the same forecast again."""
    words = ["snapback", "forecast", "--scenario", spec.scenario, "--as-of", str(spec.as_of)]
    words += ["--event", spec.event, "--by", str(spec.by)]
    words += ["--draws", str(spec.draws), "--runs", str(spec.runs), "--seed", str(spec.seed)]
    words += ["--events", str(spec.events)] if spec.events else []
    return shlex.join([*words, *replace(spec.runs_of(), until=None).options])


def story_command(f: Forecast, run: int) -> str:
    """What to type to read the story of a run with the shipped numbers."""
    words = ["snapback", "run", f.spec.scenario, "--seed", str(f.spec.seed), "--run", str(run)]
    return shlex.join([*words, *f.spec.runs_of(f.forced).options])


def _pathway(f: Forecast, share: PathwayShare) -> dict[str, Any]:
    run = f.examples.get(tuple(share.pathway))
    return {
        **share.pathway._asdict(),
        "share": round(share.share, DIGITS),
        "median_day": None if share.day is None else iso(share.day),
        "example": {"draw": share.example[0], "run": share.example[1]},
        "run_as_shipped": run,
        "story": None if run is None else story_command(f, run),
    }


def _shape(number: Number) -> dict[str, str]:
    return {"distribution": number.distribution} if number.distribution else {}


def _rounded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: round(x, DIGITS) if isinstance(x, float) else x for k, x in values.items()}
