"""What a government may know when it moves."""

from collections.abc import MutableSequence
from typing import NamedTuple, TypeAlias

Memory: TypeAlias = MutableSequence[float]  # what a strategy writes down about a partner, for itself alone


class View(NamedTuple):
    """All that a strategy gets to see.

    The value of a move is `now_*` plus `later_*`.

    Attributes:
        reason: REVIEW, REACTION, SUNSET or FORCED: why a decision is due.
        day: since the start of the run [days].
        game: whether this is a round of a matrix game, where a day is a round and holding is seen as a move.
        now_escalate: what escalating pays in itself over the horizon [bn USD].
        now_hold: likewise holding [bn USD].
        now_relax: likewise relaxing [bn USD].
        later_escalate: what the partner is expected to answer to escalating, discounted [bn USD].
        later_hold: likewise to holding [bn USD].
        later_relax: likewise to relaxing [bn USD].
        can_escalate: whether a legal act escalates.
        can_relax: whether a legal act relaxes.
        can_reactivate: whether a suspended measure of mine may be reactivated.
        can_extend: whether a suspension of mine ends within the notice period and may be extended.
        provoked: whether the partner escalated and has had no answer.
        my_last_move: mine at my last decision about this partner.
        their_last_move: their last move other than hold since my last decision, else HOLD.
        others_last_move: the last move other than hold of any third government towards the partner, sunsets
            that it let come included, else HOLD; in a game ESCALATE if one escalated in the last round seen.
        my_escalations: how often I escalated so far, sunsets that I let come included.
        my_relaxations: how often I relaxed so far.
        their_escalations: how often the partner escalated so far, sunsets that it let come included.
        their_relaxations: how often the partner relaxed so far.
        quiet_days: since the partner last escalated, or since the start [days].
        days_to_my_sunset: to the nearest end of a suspension of mine [days], NEVER if there is none.
        days_to_their_sunset: likewise of theirs [days].
        days_to_my_last_sunset: to the last end of a suspension of mine [days], NEVER if there is none.
        days_to_their_last_sunset: likewise of theirs [days].
        my_in_force: how many of my measures against the partner are in force.
        my_suspended: and suspended.
        their_in_force: how many of theirs against me are in force.
        their_suspended: and suspended.
        my_pressure: what my measures cost the partner [bn USD/month].
        their_pressure: what theirs cost me [bn USD/month].
        stock_months: cover of the scarcest mineral [months of use]; a million if I need none.
        renewal_belief: chance that the partner extends its suspensions [0 to 1].
        luck: uniform draw for this decision alone [0 to 1).
    """

    reason: int
    day: int
    game: bool
    now_escalate: float
    now_hold: float
    now_relax: float
    later_escalate: float
    later_hold: float
    later_relax: float
    can_escalate: bool
    can_relax: bool
    can_reactivate: bool
    can_extend: bool
    provoked: bool
    my_last_move: int
    their_last_move: int
    others_last_move: int
    my_escalations: int
    my_relaxations: int
    their_escalations: int
    their_relaxations: int
    quiet_days: int
    days_to_my_sunset: int
    days_to_their_sunset: int
    days_to_my_last_sunset: int
    days_to_their_last_sunset: int
    my_in_force: int
    my_suspended: int
    their_in_force: int
    their_suspended: int
    my_pressure: float
    their_pressure: float
    stock_months: float
    renewal_belief: float
    luck: float
