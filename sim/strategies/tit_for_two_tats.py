"""Let one escalation pass, and not the next."""

from sim.domain.constants import ESCALATE, HOLD, RELAX, Move
from sim.domain.view import Memory, View
from sim.strategies.strategy_register import strategy


@strategy(source="Axelrod (1984), tit for two tats", memory=2)
def tit_for_two_tats(view: View, memory: Memory) -> Move:
    """Escalate after two escalations in a row, and answer a relaxation in kind.

    It remembers how many escalations came in a row and how many it has seen in all. What ends a row is a
    round of a game in which the partner held, or a relaxation; days without a move end none.
    """
    more = view.their_escalations - memory[1]
    memory[1] += more
    if view.their_last_move == RELAX or (view.game and more == 0):
        memory[0] = 0
    else:
        memory[0] += more
    if more > 0 and memory[0] >= 2:
        return ESCALATE
    return RELAX if view.their_last_move == RELAX else HOLD
