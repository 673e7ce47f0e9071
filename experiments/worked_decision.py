"""Beijing's answer worked by hand: outlook, table of acts, package and moves, by the rulebook itself."""

import math
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import followed_run
from document_tables import table

import sim
from sim.domain.constants import ACTS, ESCALATE, MOVE_OF_ACT, MOVES, REACTIVATE
from sim.domain.state import ActRow, GovernmentState, World
from sim.rules.act_table import ActTable, fill_table
from sim.rules.beliefs import AnswerProbabilities
from sim.rules.day import morning
from sim.rules.outlook import Outlook, outlook
from sim.rules.package_values import NOTHING
from sim.rules.packages import first_act, join_probability, larger_package, leave_plans, next_act, plan, split


class Morning(NamedTuple):
    """The morning of the answer: the world, the outlook and the table of acts."""

    world: World
    o: Outlook
    t: ActTable

    @property
    def g(self) -> GovernmentState:
        """Beijing's numbers."""
        return self.world.governments[self.o.government]

    def rows(self) -> Iterator[tuple[int, ActRow]]:
        """The rows of acts that escalate, with their numbers."""
        rows = enumerate(self.world.acts[: self.t.rows])
        return ((k, row) for k, row in rows if MOVE_OF_ACT[row.act] == ESCALATE)


@cache
def at_answer() -> Morning:
    """The morning of Beijing's answer, each act valued by itself."""
    force, seed = followed_run.command()
    world = sim.TradeModel("busan", rng=seed, force=force, until=followed_run.day_before()).run().world
    day = followed_run.answer().day
    morning(world, day, [], [])
    o = outlook(world, 1, 0, day)
    at = Morning(world, o, fill_table(world, o))
    assert at.t.ending == 0, "no suspension ends soon on the day that is worked by hand"
    for k, row in at.rows():
        row.value = larger_package(world, o, at.t, ESCALATE, NOTHING, k).value
    return at


def name(row: ActRow) -> str:
    """An act, such as reactivate `cn_port_fees`."""
    return f"{ACTS[row.act]} `{followed_run.run().names.measures[row.measure]}`"


def short_name(row: ActRow) -> str:
    """An act in few letters: only the measure if it is reactivated."""
    return name(row).removeprefix(f"{ACTS[REACTIVATE]} ")


def outlook_values() -> str:
    """What is common to all acts of that morning."""
    o, t = at_answer().o, at_answer().t

    def shares(p: AnswerProbabilities) -> str:
        return " / ".join(f"{x:.3f}" for x in p)

    rows = [
        ("average tariff of Beijing", f"{100 * o.rates.own:.1f} %"),
        ("average tariff of Washington", f"{100 * o.rates.other:.1f} %"),
        ("Washington escalates / holds / relaxes after Beijing escalated", shares(o.to_escalation)),
        ("... after Beijing held", shares(o.to_holding)),
        ("`blow`: what Washington's next escalation would cost", f"{o.blow:.3f} bn USD"),
        ("`relief`: what its next relaxation would bring", f"{o.relief:.3f} bn USD"),
        ("`first`: what its next sunset would cost if it lets it come", f"{t.first:.3f} bn USD"),
        ("`blow_sunset`: part of `blow` that this sunset would bring anyway", f"{o.blow_sunset:.3f} bn USD"),
        ("`rest`: what later sunsets would cost", f"{t.rest:.3f} bn USD"),
        ("`owed`: pressure that has had no answer", f"{o.owed:.3f} bn USD a month"),
        ("`threat`: pressure of all that Beijing suspended under the deal", f"{t.threat:.3f} bn USD a month"),
        ("`due`: part of this threat that the breach makes due", f"{o.due:.3f}"),
        ("`stake`: what leaving it unexecuted costs", f"{o.stake:.0f} bn USD"),
    ]
    return table(("what is common to all acts", "that morning"), rows, 1)


