"""Answer in kind, but own up to a slip."""

from sim.domain.constants import ESCALATE, HOLD, RELAX, Move
from sim.domain.view import Memory, View
from sim.strategies.strategy_register import strategy

CONTENT, PROVOKED, CONTRITE = 0, 1, 2


@strategy(source="Sugden (1986); Wu and Axelrod (1995), contrite tit for tat", memory=1)
def contrite(view: View, memory: Memory) -> Move:
    """Escalate while provoked, and take one's own slip back without a quarrel.

    It remembers its mood. Content, it holds, and answers a relaxation in kind. Content and escalating alone,
    it is contrite, and relaxes until it has not escalated; content and escalated against alone, it is
    provoked, and escalates until the partner does not. In a matrix game relaxing is holding.
    """
    mine, theirs = view.my_last_move == ESCALATE, view.their_last_move == ESCALATE
    if memory[0] == CONTENT and mine != theirs:
        memory[0] = CONTRITE if mine else PROVOKED
    elif (memory[0] == CONTRITE and not mine) or (memory[0] == PROVOKED and not theirs):
        memory[0] = CONTENT
    if memory[0] == PROVOKED:
        return ESCALATE
    return RELAX if memory[0] == CONTRITE or view.their_last_move == RELAX else HOLD
