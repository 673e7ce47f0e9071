"""A decision explained: its facts, worked out anew on its morning, as text, tables and a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.domain.constants import MOVES, NO_ACT
from sim.domain.decision import PackageAct
from sim.domain.errors import ResultsError
from sim.domain.parameters import ANSWERS
from sim.engines.decision_reasons import act_names
from sim.engines.decision_replay import ReplayedDecision, RunTrace, replayed, smallest_changes
from sim.engines.package_chances import likely_packages, opening_chances, package_chance
from sim.reports.run.explanation import DECISIONS, decision_lines, decision_text, trace_of
from sim.reports.run.why_not import why_not
from sim.rules.talks.deal_worth import deal_worth
from sim.rules.talks.fulfilment import clear_plans, fulfilment, plan_dues, trust
from sim.strategies.strategy_register import GRID, TOP

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.engines.mesa_engine import TradeModel

MOST = 5  # packages that are listed


def decisions_of(run: RunTrace, which: str, measure: str | None = None) -> list[dict[str, Any]]:
    """All facts about the decisions of a day, or about the decision of a number.

    `which` is a day as YYYY-MM-DD or a number, counted from 1. If it is asked why nothing was done with a
    measure, only who may act on it counts. Raises ResultsError if there is none, the question cannot be
    answered, or the run goes otherwise than it did.
    """
    places = _places(run.rows, which)
    if measure is not None:
        tables = {place: run.rows[place].get("table_of_acts", ()) for place in places}
        mine = [k for k, table in tables.items() if any(act["measure"] == measure for act in table)]
        places = mine or places[:1]
    return [decision_facts(run, place, measure) for place in places]


def _places(rows: Sequence[Mapping[str, Any]], which: str) -> list[int]:
    if which.isdecimal():
        if not 1 <= int(which) <= len(rows):
            raise ResultsError(f"expected the number of a decision, 1 to {len(rows)}, got {which[:20]}")
        return [int(which) - 1]
    try:
        day = date.fromisoformat(which)
    except ValueError:
        what = "a day as YYYY-MM-DD or the number of a decision"
        raise ResultsError(f"DATE: expected {what}, got {which[:40]!r}") from None
    places = [k for k, row in enumerate(rows) if row["date"] == day.isoformat()]
    if not places:
        days = sorted({date.fromisoformat(row["date"]) for row in rows}, key=lambda d: abs((d - day).days))
        nearest = ", ".join(str(d) for d in sorted(days[:4])) or "none at all"
        raise ResultsError(f"{day}: nobody decided on that day; the nearest are {nearest}")
    return places


def decision_facts(run: RunTrace, place: int, measure: str | None) -> dict[str, Any]:
    """All facts about the decision at a place of a run; arguments and errors as of `decisions_of`."""
    row = run.rows[place]
    facts: dict[str, Any] = {"number": place + 1, "decisions": len(run.rows), **row}
    if "game" in row:
        if measure is not None:
            raise ResultsError("why not: a matrix game has no measures")
        return facts
    d = replayed(run, place)
    facts["stretches"] = _stretches(d)
    if row["reason"] == "deal":
        facts["dues"] = _dues(d)
    learned = d.source.governments[row["government"]].answers
    facts["answers_known"] = {
        move: {"weight": learned[key].weight, "source": learned[key].source}
        for move, key in zip(MOVES, ANSWERS, strict=True)
    }
    facts["smallest_change"] = None if row["reason"] == "forced" else smallest_changes(d)
    case = d.case()
    acts = [act_names(act, d.names) for act in case.world.acts[: case.t.rows]]
    facts["packages"], facts["moves"], opening = {}, {}, {}
    for move, m in row["moves"].items():
        rows = frozenset(k for k, act in enumerate(acts) if act in m["acts"])
        chance = package_chance(case, MOVES.index(move), rows) if rows else 1.0
        facts["moves"][move] = {**m, "package_probability": chance}
        opening[move] = opening_chances(case, MOVES.index(move))
        if move != "hold":
            facts["packages"][move] = [
                {"acts": [acts[k] for k in way.rows], "value": way.value, "probability": way.probability}
                for way in likely_packages(case, MOVES.index(move), MOST)
            ]
    facts["table_of_acts"] = [
        {**act, "comes_first": opening[act["move"]][k]} for k, act in enumerate(row["table_of_acts"])
    ]
    facts["why_not"] = why_not(d, case, facts, measure) if measure else None
    return facts


def _dues(d: ReplayedDecision) -> dict[str, Any]:
    """What is due, what that is worth, and how a refusal weighs it [bn USD]."""
    world, g, p, day = d.world, d.government, d.partner, d.day
    spent = d.moves()[0].relax.attention
    plan_dues(world, g, p, day)
    planned = [(k, m.planned) for k, m in enumerate(world.measures) if m.planned != NO_ACT]
    own = deal_worth(world, g, p, day) - spent
    plan_dues(world, p, g, day)
    whole = deal_worth(world, g, p, day) - spent
    clear_plans(world)
    weights = fulfilment(world, g, p)
    return {
        "acts": [act_names(PackageAct(act, k), d.names) for k, act in planned],
        **{"own": own, "whole": whole, "own_weight": weights.own, "whole_weight": weights.whole},
        **{"trust": trust(world, g, p, 0.0), "pause_days": world.talks[0].breach_pause_days},
    }


def _stretches(d: ReplayedDecision) -> list[dict[str, Any]]:
    """Which luck makes the strategy say which move, in the order of luck; none where chances are unknown."""
    if d.strategy.once or d.row["reason"] == "forced":
        return []
    view = d.moves()[1]
    lucks = (*(k / GRID for k in range(GRID)), TOP)
    *order, last = dict.fromkeys(MOVES[d.strategy(view._replace(luck=x), [*d.row["memory"]])] for x in lucks)
    order += [move for move in MOVES if move not in (*order, last)]
    ends = [*accumulate(d.row["chances"][move] for move in order), 1.0]
    stretches = zip([*order, last], [0.0, *ends], ends, strict=False)
    return [{"move": move, "from": begin, "to": end} for move, begin, end in stretches if end > begin]


@dataclass(frozen=True)
class Explanation:
    """Decisions explained: shown, and read, as text."""

    decisions: list[dict[str, Any]]  # all facts about each, as `snapback explain --json` has them

    def __str__(self) -> str:
        return "\n".join(map(decision_text, self.decisions))

    __repr__ = _repr_markdown_ = __str__

    @property
    def terms(self) -> pd.DataFrame:
        """What the moves are worth [bn USD]: a row a move of each decision, a column a payoff term."""
        moves = [(d, move, m) for d in self.decisions for move, m in d["moves"].items()]
        return pd.DataFrame(
            {"decision": d["number"], "move": move, **m.get("terms", {}), "value": m["value"]}
            for d, move, m in moves
        )

    @property
    def acts(self) -> pd.DataFrame:
        """The tables of acts: a row a legal act, a column for each thing that it would bring."""
        acts = [(d["number"], act) for d in self.decisions for act in d.get("table_of_acts", ())]
        return pd.DataFrame({"decision": number, **act} for number, act in acts).fillna(0.0)

    @property
    def packages(self) -> pd.DataFrame:
        """The likeliest packages of each move, with their values [bn USD] and probabilities."""
        some = [(d["number"], *item) for d in self.decisions for item in d.get("packages", {}).items()]
        return pd.DataFrame(
            {"decision": number, "move": move, **package} for number, move, ways in some for package in ways
        )

    def plot(self, *more: Any, **named: Any) -> "Figure":
        """The picture that `snapback explain --picture` draws."""
        from sim.reports.run.waterfall import draw_waterfall

        return draw_waterfall(self.decisions, *more, **named)


def explain_run(
    model: "TradeModel", which: Any = None, why_not: str | None = None
) -> "Explanation | pd.DataFrame":
    """Decisions of a run explained, those of a day or the one of a number; without, a table of all of them.

    `which` is a date, YYYY-MM-DD, or a number, counted from 1; `why_not` a measure with which nothing was
    done. Raises ResultsError if there is none, or the question cannot be answered.
    """
    run = RunTrace([trace_of(model, d) for d in model.decisions], model.spec, model.number)
    if which is None:
        return pd.DataFrame(decision_lines(run.rows), columns=DECISIONS).set_index("number")
    return Explanation(decisions_of(run, str(which)[:10], why_not))
