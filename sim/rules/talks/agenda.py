"""What each side may concede on a day: a clause a measure, by the one act that relaxes it."""

from sim.domain.constants import EXTEND, LIFT, LOWER, NO_ACT, SUSPEND, WITHDRAW
from sim.domain.run_record import ActRecord
from sim.domain.state import MeasureState, World
from sim.rules.measures import legal

MOST_CLAUSES = 16  # of a couple: 65,536 packages
ANY_NOTICE = 1 << 40  # [days] in a deal one may extend at any time


def conceding_act(measure: MeasureState, day: int) -> int:
    """The act by which a deal concedes a measure on a day, NO_ACT if there is nothing to concede.

    In force it is lowered, at its floor suspended; suspended it is extended, announced it is withdrawn.
    What can be neither lowered, suspended nor extended is lifted.
    """
    for act in (LOWER, SUSPEND, EXTEND, WITHDRAW, LIFT):
        if legal(measure, act, day, ANY_NOTICE):
            return act
    return NO_ACT


def agenda(world: World, one: int, other: int, day: int) -> list[int]:
    """The measures that two governments may concede each other on a day, in the scenario's order."""
    clauses = []
    for number in range(len(world.measures)):
        measure = world.measures[number]
        if of_couple(measure, one, other) and conceding_act(measure, day) != NO_ACT:
            clauses.append(number)
    return clauses


def acts_of_clauses(world: World, clauses: list[int], day: int) -> list[ActRecord]:
    """The acts by which clauses are conceded on a day."""
    acts = [ActRecord(0, 0, 0, 0, 0)]
    acts.clear()
    for number in clauses:
        m = world.measures[number]
        acts.append(ActRecord(day, m.issuer, m.target, conceding_act(m, day), number))
    return acts


def of_couple(measure: MeasureState, one: int, other: int) -> bool:
    """Whether a measure is one of two governments' against the other."""
    mine = measure.issuer == one and measure.target == other
    return mine or (measure.issuer == other and measure.target == one)
