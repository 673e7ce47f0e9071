"""Why a move is worth what it is: payoff terms, answers expected and the table of acts, for the trace.

A measure costs its own government no minerals, purchases or exports: those are in the partner's answers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sim.domain.constants import ACTS, MOVE_OF_ACT, MOVES, REACTIVATE
from sim.domain.decision import PackageAct
from sim.domain.state import ActRow, Names, World
from sim.domain.terms import ACTS as ATTENTION
from sim.domain.terms import AUDIENCE, CONTROLS, RENT, SECURITY, TERMS, TRADE
from sim.engines.decision_turn import DecisionTurn
from sim.rules.act_table import ActTable, fill_table
from sim.rules.indexing import pair_of
from sim.rules.move_values import value_of
from sim.rules.outlook import Outlook, outlook
from sim.rules.package_values import NOTHING, reception, worth_of_answers
from sim.rules.packages import final_move, leave_plans, with_act

DIGITS = 6  # of billions of dollars
COLUMNS = (  # of the table of acts, that are left out where they are 0
    *("trade", "rent", "controls", "attention", "executes"),
    *("partner_trade", "partner_harm", "partner_minerals", "partner_controls", "partner_concessions"),
)
CERTAIN = ((1.0, 0.0), (0.0, 0.0), (0.0, 1.0))  # probabilities of escalating and relaxing, for each answer


class DecisionCase(NamedTuple):
    """A decision to be made: the morning's world, and the first two steps of the decision on it."""

    world: World
    o: Outlook
    t: ActTable


def case_of(world: World, government: int, partner: int, day: int) -> DecisionCase:
    """The first two steps of a decision; rows of the table of acts keep the value of each act alone."""
    o = outlook(world, government, partner, day)
    return DecisionCase(world, o, fill_table(world, o))


def reasons_of(world: World, names: Names, turn: DecisionTurn) -> dict[str, Any]:
    """The reasons of a decision, as the trace has them; nothing for a matrix game.

    `world` is the morning's state with the table of acts of the decision, which stays as it is; `turn` is the
    decision at hand.
    """
    if len(world.game) > 0:
        return {}
    government, partner, values = turn.government, turn.partner, turn.values
    rows = world.acts[: values.table.rows]
    case = DecisionCase(world, outlook(world, government, partner, turn.day), values.table)
    moves = {}
    for move, word in enumerate(MOVES):
        main = value_of(values, move).act, value_of(values, move).measure
        package = [k for k, row in enumerate(rows) if row.weighed == 1 and MOVE_OF_ACT[row.act] == move]
        package.sort(key=lambda k: ((rows[k].act, rows[k].measure) != main, -rows[k].value))
        moves[word] = move_reasons(case, move, package)
    g, counts = world.governments[government], world.answers[pair_of(world, government, partner)]
    return {
        "moves": moves,
        "circumstances": {
            "horizon_months": g.horizon_months,
            "discount": g.discount,
            "lasting": case.o.h.whole,  # [bn USD] what 1 bn USD a month from now on is worth
            "owed": case.o.owed,
            "threat": case.t.threat,
            "due": case.o.due,
            "stake": case.o.stake,
        },
        "answers_counted": {word: by_move(counts[3 * k : 3 * k + 3]) for k, word in enumerate(MOVES)},
        "table_of_acts": [row_reasons(row, names) for row in rows],
    }


def row_reasons(row: ActRow, names: Names) -> dict[str, Any]:
    """What an act would bring by itself, as the trace has it."""
    numbers = {name: round(getattr(row, name), DIGITS) for name in COLUMNS if getattr(row, name) != 0.0}
    return {
        **act_names(row, names),
        "move": MOVES[MOVE_OF_ACT[row.act]],
        "in_package": row.weighed == 1,
        "value": round(row.value, DIGITS),
        "pressure": round(row.pressure, DIGITS) + 0.0,
        **numbers,
    }


def move_reasons(case: DecisionCase, move: int, rows: Sequence[int]) -> dict[str, Any]:
    """The payoff terms of a move [bn USD], costs negative, and the answers it expects.

    `rows` of the table of acts carry it, in the order in which they were weighed.
    """
    world, o, t = case
    package = NOTHING
    for k in rows:
        package = with_act(world, o, package, world.acts[k])
        world.measures[world.acts[k].measure].planned = world.acts[k].act
    value, step = final_move(world, o, t, move, package, 1.0), reception(world, o, t, move, package)
    leave_plans(world, t.rows)
    acts = [world.acts[k] for k in rows]
    stays = [act.measure for act in acts]
    ending = [row for row in world.acts[: t.rows] if row.act == REACTIVATE and row.lapse_gain != 0.0]
    lapses = [_at_sunset(r) for r in ending if not package.extends and r.measure not in stays]
    terms = [0.0] * len(TERMS)
    terms[RENT] = sum(row.rent for row in (*acts, *lapses))
    terms[CONTROLS] = sum(row.controls for row in (*acts, *lapses))
    gain = package.gain + sum(row.trade + row.rent + row.controls for row in lapses)
    terms[TRADE] = gain - terms[RENT] - terms[CONTROLS]  # beside each other tariffs bring less than alone
    terms[AUDIENCE], terms[ATTENTION] = value.now + value.attention - gain, -value.attention
    listed = {term.name: round(terms[k], DIGITS) + 0.0 for k, term in enumerate(TERMS) if k != SECURITY}
    return {
        "terms": listed | {"answers": round(value.later, DIGITS)},
        "answers": {
            "as": MOVES[step.as_move],
            "noticed": step.noticed,
            "chances": by_move(step.answers),
            "worth": by_move(round(worth_of_answers(o, t, package, *sure), DIGITS) for sure in CERTAIN),
        },
    }


def by_move(values: Iterable[float]) -> dict[str, float]:
    """Numbers of escalating, holding and relaxing, by the names of the moves."""
    return dict(zip(MOVES, values, strict=True))


def act_names(row: ActRow | PackageAct, names: Names) -> dict[str, str]:
    """An act and its measure, by name."""
    return {"act": ACTS[row.act], "measure": names.measures[row.measure]}


def _at_sunset(row: ActRow) -> ActRow:
    """What a suspended measure brings if it comes back at its sunset, not today."""
    share = row.lapse_gain / (row.trade + row.rent + row.controls)
    return replace(row, trade=share * row.trade, rent=share * row.rent, controls=share * row.controls)
