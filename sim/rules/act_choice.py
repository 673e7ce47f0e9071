"""The act that carries a move: of all legal acts of a kind the one that pays most, the same for everybody."""

from sim.domain.constants import ESCALATE, EXTEND, HOLD, MOVE_OF_ACT, NO_ACT, REACTIVATE, RELAX
from sim.domain.state import World
from sim.rules.act_values import ActValue, prospect
from sim.rules.measures import ends_soon, legal
from sim.rules.move_values import CommonStakes, MoveValue, MoveValues, stakes, value_of_move
from sim.rules.renewal_values import OwnLapse, own_lapse


def best_value(
    world: World, government: int, partner: int, move: int, day: int, s: CommonStakes, lapse: OwnLapse
) -> MoveValue:
    """The legal act of a kind that pays most; the first in the scenario's order among equals."""
    g = world.governments[government]
    best = MoveValue(NO_ACT, -1, 0.0, 0.0, 0.0, 0.0)
    for number in range(len(world.measures)):
        measure = world.measures[number]
        if measure.issuer == government and measure.target == partner:
            for act in range(REACTIVATE, len(MOVE_OF_ACT)):
                if MOVE_OF_ACT[act] == move and legal(measure, act, day, g.notice_days):
                    remaining = lapse
                    if act != EXTEND and ends_soon(measure, day, g.notice_days):
                        remaining = own_lapse(world, government, partner, day, number)
                    step = prospect(world, number, act, day)
                    if move == ESCALATE and step.size <= 0.0:
                        continue  # what nobody feels is no escalation
                    values = value_of_move(world, government, partner, move, step, s, remaining, day)
                    if best.act == NO_ACT or values.now + values.later > best.now + best.later:
                        best = values
    return best


def values_of_moves(world: World, government: int, partner: int, day: int) -> MoveValues:
    """The three moves of a government towards a partner today, each carried as well as can be."""
    s = stakes(world, government, partner, day)
    lapse = own_lapse(world, government, partner, day, -1)
    nothing = ActValue(NO_ACT, -1, 0.0, 0.0, 0.0)
    return MoveValues(
        escalate=best_value(world, government, partner, ESCALATE, day, s, lapse),
        hold=value_of_move(world, government, partner, HOLD, nothing, s, lapse, day),
        relax=best_value(world, government, partner, RELAX, day, s, lapse),
    )


def forced_values(
    world: World, government: int, partner: int, act: int, number: int, day: int, values: MoveValues
) -> MoveValues:
    """The three moves when one must be carried by an act on measure `number`; none if it is not legal."""
    one = MoveValue(NO_ACT, -1, 0.0, 0.0, 0.0, 0.0)
    move = MOVE_OF_ACT[act]
    if legal(world.measures[number], act, day, world.governments[government].notice_days):
        step = prospect(world, number, act, day)
        s = stakes(world, government, partner, day)
        lapse = own_lapse(world, government, partner, day, number)
        one = value_of_move(world, government, partner, move, step, s, lapse, day)
    if move == ESCALATE:
        return MoveValues(one, values.hold, values.relax)
    return MoveValues(values.escalate, values.hold, one)
