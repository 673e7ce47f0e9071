"""Views for tests: a quiet one to change, and any there could be."""

from typing import Any

from hypothesis import strategies as st

from sim.domain.constants import HOLD, REVIEW
from sim.domain.view import View

QUIET = View(
    reason=REVIEW,
    day=100,
    game=False,
    now_escalate=-5.0,
    now_hold=0.0,
    now_relax=-2.0,
    later_escalate=-3.0,
    later_hold=-1.0,
    later_relax=0.5,
    can_escalate=True,
    can_relax=True,
    can_reactivate=True,
    can_extend=False,
    provoked=False,
    my_last_move=HOLD,
    their_last_move=HOLD,
    others_last_move=HOLD,
    my_escalations=0,
    my_relaxations=0,
    their_escalations=0,
    their_relaxations=0,
    quiet_days=10,
    days_to_my_sunset=200,
    days_to_their_sunset=200,
    days_to_my_last_sunset=400,
    days_to_their_last_sunset=400,
    my_in_force=2,
    my_suspended=3,
    their_in_force=2,
    their_suspended=3,
    my_pressure=1.0,
    their_pressure=1.0,
    stock_months=2.0,
    renewal_belief=0.5,
    luck=0.5,
)

KINDS = {bool: st.booleans(), int: st.integers(-1, 2000), float: st.floats(-1e6, 1e6)}
PARTS = {
    **{part: KINDS[kind] for part, kind in View.__annotations__.items()},
    **dict.fromkeys(("my_last_move", "their_last_move", "others_last_move"), st.integers(0, 2)),
    "reason": st.integers(0, 3),
    "renewal_belief": st.floats(0, 1),
    "luck": st.floats(0, 1, exclude_max=True),
}
any_view = st.builds(View, **PARTS)
VALUES = [part for part in PARTS if part.startswith(("now_", "later_"))]
near_view = st.builds(View, **{**PARTS, **dict.fromkeys(VALUES, st.floats(-8, 8))})  # no move is out of sight


def seen(**parts: Any) -> View:
    """The quiet view with some parts changed."""
    return QUIET._replace(**parts)
