"""Who decides on a day, about whom and why."""

from sim.domain.constants import DEAL, FORCED, NEVER, NOT_DUE, REACTION, REVIEW, SUNSET, SUSPENDED
from sim.domain.state import World
from sim.rules.indexing import pair_of
from sim.rules.talks.fulfilment import has_dues


def due(world: World, government: int, partner: int, day: int, start: int, force: bool) -> int:
    """Why a government decides about a partner today: FORCED, DEAL, REACTION, SUNSET, REVIEW, or NOT_DUE.

    Two reasons on one day make one decision, under the first of these names. A sunset is
    watched on the first day of its notice period and on its last day. While an answer is being
    prepared there is no review: the answer is the review. Every round of a game is a review.
    """
    if force:
        return FORCED
    if len(world.game) > 0:
        return REVIEW
    if has_dues(world, government, partner, day):
        return DEAL
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
