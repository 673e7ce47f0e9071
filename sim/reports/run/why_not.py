"""Why nothing was done with a measure: what it would have brought, against what was done."""

from collections.abc import Mapping
from typing import Any

from sim.domain.constants import ACTS, MOVE_OF_ACT, MOVES, STATUSES
from sim.domain.dates import iso
from sim.domain.errors import ResultsError
from sim.engines.decision_reasons import DIGITS, DecisionCase, act_names, move_reasons
from sim.engines.decision_replay import ReplayedDecision
from sim.rules.packages import NONE, join_probability, precision_of
from sim.scenarios.messages import did_you_mean, quoted

DECIDE = 0.85  # part of all differences that the terms that are shown make up


def why_not(
    d: ReplayedDecision, case: DecisionCase, facts: Mapping[str, Any], measure: str
) -> dict[str, Any]:
    """What an act on a measure would have brought on the morning of a decision, against what was done.

    Raises ResultsError if there is no such measure, or the government has no say in it.
    """
    names = d.names
    if measure not in names.measures:
        raise ResultsError(
            f"why not: there is no measure {quoted(measure)}; {did_you_mean(measure, names.measures)}"
        )
    number = names.measures.index(measure)
    entry, state = d.source.measures[number], case.world.measures[number]
    if (state.issuer, state.target) != (d.government, d.partner):
        issuer, target = (d.source.governments[code].capital for code in (entry.issuer, entry.target))
        raise ResultsError(
            f"why not: {measure} is a measure of {issuer} on {target}; "
            f"this decision is {facts['capital']}'s about {facts['partner_capital']}"
        )
    rows = case.world.acts[: case.t.rows]
    answer: dict[str, Any] = {
        "measure": measure,
        "title": entry.title,
        "status": STATUSES[state.status],
        "level": state.level,
        "announced_for": iso(state.enters_on) or None,
        "in_package": any(act["measure"] == measure for act in facts["acts"]),
        "act": None,
        "move": None,
    }
    on_it = [k for k, row in enumerate(rows) if row.measure == number]
    if not on_it:
        return answer
    mine = min(on_it, key=lambda k: MOVE_OF_ACT[rows[k].act])
    move, chosen_move = MOVE_OF_ACT[rows[mine].act], MOVES.index(facts["move"])
    acts = facts["moves"][facts["move"]]["acts"]
    package = [k for k, row in enumerate(rows) if act_names(row, names) in acts]
    others = [k for k, row in enumerate(rows) if MOVE_OF_ACT[row.act] == move]
    best = max(others, key=lambda k: rows[k].value)
    against = [best] if move == chosen_move else package
    gain, terms = _difference(case, (move, [mine]), (chosen_move, against))
    answer |= {
        "act": ACTS[rows[mine].act],
        "move": MOVES[move],
        "alone": rows[mine].value,
        "rank": 1 + sum(rows[k].value > rows[mine].value + NONE for k in others),
        "acts_of_move": len(others),
        "against": act_names(rows[best], names) if move == chosen_move else None,
        "against_value": rows[mine].value - gain,
        "terms": terms,
        "executes": rows[mine].executes,
        "comes_first": facts["table_of_acts"][mine]["comes_first"],
        "added": None,
    }
    if move == chosen_move and not answer["in_package"]:
        gain, terms = _difference(case, (move, [*package, mine]), (move, package))
        joins = join_probability(gain, precision_of(case.world, d.government))
        answer["added"] = {"gain": gain, "terms": terms, "joins": joins}
    return answer


def _difference(
    case: DecisionCase, one: tuple[int, list[int]], other: tuple[int, list[int]]
) -> tuple[float, dict[str, float]]:
    """By how much a move by some acts is worth more than another, and the terms that make most of it."""
    terms, others = (move_reasons(case, *move)["terms"] for move in (one, other))
    gaps = [(name, round(terms[name] - others[name], DIGITS)) for name in terms]
    gaps.sort(key=lambda gap: -abs(gap[1]))
    sizes = [abs(gap) for _, gap in gaps]
    needed = next(k for k in range(len(gaps) + 1) if sum(sizes[:k]) >= DECIDE * sum(sizes))
    return sum(gap for _, gap in gaps), dict(gaps[:needed])
