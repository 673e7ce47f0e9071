"""The three moves of a government towards a partner today: a decision, step by step.

    1. outlook   what is common to all acts today: how it discounts, what the partner's next moves would
                 bring, what sunsets put at stake, what has become due
    2. table     a row for each legal act, a column for each payoff term, pressure and size
    3. packages  which acts carry the move together: sums of rows, drawn by luck from what they add
    4. moves     what escalating, holding and relaxing are worth, each by its package

The strategy sees the moves (`sim.rules.observation`); the table stays as the explanation.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sim.domain.constants import CONCEDE, ESCALATE, EXTEND, HOLD, MOVE_OF_ACT, NO_ACT, RELAX
from sim.domain.state import Force, PendingDecision, World
from sim.rules.act_table import UNCHANGED, ActTable, fill_row, fill_table
from sim.rules.indexing import pair_of
from sim.rules.measures import ends_soon, legal
from sim.rules.outlook import Outlook, outlook
from sim.rules.package_values import NOTHING, MoveValue
from sim.rules.packages import drawn_package, final_move, leave_plans, plan, with_act
from sim.rules.talks.agenda import conceding_act
from sim.rules.talks.fulfilment import due_move, has_dues, plan_dues
from sim.rules.talks.meetings import in_talks


class MoveValues(NamedTuple):
    """The three moves, each by its package; one that no legal act carries has act NO_ACT."""

    escalate: MoveValue
    hold: MoveValue
    relax: MoveValue
    table: ActTable  # what its rows that hold for today add up to


def values_of_moves(
    world: World,
    government: int,
    partner: int,
    day: int,
    forced: Sequence[Force],
    draw: float,
) -> MoveValues:
    """The three moves of a government towards a partner today.

    Args:
        world: the morning's state.
        government: who decides.
        partner: about whom.
        day: today.
        forced: the acts that are forced, if any; they are the package of their move. A deal is made at a
            meeting.
        draw: the luck that packages are drawn with [0 to 1).
    """
    if len(forced) > 0 and forced[0].act == CONCEDE:
        world.pairs[pair_of(world, government, partner)].summit_on = day
    o = outlook(world, government, partner, day)
    t = fill_table(world, o)
    hold = final_move(world, o, t, HOLD, NOTHING, 1.0)
    if len(forced) > 0 and forced[0].act != NO_ACT:
        package = forced_package(world, o, t, forced)
        if forced[0].move == ESCALATE:
            return MoveValues(package, hold, drawn_package(world, o, t, RELAX, draw), t)
        return MoveValues(drawn_package(world, o, t, ESCALATE, draw), hold, package, t)
    escalate = drawn_package(world, o, t, ESCALATE, draw)
    if has_dues(world, government, partner, day):
        return MoveValues(escalate, hold, due_move(world, government, partner, day, hold), t)
    if o.meeting and in_talks(world, government, partner, day):
        return MoveValues(escalate, hold, extension(world, o, t), t)
    return MoveValues(escalate, hold, drawn_package(world, o, t, RELAX, draw), t)


def extension(world: World, o: Outlook, t: ActTable) -> MoveValue:
    """Relaxing by nothing but extending what ends soon: more is conceded in talks alone."""
    package = NOTHING
    for k in range(t.rows):
        if world.acts[k].act == EXTEND:
            package = with_act(world, o, package, world.acts[k])
            plan(world, k)
    leave_plans(world, t.rows)
    return final_move(world, o, t, RELAX, package, 1.0)


def forced_package(world: World, o: Outlook, t: ActTable, forced: Sequence[Force]) -> MoveValue:
    """A move carried by the acts it is forced to be, those of them that are legal; none if none is."""
    package = NOTHING
    for force in forced:
        act = forced_act(world, force)
        for k in range(t.rows):
            row = world.acts[k]
            same = row.measure == force.measure or row.act == EXTEND
            if same and row.act == act and row.weighed == 0:
                row.measure = force.measure  # the row of extensions stands for all that end soon
                package = with_act(world, o, package, row)
                plan(world, k)
        if act == EXTEND and not package.extends:  # before its notice period, in a deal
            fill_row(world, world.acts[t.rows], o, force.measure, act, UNCHANGED, UNCHANGED)
            package = with_act(world, o, package, world.acts[t.rows])
    leave_plans(world, t.rows)
    return final_move(world, o, t, forced[0].move, package, 1.0)


def forced_act(world: World, force: Force) -> int:
    """The act that is forced on a measure, NO_ACT if it is not legal on its day."""
    measure = world.measures[force.measure]
    if force.act == CONCEDE:
        return conceding_act(measure, force.day)
    notice = world.governments[measure.issuer].notice_days
    return force.act if legal(measure, force.act, force.day, notice) else NO_ACT


def nothing_to_concede(world: World, forced: Sequence[Force]) -> int:
    """The first measure of a forced deal that cannot be conceded on its day, -1 if all can."""
    for force in forced:
        if force.act == CONCEDE and forced_act(world, force) == NO_ACT:
            return force.measure
    return -1


def value_of(values: MoveValues, move: int) -> MoveValue:
    """A move's package and value."""
    if move == ESCALATE:
        return values.escalate
    return values.hold if move == HOLD else values.relax


def move_carried(values: MoveValues, requested: int) -> int:
    """The move made when a strategy says one: HOLD where no legal act carries what it said."""
    return requested if requested == HOLD or value_of(values, requested).act != NO_ACT else HOLD


def write_package(
    world: World, decision: PendingDecision, values: MoveValues, day: int, forced: Sequence[Force]
) -> None:
    """Write the package of a decision's move down, and let its acts be carried out this evening.

    Args:
        world: the morning's state; its measures learn of their act.
        decision: who decided on which move about whom.
        values: the three moves.
        day: today.
        forced: what is forced, if anything; an extension that is not takes in all own suspensions that end
            within the notice period.
    """
    package = value_of(values, decision.move)
    decision.act = package.act
    decision.measure = package.measure
    decision.routine = package.routine
    decision.extends = package.extends
    decision.pressure = package.pressure
    decision.noticed = package.noticed
    decision.points = 100.0 * package.points if decision.move == ESCALATE else 0.0
    decision.attention = package.attention
    decision.audience = package.audience
    if len(forced) > 0 and forced[0].act != NO_ACT:
        for force in forced:
            act = forced_act(world, force)
            if force.move == decision.move and act != NO_ACT:
                world.measures[force.measure].pending = act
        return
    if decision.move == RELAX and has_dues(world, decision.government, decision.partner, day):
        plan_dues(world, decision.government, decision.partner, day)
        for measure in world.measures:
            if measure.planned != NO_ACT:
                measure.pending, measure.planned = measure.planned, NO_ACT
        return
    for k in range(values.table.rows):
        row = world.acts[k]
        if row.weighed == 1 and MOVE_OF_ACT[row.act] == decision.move:
            world.measures[row.measure].pending = row.act
            if row.act == EXTEND:
                extend_all(world, decision.government, decision.partner, day)


def extend_all(world: World, government: int, partner: int, day: int) -> None:
    """Let everything that ends within a government's notice period be extended, but what is lifted."""
    notice = world.governments[government].notice_days
    for measure in world.measures:
        own = measure.issuer == government and measure.target == partner
        if own and measure.pending == NO_ACT and ends_soon(measure, day, notice):
            measure.pending = EXTEND
