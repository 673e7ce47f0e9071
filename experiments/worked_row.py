"""A row of the table of acts of Beijing's answer worked by hand, from the trade table to its value.

Every line of arithmetic holds as it is written: a test works it out again.
"""

import math

from worked_decision import at_answer, name

from sim.domain.state import ActRow
from sim.payoffs.politics import notice
from sim.rules.beliefs import expected_answers
from sim.rules.terms.audience_term import audience_cost
from sim.rules.terms.trade_term import TradeChange, trade_change

BY_HAND = "cn_reciprocal_24"  # the duty that is worked by hand


def row_by_hand() -> ActRow:
    """The row that is worked by hand."""
    return next(row for _, row in at_answer().rows() if BY_HAND in name(row))


def block(*lines: str) -> str:
    """Lines of arithmetic."""
    return "\n".join(["```text", *lines, "```"])


def line(label: str, expression: str, result: float, unit: str = "", digits: int = 3) -> str:
    """A line of arithmetic: what it is, how it is worked out, what comes of it."""
    return f"{label:<22}{expression} = {result:.{digits}f}{f'  {unit}' if unit else ''}"


def discounting_by_hand() -> str:
    """How Beijing discounts."""
    g, h, inertia = at_answer().g, at_answer().o.h, at_answer().world.inertia
    return block(
        line("rate", f"-ln({g.discount:g}) + 1/{g.horizon_months:g}", h.rate, "a month", 5),
        line("whole", f"1/{h.rate:.5f}", h.whole, "months"),
        line("late", f"{h.whole:.3f} - 1/({h.rate:.5f} - ln({inertia:g}))", h.late, "months"),
    )


def changes_by_hand() -> tuple[TradeChange, TradeChange, float]:
    """What the duty changes for Beijing and for Washington, and the points it adds [share]."""
    world, o = at_answer().world, at_answer().o
    measure = world.measures[row_by_hand().measure]
    points = measure.level * measure.coverage
    own, other = o.rates
    beijing = trade_change(world, o.government, o.partner, own, other, own + points, other)
    washington = trade_change(world, o.partner, o.government, other, own, other, own + points)
    return beijing, washington, points


def row_arithmetic() -> str:
    """From the trade table to a row of the table of acts."""
    (beijing, washington, points), g, h = changes_by_hand(), at_answer().g, at_answer().o.h
    row, rent = row_by_hand(), at_answer().g.protection_rent
    partner = at_answer().world.governments[at_answer().o.partner]
    sales = washington.sales * h.whole + washington.sales_late * h.late
    factor = row.partner_harm / (partner.export_harm * sales)

    def welfare(change: TradeChange, weight: float) -> str:
        return f"{weight:g}*({change.welfare:.4f}*{h.whole:.3f} + {change.welfare_late:.4f}*{h.late:.3f})"

    sold = f"({washington.sales:.4f}*{h.whole:.3f} + {washington.sales_late:.4f}*{h.late:.3f})"
    both = f"({-row.partner_trade:.3f} + {-row.partner_harm:.3f})"
    return block(
        line("trade", welfare(beijing, g.trade_factor), row.trade, "bn USD to Beijing"),
        line("rent", f"{g.political_weight:g}*{rent:g}*{100 * points:g}/12*{h.whole:.3f}", row.rent),
        line("Washington's trade", welfare(washington, partner.trade_factor), row.partner_trade),
        line("its exporters", f"{partner.export_harm:g}*{factor:.4f}*{sold}", row.partner_harm),
        line("pressure", f"{both}/{h.whole:.3f}", row.pressure, "bn USD a month"),
    )


def value_arithmetic() -> str:
    """From this row to the value of escalating by this act alone."""
    (world, o, t), g, row = at_answer(), at_answer().g, row_by_hand()
    weight = notice(row.size, g.noticed_size)
    raised, held = o.to_escalation, o.to_holding
    tilt = math.exp(g.leverage * row.pressure)
    answers = [weight * a + (1.0 - weight) * b for a, b in zip(raised, held, strict=True)]
    p = expected_answers(raised, held, row.pressure, weight, g.leverage)
    odds = [answers[0] / tilt, answers[1], answers[2] * tilt]
    mixed = [f"{weight:.4f}*{a:.3f} + {1 - weight:.4f}*{b:.3f}" for a, b in zip(raised, held, strict=True)]
    audience = audience_cost(world, o, t.threat, row.pressure, row.executes)
    due, done = o.due * (o.executed + t.threat), o.executed + row.executes
    broken = f"{o.stake:g}*max(0, 1 - {done:.3f}/{due:.3f})" if done > 0.0 else f"{o.stake:g}"
    answered = f"{g.inaction_cost:g}*max(0, {o.owed:.3f} - {row.pressure:.3f})"
    acts = f"{row.attention:g} - {g.routine_cost:g}"
    now = row.trade + row.rent + row.controls - row.attention - g.routine_cost - audience
    blow = f"{p.escalate:.4f}*({o.blow:.3f} + {t.first:.3f} - {o.blow_sunset:.3f})"
    stakes = f"({1 - o.belief:.3f}*{t.first:.3f} + {o.belief:.3f}*{t.rest:.3f})"
    later = f"{p.relax:.4f}*{o.relief:.3f} - {blow} - {1 - p.escalate:.4f}*{stakes}"
    total = f"({odds[0]:.4f} + {odds[1]:.4f} + {odds[2]:.4f})"
    return block(
        line("noticed", f"{abs(row.size):.3f}/({abs(row.size):.3f} + {g.noticed_size:g})", weight, "", 4),
        line("tilt", f"exp({g.leverage:g}*{row.pressure:.3f})", tilt, "", 4),
        line("odds of escalation", f"({mixed[0]})/{tilt:.4f}", odds[0], "", 4),
        line("odds of holding", mixed[1], odds[1], "", 4),
        line("odds of relaxation", f"({mixed[2]})*{tilt:.4f}", odds[2], "", 4),
        line("it escalates", f"{odds[0]:.4f}/{total}", p.escalate, "", 4),
        line("it relaxes", f"{odds[2]:.4f}/{total}", p.relax, "", 4),
        line("audiences", f"{answered} + {broken}", audience, "bn USD"),
        line("now", f"{row.trade:.3f} + {row.rent:.3f} - {acts} - {audience:.3f}", now, "bn USD"),
        line("later", later, row.value - now, "bn USD"),
        line("value", f"{now:.3f} + {row.value - now:.3f}", row.value, "bn USD"),
    )
