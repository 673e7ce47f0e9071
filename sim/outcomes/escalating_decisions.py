"""How often a decision is an escalation."""

from math import nan

from sim.domain.constants import ESCALATE
from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Government, outcome
from sim.outcomes.run_queries import fits


@outcome(unit="share", example="escalating_decisions:government=US")
def escalating_decisions(run: RunRecord, government: Government = ANY, partner: Government = ANY) -> float:
    """Share of decisions that are escalations, not a number if nobody decided.

    Args:
        government: whose decisions; everybody's if not given.
        partner: about whom; about anybody if not given.
    """
    decided = 0
    escalated = 0
    for m in run.moves:
        if fits(government, m.government) and fits(partner, m.partner):
            decided += 1
            if m.move == ESCALATE:
                escalated += 1
    return escalated / decided if decided > 0 else nan
