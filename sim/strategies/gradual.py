"""Punish longer every time, then make peace."""

from sim.domain.constants import ESCALATE, HOLD, RELAX, Move
from sim.domain.view import Memory, View
from sim.strategies.strategy_register import strategy


@strategy(source="Beaufils, Delahaye and Mathieu (1996), gradual", memory=3)
def gradual(view: View, memory: Memory) -> Move:
    """Answer the n-th escalation by n escalations and two relaxations, whatever comes meanwhile.

    It remembers punishments to come, relaxations to come, and n. Escalations that come while it punishes
    or makes peace are not counted. In a matrix game relaxing is holding.
    """
    if memory[0] == 0 and memory[1] == 0 and view.their_last_move == ESCALATE:
        memory[2] += 1
        memory[0] = memory[2]
        memory[1] = 2
    if memory[0] > 0:
        memory[0] -= 1
        return ESCALATE
    if memory[1] > 0:
        memory[1] -= 1
        return RELAX
    return RELAX if view.their_last_move == RELAX else HOLD
