"""Why this move: every decision with what led to it, written with the run and said in sentences."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.domain.constants import ACTS, BY_MOVE, CAUSES, MOVES, REASONS, STATUSES
from sim.domain.dates import iso
from sim.domain.errors import ResultsError

if TYPE_CHECKING:
    from sim.domain.decision import Decision
    from sim.engines.mesa_engine import TradeModel

TRACE = "trace.jsonl"


def trace_of(model: "TradeModel", d: "Decision") -> dict[str, Any]:
    """Everything about a decision: what was due, seen, compared, drawn, done and changed."""
    codes, measures = model.names.governments, model.names.measures
    who, partner = codes[d.government], codes[d.partner]
    strategy = model.strategies[who]
    can = (d.view.can_escalate, True, d.view.can_relax)
    issued = {k for k, m in enumerate(model.source.measures) if (m.issuer, m.target) == (who, partner)}
    game = model.source.game
    return {
        "date": iso(d.day),
        "government": who,
        "capital": model.source.governments[who].capital,
        "partner": partner,
        "partner_capital": model.source.governments[partner].capital,
        "reason": REASONS[d.reason],
        "said": MOVES[d.requested],
        "move": MOVES[d.move],
        "act": ACTS[d.act],
        "measure": measures[d.measure] if d.measure >= 0 else "",
        "strategy": strategy.spelling,
        "rule": strategy.sentence,
        "chances": dict(zip(MOVES, d.probabilities, strict=True)),
        "moves": {
            MOVES[k]: {
                "possible": can[k],
                "act": ACTS[c.act],
                "measure": measures[c.measure] if c.measure >= 0 else "",
                "now": c.now,
                "later": c.later,
                "value": c.value,
                "pressure": c.pressure,
            }
            for k, c in enumerate(d.candidates)
        },
        "view": d.view._asdict(),
        "changes": [
            {
                "measure": measures[c.measure],
                "status": STATUSES[c.status],
                "level": c.level,
                "until": iso(c.until),
                "cause": CAUSES[c.cause],
            }
            for c in model.changes
            if c.day == d.day and c.cause == BY_MOVE and c.measure in issued and d.act != 0
        ],
        **({"game": {"round": d.day - model.start + 1, "unit": game.unit}} if game else {}),
    }


def read_trace(folder: Path) -> list[dict[str, Any]]:
    """The decisions of a run from its folder.

    Raises:
        ResultsError: the folder holds no run.
    """
    path = folder / TRACE
    if not path.is_file():
        raise ResultsError(f"{folder}: expected the folder of a run with {TRACE}, got none")
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise ResultsError(f"{path}: cannot be read: {error}") from None
