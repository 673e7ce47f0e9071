"""Look at the last round and no further."""

from sim.domain.constants import ESCALATE, HOLD, Move
from sim.domain.view import View
from sim.strategies.strategy_register import strategy


@strategy(
    source="Nowak and Sigmund (1990), reactive and memory-one strategies; Press and Dyson (2012)", sure=(0, 1)
)
def memory_one(view: View, cc: float = 1.0, cd: float = 0.0, dc: float = 1.0, dd: float = 0.0) -> Move:
    """Hold with a chance that depends on both sides' last moves, else escalate.

    Relaxing counts as holding, as in the game of two moves. The chances of
    `sim.theory.memory_one` may be given.

    Args:
        cc: chance to hold after both held [0 to 1].
        cd: chance after holding alone [0 to 1].
        dc: chance after escalating alone [0 to 1].
        dd: chance after both escalated [0 to 1].
    """
    if view.my_last_move == ESCALATE:
        chance = dd if view.their_last_move == ESCALATE else dc
    else:
        chance = cd if view.their_last_move == ESCALATE else cc
    return HOLD if view.luck < chance else ESCALATE
