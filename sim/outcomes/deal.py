"""What talks come to: seven outcomes of a run's first deal, and of what is carried out of all."""

from math import nan

from sim.domain.constants import ACCEPTED, MOVE_OF_ACT, NEVER, RELAX
from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Government, outcome
from sim.outcomes.run_queries import fits


@outcome(unit="chance", example="deal")
def deal(run: RunRecord) -> float:
    """Whether anything is agreed in talks."""
    return 0.0 if first_deal(run) < 0 else 1.0


@outcome(unit="days", example="deal_day")
def deal_day(run: RunRecord) -> float:
    """Days from the first morning to the first deal, not a number if there is none."""
    k = first_deal(run)
    return float(run.offers[k].day - run.start) if k >= 0 else nan


@outcome(unit="days", example="days_to_deadline")
def days_to_deadline(run: RunRecord) -> float:
    """Days left at the first deal to the day on which anything on the table comes into force by itself."""
    k = first_deal(run)
    dated = k >= 0 and run.offers[k].deadline != NEVER
    return float(run.offers[k].deadline - run.offers[k].day) if dated else nan


@outcome(unit="share", example="nash_gap")
def nash_gap(run: RunRecord) -> float:
    """Share of the largest product of both worths that the first deal misses."""
    k = first_deal(run)
    return run.offers[k].nash_gap if k >= 0 else nan


@outcome(unit="bn USD", example="pareto_gap")
def pareto_gap(run: RunRecord) -> float:
    """What its proposer could have had more in the first deal, at no loss of the other."""
    k = first_deal(run)
    return run.offers[k].pareto_gap if k >= 0 else nan


@outcome(unit="acts", example="acts_given:government=US")
def acts_given(run: RunRecord, government: Government = ANY) -> float:
    """Acts that a government agrees to in the first deal, not a number if there is none.

    Args:
        government: whose acts; those of both if not given.
    """
    k = first_deal(run)
    if k < 0:
        return nan
    gives = run.offers[k].gives if fits(government, run.offers[k].proposer) else 0
    return float(gives + (run.offers[k].gets if fits(government, run.offers[k].responder) else 0))


@outcome(unit="share", example="fulfilled_share:government=CN")
def fulfilled_share(run: RunRecord, government: Government = ANY) -> float:
    """Share of the acts due after deals that are carried out, not a number if none is due in the run.

    Args:
        government: whose acts; everybody's if not given.
    """
    due = fulfilled = 0
    for o in run.offers:
        if o.ending == ACCEPTED and o.due_on <= run.end:
            sides = ((o.proposer, o.responder, o.due), (o.responder, o.proposer, o.partner_due))
            for one, other, acts in sides:
                if fits(government, one):
                    due += acts
                    fulfilled += min(acts, relaxing_acts(run, one, other, o.due_on))
    return fulfilled / due if due > 0 else nan


def relaxing_acts(run: RunRecord, government: int, partner: int, day: int) -> int:
    """Acts by which a government relaxes towards a partner on a day; on a due day, those that are due."""
    acts = 0
    for a in run.acts:
        if a.day == day and a.government == government and a.partner == partner:
            acts += 1 if MOVE_OF_ACT[a.act] == RELAX else 0
    return acts


def first_deal(run: RunRecord) -> int:
    """The place of the first offer that is accepted, -1 if none is."""
    for k in range(len(run.offers)):
        if run.offers[k].ending == ACCEPTED:
            return k
    return -1
