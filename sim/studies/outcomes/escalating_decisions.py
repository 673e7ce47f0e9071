"""How often a decision is an escalation."""

from math import nan

from sim.domain.life import Life
from sim.domain.words import ESCALATE
from sim.studies.outcomes.reading import fits
from sim.studies.outcomes.register import ANY, Government, outcome


@outcome(unit="share", example="escalating_decisions:government=US")
def escalating_decisions(life: Life, government: Government = ANY, partner: Government = ANY) -> float:
    """Share of decisions that are escalations, not a number if nobody decided.

    Args:
        government: whose decisions; everybody's if not given.
        partner: about whom; about anybody if not given.
    """
    decided = 0
    escalated = 0
    for m in life.moves:
        if fits(government, m.government) and fits(partner, m.partner):
            decided += 1
            if m.move == ESCALATE:
                escalated += 1
    return escalated / decided if decided > 0 else nan
