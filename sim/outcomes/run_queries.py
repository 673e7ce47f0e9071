"""What several outcomes look for in a run."""

from sim.domain.constants import ESCALATE, EXTEND, NEVER, RELAX
from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY


def fits(wanted: int, position: int) -> bool:
    """Whether a position is the one asked for, or any is."""
    return wanted in (ANY, position)


def between(government: int, partner: int, one: int, other: int) -> bool:
    """Whether a move of one towards the other is between the two asked for, in either direction."""
    there = fits(government, one) and fits(partner, other)
    back = fits(government, other) and fits(partner, one)
    return there or back


def concerns(run: RunRecord, number: int, government: int, measure: int) -> bool:
    """Whether a measure is the one asked for, and its issuer the government asked for."""
    return fits(measure, number) and fits(government, run.opening[number].issuer)


def first_escalation(run: RunRecord, government: int, partner: int) -> int:
    """Position of the first escalation between two governments in a run's moves, -1 if there is none."""
    for k in range(len(run.moves)):
        m = run.moves[k]
        if m.move == ESCALATE and between(government, partner, m.government, m.partner):
            return k
    return -1


def truce_day(run: RunRecord, first: int) -> int:
    """The day on which both sides of an escalation have relaxed since either last escalated, else NEVER.

    An extension keeps a truce and makes none. Moves of one day are joint, so an escalation on the
    same day undoes a relaxation.

    Args:
        run: of the run.
        first: position of the escalation in its moves.
    """
    one, other = run.moves[first].government, run.moves[first].partner
    escalated = run.moves[first].day
    one_relaxed = NEVER
    other_relaxed = NEVER
    for k in range(first, len(run.moves)):
        m = run.moves[k]
        if between(one, other, m.government, m.partner):
            if m.move == ESCALATE:
                escalated = m.day
            elif m.move == RELAX and m.act != EXTEND:
                if m.government == one:
                    one_relaxed = m.day
                else:
                    other_relaxed = m.day
        last = k + 1 == len(run.moves) or run.moves[k + 1].day != m.day
        if last and one_relaxed > escalated and other_relaxed > escalated:
            return m.day
    return NEVER
