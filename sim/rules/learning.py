"""Who saw what: answers counted, provocations noted and forgotten, reactions set."""

from collections.abc import Sequence

from sim.domain.constants import ESCALATE, EXTEND, HOLD, NEVER, RELAX, SUSPENDED
from sim.domain.state import PendingDecision, World
from sim.rules.decision_costs import disappoint, relaxes
from sim.rules.indexing import pair_of
from sim.rules.move_values import answer_to_come
from sim.rules.observation import count


def remember(world: World, made: Sequence[PendingDecision], count: int, day: int) -> None:
    """Let everybody note what they and their partners did."""
    for k in range(count):
        note_own(world, made[k], day)
    for k in range(count):
        m = made[k]
        note_partner(world, m, day, relaxes(made, count, m.partner, m.government))


def note_own(world: World, m: PendingDecision, day: int) -> None:
    """What a decision changes in the memory of who made it; the partner counts it as an answer.

    An escalation works off what was owed; any other move lets it pass, at the price booked. While
    an answer is still to come, holding is none and nothing is forgotten.
    """
    pair = world.pairs[pair_of(world, m.government, m.partner)]
    pair.my_last_move = m.move
    if answer_to_come(world, m.government, m.partner, m.move, day):
        return
    learn_answer(world, m.partner, m.government, pair.unseen_move, m.move)
    pair.unseen_move = HOLD
    pair.react_on = NEVER
    pair.threat_due = 0
    pair.owed = 0.0
    if m.move == ESCALATE:
        count_escalation(world, m.government, m.partner, day)
    elif m.move == RELAX:
        pair.relaxations += 1
        pair.favour = 0
        if m.act == EXTEND:
            note_extension(world, m)


def learn_answer(world: World, learner: int, partner: int, asked: int, answer: int) -> None:
    """Count a partner's answer to the learner's move, older answers fading."""
    counts = world.answers[pair_of(world, learner, partner)]
    fade = world.governments[learner].forgetting
    for k in range(3):
        counts[asked * 3 + k] = fade * counts[asked * 3 + k] + (1.0 if k == answer else 0.0)


def note_extension(world: World, m: PendingDecision) -> None:
    """Note a renewal with the partner; whoever extends first awaits that the other does."""
    mine = world.pairs[pair_of(world, m.government, m.partner)]
    theirs = world.pairs[pair_of(world, m.partner, m.government)]
    theirs.renewed += 1.0
    if theirs.awaiting > 0.0:
        theirs.awaiting = 0.0
    elif count(world, m.partner, m.government, SUSPENDED) > 0:
        mine.awaiting = m.noticed


def note_partner(world: World, m: PendingDecision, day: int, joint: bool) -> None:
    """What a move changes in the memory of the partner it was made towards.

    Args:
        world: after the acts of the evening and everybody's `note_own`.
        m: the move.
        day: today.
        joint: whether the partner relaxed on the same evening; a joint step needs no answer.
    """
    if m.move == ESCALATE:
        feel_escalation(world, m.government, m.partner, m.pressure, day)
    elif m.move == RELAX:
        pair = world.pairs[pair_of(world, m.partner, m.government)]
        pair.unseen_move = RELAX
        pair.owed = max(0.0, pair.owed - abs(m.pressure))
        if not joint:
            pair.favour = 1
            react(world, m.partner, m.government, day)


def count_escalation(world: World, government: int, partner: int, day: int) -> None:
    """Count an escalation, or a sunset that its issuer let come, on the issuer's own account."""
    pair = world.pairs[pair_of(world, government, partner)]
    pair.escalations += 1
    pair.last_escalation_on = day


def feel_escalation(world: World, government: int, partner: int, push: float, day: int) -> None:
    """Note with the partner that a government escalated with a pressure [bn USD/month]."""
    pair = world.pairs[pair_of(world, partner, government)]
    if pair.awaiting > 0.0:  # its extension has been answered by this
        disappoint(world, partner, pair.awaiting)
        pair.awaiting = 0.0
    pair.unseen_move = ESCALATE
    pair.favour = 0
    pair.owed += max(0.0, push)
    if count(world, partner, government, SUSPENDED) > 0:
        pair.threat_due = 1
    pair.provoked_on = day
    react(world, partner, government, day)


def react(world: World, government: int, partner: int, day: int) -> None:
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
                pair.threat_due = 0
                pair.provoked_on = NEVER
