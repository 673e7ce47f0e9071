"""Who saw what: answers counted, provocations noted and forgotten, reactions set."""

from collections.abc import Sequence

from sim.domain.constants import ESCALATE, HOLD, NEVER, RELAX, SUSPENDED
from sim.domain.state import PendingDecision, World
from sim.rules.deals import binds, excess, part_due
from sim.rules.decision_costs import relaxes
from sim.rules.indexing import pair_of
from sim.rules.measures import measures_with
from sim.rules.terms.audience_term import charge_lone_step


def remember(world: World, decisions: Sequence[PendingDecision], count: int, day: int) -> None:
    """Let everybody note what they and their partners did."""
    for k in range(count):
        note_own(world, decisions[k], day)
    for k in range(count):
        d = decisions[k]
        note_partner(world, d, day, relaxes(decisions, count, d.partner, d.government))


def note_own(world: World, decision: PendingDecision, day: int) -> None:
    """What a decision changes in the memory of who made it; the partner counts it as an answer.

    An escalation works off what was owed; any other move lets it pass, at the price booked. While
    an answer is still to come, holding is none and nothing is forgotten.
    """
    pair = world.pairs[pair_of(world, decision.government, decision.partner)]
    pair.my_last_move = decision.move
    if decision.move == HOLD and pair.react_on > day:
        return  # an answer falls due on a later day
    learn_answer(world, decision.partner, decision.government, pair.unseen_move, decision.move)
    pair.unseen_move = HOLD
    pair.react_on = NEVER
    pair.threat_due = 0.0
    pair.owed = 0.0
    if decision.move == ESCALATE:
        count_escalation(world, decision.government, decision.partner, day)
    elif decision.move == RELAX:
        pair.relaxations += 1
        pair.last_relaxation_on = day
        pair.favour = 0
        if decision.extends == 1:
            partner = world.pairs[pair_of(world, decision.partner, decision.government)]
            partner.renewed += 1.0
            if partner.awaiting <= 0.0 and (
                measures_with(world, decision.partner, decision.government, SUSPENDED) > 0
            ):
                pair.awaiting = decision.noticed  # whoever extends first awaits that the other does


def learn_answer(world: World, learner: int, partner: int, move: int, answer: int) -> None:
    """Count a partner's answer to the learner's move, older answers fading."""
    counts = world.answers[pair_of(world, learner, partner)]
    fade = world.governments[learner].forgetting
    for k in range(3):
        counts[move * 3 + k] = fade * counts[move * 3 + k] + (1.0 if k == answer else 0.0)


def note_partner(world: World, decision: PendingDecision, day: int, joint: bool) -> None:
    """What a move changes in the memory of the partner it was made towards.

    Args:
        world: after the acts of the evening and everybody's `note_own`.
        decision: the move.
        day: today.
        joint: whether the partner relaxed on the same evening; a joint step needs no answer.
    """
    if decision.move == ESCALATE:
        note_provocation(world, decision.government, decision.partner, decision.pressure, day)
    elif decision.move == RELAX:
        pair = world.pairs[pair_of(world, decision.partner, decision.government)]
        pair.unseen_move = RELAX
        if decision.extends == 1:
            pair.awaiting = 0.0  # also if both extend on one evening
        pair.owed = max(0.0, pair.owed - abs(decision.pressure))
        measure_breach(world, decision.partner, decision.government, day)
        if not joint:
            pair.favour = 1
            schedule_answer(world, decision.partner, decision.government, day)


def count_escalation(world: World, government: int, partner: int, day: int) -> None:
    """Count an escalation, or a sunset that its issuer let come, on the issuer's own account."""
    pair = world.pairs[pair_of(world, government, partner)]
    pair.escalations += 1
    pair.last_escalation_on = day


def note_provocation(world: World, government: int, partner: int, pressure: float, day: int) -> None:
    """Note with the partner that a government escalated with a pressure [bn USD/month]."""
    pair = world.pairs[pair_of(world, partner, government)]
    if pair.awaiting > 0.0:  # its extension has been answered by this
        charge_lone_step(world, partner, pair.awaiting)
        pair.awaiting = 0.0
    pair.unseen_move = ESCALATE
    pair.favour = 0
    pair.owed += max(0.0, pressure)
    pair.threat_due = 1.0
    measure_breach(world, partner, government, day)
    pair.provoked_on = day
    schedule_answer(world, partner, government, day)


def measure_breach(world: World, government: int, partner: int, day: int) -> None:
    """What a government has still to answer, measured on the level against the deal where one binds.

    Nothing more is owed than what the partner's measures cost above the deal, and no threat is due beyond
    its breach. Without a deal nothing was threatened.
    """
    pair = world.pairs[pair_of(world, government, partner)]
    if not binds(world, government, partner, day):
        pair.threat_due = 0.0
    elif pair.threat_due > 0.0 or pair.owed > 0.0:
        pair.owed = min(pair.owed, max(0.0, excess(world, partner, government, day)))
        pair.threat_due = min(pair.threat_due, part_due(world, government, partner, day))


def schedule_answer(world: World, government: int, partner: int, day: int) -> None:
    """Let a government's answer fall due after its reaction time, unless one is due already."""
    pair = world.pairs[pair_of(world, government, partner)]
    if pair.react_on == NEVER:
        pair.react_on = day + max(1, world.governments[government].reaction_days)


def forget(world: World, day: int) -> None:
    """Let provocations older than a government's memory go."""
    for government in range(len(world.governments)):
        for partner in range(len(world.governments)):
            pair = world.pairs[pair_of(world, government, partner)]
            old = day - pair.provoked_on > world.governments[government].memory_days
            if pair.provoked_on != NEVER and old:
                pair.owed = 0.0
                pair.threat_due = 0.0
                pair.provoked_on = NEVER
