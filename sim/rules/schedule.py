"""What falls due on a day: suspensions whose date has passed, and who decides about whom and why."""

from sim.domain.constants import FORCED, IN_FORCE, NEVER, NOT_DUE, REACTION, REVIEW, SUNSET, SUSPENDED
from sim.domain.state import World
from sim.rules.indexing import pair_of
from sim.rules.learning import count_escalation, note_provocation
from sim.rules.measures import set_status
from sim.rules.present_values import mean_pressure


def end_suspensions(world: World, day: int) -> None:
    """Bring back every measure whose suspension ended yesterday; its target takes it as an escalation."""
    for number in range(len(world.measures)):
        measure = world.measures[number]
        if measure.status == SUSPENDED and measure.until < day:
            push = mean_pressure(world, measure.target, number, 0.0, measure.level, 0.0, day)
            set_status(measure, IN_FORCE)
            pair = world.pairs[pair_of(world, measure.target, measure.issuer)]
            if pair.provoked_on != day:  # measures that end together are one sunset
                pair.lapsed += 1.0
                count_escalation(world, measure.issuer, measure.target, day)
            note_provocation(world, measure.issuer, measure.target, push, day)


def due(world: World, government: int, partner: int, day: int, start: int, force: bool) -> int:
    """Why a government decides about a partner today: FORCED, REACTION, SUNSET, REVIEW, or NOT_DUE.

    Two reasons on one day make one decision, under the first of these names. A sunset is
    watched on the first day of its notice period and on its last day. While an answer is being
    prepared there is no review: the answer is the review. Every round of a game is a review.
    """
    if force:
        return FORCED
    if len(world.game) > 0:
        return REVIEW
    g = world.governments[government]
    pair = world.pairs[pair_of(world, government, partner)]
    if pair.react_on != NEVER and pair.react_on <= day:
        return REACTION
    for measure in world.measures:
        if (
            measure.issuer == government
            and measure.target == partner
            and measure.status == SUSPENDED
            and measure.stays == 0
            and (measure.until == day or measure.until - day == g.notice_days)
        ):
            return SUNSET
    if pair.summit_on == day:
        return REVIEW
    if pair.react_on > day:
        return NOT_DUE
    if day >= start + g.review_offset and (day - start - g.review_offset) % g.review_days == 0:
        return REVIEW
    return NOT_DUE
