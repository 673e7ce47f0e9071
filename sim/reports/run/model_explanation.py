"""`model.explain(...)`: a decision explained in Python, as text, tables and a picture."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.engines.decision_replay import RunTrace
from sim.reports.run.decision_facts import decisions_of
from sim.reports.run.explanation import DECISIONS, decision_lines, decision_text, trace_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.engines.mesa_engine import TradeModel


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
