"""A card held against what happened: scores of its probabilities, of even ones and of the record's."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from sim.domain.errors import ResultsError
from sim.forecasting.card import read_card, resolved_path
from sim.scenarios.messages import place_of
from sim.statistics.scores import brier_scores, log_losses
from sim.storage.atomic_write import write_file
from sim.storage.provenance import as_json


def resolve(path: Path, outcome: str, source: str, on: date | None = None) -> dict[str, Any]:
    """The scores of a card, given the outcome.

    The Brier score is the sum over outcomes of the squared error [0 to 2], the log score -ln of the
    probability of what happened [nats]; lower is better. A probability of 0 is scored as that of half a run
    among all. `source` says where the outcome can be read, and nothing is resolved without one; `on` is the
    day on which it was known, the card's `by` if None. Only outcomes that the card calls known early may come
    before `by`. Raises ResultsError if the card is none or was changed, the outcome is unknown, or too early.
    """
    if not source.strip():
        raise ResultsError("source: expected where the outcome can be read, got nothing")
    card = read_card(path)
    names: list[str] = card["outcomes"]
    at = place_of(str(path), "outcome", outcome, names, ResultsError)
    as_of, by = (date.fromisoformat(card[key]) for key in ("as_of", "by"))
    day = on or by
    if day <= as_of:
        raise ResultsError(f"{path}: expected an outcome after {as_of}, the day of the forecast, got {day}")
    if day < by and outcome not in card["known_early"]:
        early = ", ".join(card["known_early"]) or "none"
        raise ResultsError(
            f"{path}: {outcome} is not known before {by}, got {day}; known earlier may be: {early}"
        )
    least = 0.5 / (card["draws"] * card["runs"])
    by_predictor = {
        "card": {name: card["chances"][name]["chance"] for name in names},
        "as_shipped": {name: card["chances"][name]["as_shipped"] for name in names},
        **{who: row["chances"] for who, row in card["baselines"].items()},
    }
    rows = [_possible([outcomes[name] for name in names], least) for outcomes in by_predictor.values()]
    places = [at] * len(rows)
    columns = [row[at] for row in rows], brier_scores(rows, places), log_losses(rows, places)
    scores = {
        who: {key: round(float(x), 6) for key, x in zip(("chance", "brier", "log"), line, strict=True)}
        for who, *line in zip(by_predictor, *columns, strict=True)
    }
    return {
        "kind": "snapback forecast resolved",
        "version": 1,
        "card": path.name,
        "digest": card["digest"],
        "question": card["question"],
        "outcome": outcome,
        "on": str(day),
        "source": source,
        "scores": scores,
        "baselines": {who: row["note"] for who, row in card["baselines"].items()},
    }


def due_cards(folder: Path, today: date) -> list[tuple[Path, dict[str, Any]]]:
    """The cards of a folder whose last day is over and that nobody has resolved, the oldest first."""
    unresolved = [path for path in sorted(folder.glob("*.json")) if not resolved_path(path).exists()]
    cards = [(path, read_card(path)) for path in unresolved if not path.name.endswith(".resolved.json")]
    over = [(path, card) for path, card in cards if date.fromisoformat(card["by"]) < today]
    return sorted(over, key=lambda due: (due[1]["by"], due[0].name))


def write_resolved(result: dict[str, Any], card: Path) -> Path:
    """Write the scores beside the card, unless it was resolved otherwise before; gives the path."""
    path = resolved_path(card)
    if path.exists():
        try:
            before = json.loads(path.read_text("utf-8")).get("outcome")
        except (OSError, ValueError, AttributeError):
            before = "something else"
        if before != result["outcome"]:
            raise ResultsError(f"{path}: the card was resolved as {before} before; remove that file first")
    write_file(path, as_json(result))
    return path


def _possible(probabilities: list[float], least: float) -> list[float]:
    """Chances of which none is 0, adding to one."""
    raised = [max(x, least) for x in probabilities]
    return [x / sum(raised) for x in raised]