def act_rows() -> str:
    """The rows of the acts that escalate."""
    g = at_answer().g
    best = max(row.value for _, row in at_answer().rows() if row.size > 0.0)
    rows = []
    for _, row in at_answer().rows():
        partner = row.partner_trade + row.partner_harm + row.partner_minerals
        partner += row.partner_controls + row.partner_concessions
        columns = [row.trade + row.rent, row.controls, row.attention, partner]
        columns += [row.pressure, row.executes, row.value]
        odds = f"{math.exp(g.act_precision * (row.value - best)):.5f}" if row.size > 0.0 else "-"
        rows.append((short_name(row), *(f"{x + 0.0:.2f}" for x in columns), odds))
    heads = ("act", "trade and rent", "controls", "attention", "to Washington", "pressure", "executes")
    return table((*heads, "value", "odds"), rows, len(heads) + 1)


class Step(NamedTuple):
    """An act that is weighed for the package."""

    row: ActRow
    value: float  # of the package with it [bn USD]
    gain: float  # that it adds [bn USD]
    probability: float  # of joining
    draw: float
    joins: bool


class Drawn(NamedTuple):
    """How the package was drawn."""

    opening: ActRow
    begins: float  # of its stretch of the draw
    probability: float  # of its opening the package
    remainder: float  # of the draw
    steps: list[Step]


@cache
def drawn() -> Drawn:
    """The package of the answer, drawn as `sim.rules.packages` does, step by step."""
    (world, o, t), precision = at_answer(), at_answer().g.act_precision
    first = first_act(world, t.rows, ESCALATE, precision, followed_run.answer_luck().hand)
    begins = sum(row.odds for k, row in at_answer().rows() if k < first.row)
    begins /= sum(row.odds for _, row in at_answer().rows())
    larger = larger_package(world, o, t, ESCALATE, NOTHING, first.row)
    package, value = larger.package, larger.value
    plan(world, first.row)
    steps: list[Step] = []
    draw, total = first.remainder, first.probability
    while (k := next_act(world, t.rows, ESCALATE)) >= 0:
        larger = larger_package(world, o, t, ESCALATE, package, k)
        felt = larger.package.size > package.size
        joins = join_probability(larger.value - value, precision) if felt else 0.0
        lot = split(draw, joins)
        steps.append(Step(world.acts[k], larger.value, larger.value - value, joins, draw, lot.happens))
        world.acts[k].weighed, draw = -1, lot.remainder
        total *= joins if lot.happens else 1.0 - joins
        if lot.happens:
            plan(world, k)
            package, value = larger.package, larger.value
    leave_plans(world, t.rows)
    assert abs(total - followed_run.answer().candidates[ESCALATE].way_probability) < 1e-12
    return Drawn(world.acts[first.row], begins, first.probability, first.remainder, steps)


def opening() -> str:
    """How the draw finds the act that opens the package."""
    d, hand = drawn(), followed_run.answer_luck().hand
    ends = d.begins + d.probability
    return (
        f"Beijing's luck of this day for packages is {hand:.4f}. The stretch of {short_name(d.opening)}\n"
        f"goes from {d.begins:.4f} to {ends:.4f}, so it opens the package. Where the draw lies in it\n"
        f"is what is left of the draw: ({hand:.4f} - {d.begins:.4f})/{d.probability:.4f} = {d.remainder:.4f}."
    )


def package_steps() -> str:
    """How the other acts join."""
    rows = [
        (
            short_name(s.row),
            f"{s.value:.2f}",
            f"{s.gain + 0.0:+.2f}",
            f"{s.probability:.4f}",
            f"{s.draw:.4f}",
            "joins" if s.joins else "stays out",
        )
        for s in drawn().steps
    ]
    heads = ("act weighed", "value of the package with it", "it adds", "joins with", "draw", "so it")
    return table(heads, rows)


def move_values() -> str:
    """The three moves, and their probabilities under `payoff_logit`."""
    d = followed_run.answer()
    best = max(c.value for c in d.candidates)
    odds = [math.exp(0.5 * (c.value - best)) for c in d.candidates]
    rows = [
        (
            MOVES[k],
            f"{len(c.acts)}",
            *(f"{x:.2f}" for x in (c.now, c.later, c.value)),
            f"{odds[k]:.5f}",
            f"{100 * odds[k] / sum(odds):.1f} %",
        )
        for k, c in enumerate(d.candidates)
    ]
    heads = ("move", "acts", "now", "later", "value", "exp(0.5 x (value - best))", "probability")
    return table(heads, rows, 6)
