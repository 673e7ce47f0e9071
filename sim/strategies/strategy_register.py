"""The register of strategies: filled by the files of this folder, and by any file a user names."""

import inspect
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.domain.constants import MOVES, Move
from sim.domain.errors import StrategyError
from sim.domain.view import Memory, View
from sim.strategies.plugin_register import Player, Register, parse_entry

Rule = Callable[..., Move]
Chances = Callable[..., tuple[float, float, float]]
GRID = 16  # points of luck at which a strategy is first tried
TOP = 1.0 - 2.0**-53  # the largest draw there is
MEMORY = 8  # numbers that a strategy may remember about a partner


@dataclass(frozen=True)
class Strategy(Player):
    """A strategy with its parameters."""

    sure: tuple[float, ...] = ()  # values of parameters at which luck decides nothing, if all have one
    memory: int = 0  # how many numbers it remembers about a partner, its second argument if there are any
    once: bool = False  # whether it may be asked only once a decision, so that its probabilities are unknown
    chances: Chances | None = None  # its probabilities, of its view and parameters, if it knows them

    def __call__(self, view: View, memory: Memory | None = None) -> Move:
        """The move for a view. Raises StrategyError if the rule says anything else, or fails.

        `memory` has its numbers about the partner, of which it may change its own; all 0 if None.
        """
        numbers = [0.0] * self.memory if memory is None else memory
        own = array("d", numbers[: self.memory])
        move = self.answer(view, *([own] if self.memory else []))
        if len(own) != self.memory:
            expected = f"expected {self.memory} numbers, got {len(own)}"
            raise StrategyError(f"strategy {self.name}: its rule failed with its memory: {expected}")
        for k in range(self.memory):
            numbers[k] = own[k]
        if type(move) is not int or not 0 <= move < len(MOVES):
            raise StrategyError(f"strategy {self.name}: expected ESCALATE, HOLD or RELAX, got {move!r}")
        return move


REGISTER: Register[Strategy] = Register("strategy", "sim.strategies", StrategyError)
names, find = REGISTER.names, REGISTER.find


def strategy(
    source: str,
    sure: Sequence[float] = (),
    memory: int = 0,
    once: bool = False,
    chances: Chances | None = None,
) -> Callable[[Rule], Rule]:
    """Register a strategy; the function stays the plain function it is.

    Args:
        source: where the rule comes from, for the list and the documentation.
        sure: values of its parameters at which luck decides nothing, if all have one of them, such as 0 and
            1 for chances: a study then plays such a cell once.
        memory: numbers that it remembers about each partner [0 to 8]: it gets them as its second argument,
            all 0 at the start of a run, and writes into them. It is not asked, and writes nothing, where
            its move is forced.
        once: whether it is asked exactly once a decision, for it is a person, a service or a language model
            that answers; its probabilities then stay unknown.
        chances: a function of its view and parameters that gives the probabilities of escalating, holding
            and relaxing over all luck; without it they are found by asking again and again.

    Raises:
        StrategyError: a parameter without a default number, a memory that is too long, or a name taken.
    """

    def register(rule: Rule) -> Rule:
        second = list(inspect.signature(rule).parameters)[1:2]
        if type(memory) is not int or not 0 <= memory <= MEMORY or (memory and second != ["memory"]):
            raise StrategyError(
                f"strategy {rule.__name__}: expected memory of 0 to {MEMORY} numbers, as the argument memory "
                f"after its view, got {memory!r}"
            )
        numbers = REGISTER.defaults(rule, first=2 if memory else 1)
        defaults = {name: float(value) for name, value in numbers.items()}
        REGISTER.add(Strategy(rule.__name__, rule, source, defaults, tuple(sure), memory, once, chances))
        return rule

    return register


def parse(text: str) -> Strategy:
    """The strategy of a spelling such as `tit_for_tat:generosity=0.1`; raises StrategyError if it is none."""
    return parse_entry(REGISTER, text)


def probabilities(
    choose: Strategy, view: View, memory: Sequence[float] | None = None
) -> tuple[float, float, float] | None:
    """The probability of each move, over all luck, of a strategy with this view and memory, which stays.

    None of one that may be asked only once. Where it does not give them itself they are found: a strategy
    is a function of its view, luck included, so the probability of a move is the length
    of luck on which it is made. Each move's luck must be in one piece, or pieces longer than
    1/16; the ends are found by bisection to the last bit. Every registered strategy is tested for it.
    """
    if choose.once:
        return None
    if choose.chances is not None:
        return choose.chances(view, **choose.parameters)

    def at(luck: float) -> Move:
        return choose(view._replace(luck=luck), None if memory is None else list(memory))

    points = sorted({*(k / GRID for k in range(GRID)), view.luck, TOP})
    probability = [0.0, 0.0, 0.0]
    begin, move = 0.0, at(0.0)
    for point in points[1:]:
        start, move_there = begin, at(point)
        while move != move_there:  # more than one end may lie between two points
            boundary = _boundary(at, move, start, point)
            probability[move] += boundary - begin
            begin, start, move = boundary, boundary, at(boundary)
    probability[move] += 1.0 - begin
    return probability[0], probability[1], probability[2]


def _boundary(at: Callable[[float], Move], move: Move, start: float, stop: float) -> float:
    """The luck at which a move made at `start` and not at `stop` is given up."""
    while (midpoint := (start + stop) / 2) not in (start, stop):
        if at(midpoint) == move:
            start = midpoint
        else:
            stop = midpoint
    return stop
