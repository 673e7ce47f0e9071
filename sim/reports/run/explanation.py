"""Why this move: every decision with what led to it, as a run's trace, and in sentences."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.domain.constants import BY_MOVE, CAUSES, MOVES, NEVER, REASONS, STATUSES
from sim.domain.dates import iso
from sim.domain.terms import TERMS
from sim.engines.decision_reasons import act_names
from sim.reports.templates.rendering import render
from sim.reports.text.formats import percent

if TYPE_CHECKING:
    from sim.domain.decision import Decision
    from sim.engines.mesa_engine import TradeModel

DECISIONS = ["number", "day", "who", "why", "what", "chance"]  # columns of a list of decisions
LABELS = {term.name: term.label for term in TERMS} | {"minerals": "missing minerals"}
ACCOUNT_NAMES = {term.name: term.account for term in TERMS}
ANSWERS = {"escalate": "escalates", "hold": "holds", "relax": "relaxes"}


def decision_text(facts: Mapping[str, Any]) -> str:
    """A decision explained in sentences and tables, in Markdown; facts as of `decision_facts`."""
    words = {"moves": MOVES, "never": NEVER, "answers": ANSWERS, "accounts": ACCOUNT_NAMES}
    words |= {"labels": LABELS | {"answers": "expected answers"}}
    return render("game_explanation.md" if "game" in facts else "explanation.md", row=facts, **words)


def decision_lines(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """A run's decisions to choose from: number, day, who about whom, why, what, and how likely."""
    return [
        [
            str(k),
            row["date"],
            f"{row['capital']} about {row['partner_capital']}",
            row["reason"],
            row["move"] + ": " * bool(row["acts"]) + ", ".join(a["measure"] for a in row["acts"]),
            "" if row["reason"] == "forced" or chance is None else percent(chance),
        ]
        for k, row in enumerate(rows, 1)
        for chance in (row["chances"][row["said"]],)
    ]


def trace_of(model: "TradeModel", d: "Decision") -> dict[str, Any]:
    """Everything about a decision: what was due, seen, compared, drawn, done and changed."""
    codes, measures = model.names.governments, model.names.measures
    who, partner = codes[d.government], codes[d.partner]
    strategy = model.strategies[who]
    can = (d.view.can_escalate, True, d.view.can_relax)
    issued = {k for k, m in enumerate(model.source.measures) if (m.issuer, m.target) == (who, partner)}
    game, terms = model.source.game, d.reasons.get("moves", {})
    return {
        "date": iso(d.day),
        "government": who,
        "capital": model.source.governments[who].capital,
        "partner": partner,
        "partner_capital": model.source.governments[partner].capital,
        "reason": REASONS[d.reason],
        "said": MOVES[d.requested],
        "move": MOVES[d.move],
        "acts": [act_names(a, model.names) for a in d.acts],
        "strategy": strategy.spelling,
        "rule": strategy.sentence,
        "chances": dict(zip(MOVES, d.probabilities or (None, None, None), strict=True)),
        "moves": {
            word: {
                "possible": possible,
                "acts": [act_names(a, model.names) for a in c.acts],
                "way_probability": c.way_probability,
                "now": c.now,
                "later": c.later,
                "value": c.value,
                "pressure": c.pressure,
                **terms.get(word, {}),
            }
            for word, c, possible in zip(MOVES, d.candidates, can, strict=True)
        },
        **{key: value for key, value in d.reasons.items() if key != "moves"},
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
