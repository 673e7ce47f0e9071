"""Why this move: every decision with what led to it, as a run's trace, and a day's in sentences."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sim.domain.constants import ACTS, BY_MOVE, CAUSES, MOVES, NEVER, REASONS, STATUSES
from sim.domain.dates import iso, spoken
from sim.domain.decision import PackageAct
from sim.domain.errors import ResultsError
from sim.reports.templates.rendering import render

if TYPE_CHECKING:
    from sim.domain.decision import Decision
    from sim.engines.mesa_engine import TradeModel


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
        "acts": _package(d.acts, measures),
        "strategy": strategy.spelling,
        "rule": strategy.sentence,
        "chances": dict(zip(MOVES, d.probabilities or (None, None, None), strict=True)),
        "moves": {
            MOVES[k]: {
                "possible": can[k],
                "acts": _package(c.acts, measures),
                "package_probability": c.probability,
                "now": c.now,
                "later": c.later,
                "value": c.value,
                "pressure": c.pressure,
            }
            for k, c in enumerate(d.candidates)
        },
        "view": d.view._asdict(),
        "memory": d.memory,
        "changes": [
            {
                "measure": measures[c.measure],
                "status": STATUSES[c.status],
                "level": c.level,
                "until": iso(c.until),
                "cause": CAUSES[c.cause],
            }
            for c in model.changes
            if c.day == d.day and c.cause == BY_MOVE and c.measure in issued and d.acts
        ],
        **({"game": {"round": d.day - model.start + 1, "unit": game.unit}} if game else {}),
    }


def _package(acts: Sequence[PackageAct], measures: Sequence[str]) -> list[dict[str, str]]:
    return [{"act": ACTS[a.act], "measure": measures[a.measure]} for a in acts]


def day_explanation(trace: list[dict[str, Any]], day: date) -> str:
    """All decisions of a day in sentences, in Markdown; raises ResultsError if nobody decided then."""
    rows = [row for row in trace if row["date"] == day.isoformat()]
    if not rows:
        days = sorted({date.fromisoformat(row["date"]) for row in trace}, key=lambda d: abs((d - day).days))
        nearest = ", ".join(str(d) for d in sorted(days[:4])) or "none at all"
        raise ResultsError(f"{day}: nobody decided on that day; the nearest are {nearest}")
    template = "game_explanation.md" if "game" in rows[0] else "explanation.md"
    words = {"day": spoken(day.toordinal()), "moves": MOVES, "never": NEVER}
    return "\n".join(render(template, row=row, **words) for row in rows)
