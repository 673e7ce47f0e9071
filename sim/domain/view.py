"""What a government may know when it moves."""

from collections.abc import MutableSequence
from typing import NamedTuple, TypeAlias

Memory: TypeAlias = MutableSequence[float]  # what a strategy writes down about a partner, for itself alone


class Stand(NamedTuple):
    """Where a meeting stands: what a protocol gets to see. Sides are 0 and 1."""

    round: int  # of the meeting, from 0
    last: int  # the side that made the last offer, in this meeting or the one before
    remaining: int  # rounds in all meetings that are looked ahead, this one included


class TableView(NamedTuple):
    """All that a negotiator gets to see. Worths are to itself, beside no deal [bn USD]."""

    proposing: bool  # whether it makes the offer; else it answers one
    round: int  # offers made so far, since the last deal
    rounds: int  # these, and those that are left in all meetings that are looked ahead
    days_to_deadline: int  # [days] to the last meeting before something comes into force, NEVER: nothing does
    waiting: float  # what the talks are worth from here: by proposing, or by refusing the offer
    best: float  # of what may be offered, the most
    offer: float  # the partner's last offer in this meeting, 0 before it
    partner_toughness: float  # factor on the partner's home values, as it believes
    trust: float  # chance that the partner fulfils what it agrees to [0 to 1]
    breakdown: float  # chance that a refusal ends the meeting [0 to 1]
    luck: float  # (0 to 1) uniform draw for this answer alone


class View(NamedTuple):
    """All that a strategy gets to see.

    The value of a move is `now_*` plus `later_*`. In a game `others_last_move` is of the round last seen.
    """

    reason: int  # REVIEW, REACTION, SUNSET, FORCED or DEAL: why a decision is due
    day: int  # [days] since the start of the run
    game: bool  # whether this is a round of a matrix game: a day is a round, and holding is seen as a move
    now_escalate: float  # [bn USD] what escalating pays in itself over the horizon
    now_hold: float  # [bn USD] likewise holding
    now_relax: float  # [bn USD] likewise relaxing
    later_escalate: float  # [bn USD] what the partner is expected to answer to escalating, discounted
    later_hold: float  # [bn USD] likewise to holding
    later_relax: float  # [bn USD] likewise to relaxing
    can_escalate: bool  # whether a legal act escalates
    can_relax: bool  # whether a legal act relaxes
    can_reactivate: bool  # whether a suspended measure of mine may be reactivated
    can_extend: bool  # whether a suspension of mine ends within the notice period and may be extended
    provoked: bool  # whether the partner escalated and has had no answer
    my_last_move: int  # mine at my last decision about this partner
    their_last_move: int  # their last move other than hold since my last decision, else HOLD
    others_last_move: int  # likewise of third governments towards the partner, since the start
    my_escalations: int  # how often I escalated so far, sunsets that I let come included
    my_relaxations: int  # how often I relaxed so far
    their_escalations: int  # how often the partner escalated so far, sunsets that it let come included
    their_relaxations: int  # how often the partner relaxed so far
    quiet_days: int  # [days] since the partner last escalated, or since the start
    days_to_my_sunset: int  # [days] to the nearest end of a suspension of mine, NEVER if there is none
    days_to_their_sunset: int  # [days] likewise of theirs
    days_to_my_last_sunset: int  # [days] to the last end of a suspension of mine, NEVER if there is none
    days_to_their_last_sunset: int  # [days] likewise of theirs
    my_in_force: int  # how many of my measures against the partner are in force
    my_suspended: int  # and suspended
    their_in_force: int  # how many of theirs against me are in force
    their_suspended: int  # and suspended
    my_pressure: float  # [bn USD/month] what my measures cost the partner
    their_pressure: float  # [bn USD/month] what theirs cost me
    stock_months: float  # [months of use] cover of the scarcest mineral; a million if I need none
    renewal_belief: float  # [0 to 1] chance that the partner extends its suspensions
    luck: float  # [0 to 1) uniform draw for this decision alone
