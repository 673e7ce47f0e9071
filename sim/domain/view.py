"""What a government may know when it moves."""

from typing import NamedTuple


class View(NamedTuple):
    """All that a strategy gets to see. Days are counted from today, values are in bn USD.

    `now_*` is what a move pays in itself over the horizon; `later_*` is what the partner is
    expected to answer, discounted. The value of a move is their sum.
    """

    reason: int  # REVIEW, REACTION, SUNSET or FORCED
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
    provoked: bool  # the partner escalated and has had no answer
    my_last_move: int  # at my last decision about this partner
    their_last_move: int  # their last move other than hold since my last decision, else hold
    my_escalations: int  # so far, sunsets that I let come included
    my_relaxations: int
    their_escalations: int
    their_relaxations: int
    quiet_days: int  # since the partner last escalated, or since the start
    days_to_my_sunset: int  # the nearest end of a suspension of mine, NEVER if none
    days_to_their_sunset: int
    my_in_force: int
    my_suspended: int
    their_in_force: int
    their_suspended: int
    my_pressure: float  # [bn USD/month] that my measures cost the partner
    their_pressure: float  # [bn USD/month] that theirs cost me
    stock_months: float  # cover of the scarcest mineral [months of use]
    renewal_belief: float  # chance that the partner extends its suspensions
    luck: float  # uniform on [0, 1), drawn for this decision alone
