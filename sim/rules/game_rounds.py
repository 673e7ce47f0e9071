"""A matrix game, round by round: the same turn as a day, without measures.

Everybody decides about everybody on the same morning. Escalating is to defect; holding and
relaxing are to cooperate. A move comes out as the other one with the game's chance of errors,
is seen `lag` rounds later (1: in the next round), and pays by the game's table.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sim.domain.constants import ESCALATE, HOLD, NO_ACT
from sim.domain.state import GameState, PendingDecision, World
from sim.rules.act_table import NO_ACTS
from sim.rules.beliefs import counted_answers
from sim.rules.indexing import pair_of
from sim.rules.learning import learn_answer
from sim.rules.move_values import MoveValues
from sim.rules.package_values import MoveValue

REMEMBERED = (1 << 62) - 1  # bits of a history


def stage_payoff(game: GameState, move: int, answer: int) -> float:
    """What a round pays for one's own move against the partner's [payoff]."""
    if move == ESCALATE:
        return game.escalate_escalate if answer == ESCALATE else game.escalate_hold
    return game.hold_escalate if answer == ESCALATE else game.hold_hold


def rounds_worth(discount: float, first: int, end: int) -> float:
    """Rounds that a payoff of 1 in each from `first` to before `end` is worth today.

    d^first + ... + d^(end - 1), the present round being 0.

    Args:
        discount: d [per round].
        first: from today [rounds].
        end: from today [rounds].
    """
    if end <= first:
        return 0.0
    if discount >= 1.0:
        return float(end - first)
    near = discount if first == 1 else discount**first
    return (near - discount**end) / (1.0 - discount)


def move_ago(world: World, government: int, partner: int, rounds: int) -> int:
    """The move made some rounds ago [1: in the last]; HOLD before the first."""
    history = world.plays[pair_of(world, government, partner)].history
    return ESCALATE if (history >> (rounds - 1)) & 1 == 1 else HOLD


def expected_payoff(game: GameState, move: int, p_escalate: float) -> float:
    """What a round of a move pays if the partner escalates with a chance [payoff]."""
    return p_escalate * stage_payoff(game, move, ESCALATE) + (1.0 - p_escalate) * stage_payoff(
        game, move, HOLD
    )


class RoundsAhead(NamedTuple):
    """Rounds ahead, by what they are worth today [rounds]."""

    delay: float  # until a move is seen, the present round not counted
    rest: float  # from then to the horizon


def rounds_ahead(game: GameState) -> RoundsAhead:
    """What the rounds ahead of a game are worth."""
    delay = min(game.lag, game.horizon)
    return RoundsAhead(
        rounds_worth(game.discount, 1, delay), rounds_worth(game.discount, delay, game.horizon)
    )


def round_value(world: World, pair: int, move: int, p_escalate: float, worth: RoundsAhead) -> MoveValue:
    """What a move is worth in this round and, kept up for ever, in those that follow [payoff].

    Until the partner has seen the move it answers what it has seen last; from then on it
    answers the move, and both stay as they are:

        now   = u(move | answer to my last move seen)
        later = now * (d + ... + d^(lag - 1)) + u(move | answer to move) * (d^lag + ... + d^(horizon - 1))

    Against grim, from peace, holding is then worth as much as escalating at
    d^lag = (T - R) / (T - P), as in `sim.theory.repeated`.

    Args:
        world: this round.
        pair: place of the memory of this partner.
        move: the move.
        p_escalate: chance that the partner escalates after my last move seen.
        worth: what the rounds ahead are worth.
    """
    game = world.game[0]
    now = expected_payoff(game, move, p_escalate)
    answered = expected_payoff(game, move, counted_answers(world, pair, move).escalate)
    later = now * worth.delay + answered * worth.rest
    return round_move(now, later)


def round_move(now: float, later: float) -> MoveValue:
    """A move of a game: no act carries it, and the other notices it."""
    return MoveValue(
        act=NO_ACT,
        measure=-1,
        acts=0,
        routine=0,
        extends=0,
        now=now,
        later=later,
        pressure=0.0,
        noticed=1.0,
        points=0.0,
        attention=0.0,
        audience=0.0,
        probability=1.0,
    )


def round_values(world: World, government: int, partner: int) -> MoveValues:
    """The moves of a government towards a partner this round; relaxing counts as holding."""
    if world.governments[government].weighs == 0:
        move = round_move(0.0, 0.0)
        return MoveValues(move, move, move, NO_ACTS)
    worth = rounds_ahead(world.game[0])
    pair = pair_of(world, government, partner)
    observed = move_ago(world, government, partner, world.game[0].lag)
    p_escalate = counted_answers(world, pair, observed).escalate
    hold = round_value(world, pair, HOLD, p_escalate, worth)
    return MoveValues(round_value(world, pair, ESCALATE, p_escalate, worth), hold, hold, NO_ACTS)


def mistaken(move: int, probability: float, draw: float) -> int:
    """The move that comes out when one is meant: ESCALATE or HOLD, the other one if the hand trembles."""
    if move == ESCALATE:
        return HOLD if draw < probability else ESCALATE
    return ESCALATE if draw < probability else HOLD


def end_round(world: World, decisions: Sequence[PendingDecision], count: int, day: int) -> None:
    """Count the round's first `count` moves as answers, remember, pay and show them."""
    lag = world.game[0].lag
    for k in range(count):
        d = decisions[k]
        if world.governments[d.partner].weighs == 1:
            observed = move_ago(world, d.partner, d.government, lag)
            learn_answer(world, d.partner, d.government, observed, d.move)
    for k in range(count):
        d = decisions[k]
        pair = world.pairs[pair_of(world, d.government, d.partner)]
        play = world.plays[pair_of(world, d.government, d.partner)]
        pair.my_last_move = d.move
        play.history = (play.history << 1) & REMEMBERED
        if d.move == ESCALATE:
            play.history |= 1
            pair.escalations += 1
            pair.last_escalation_on = day
    for k in range(count):
        d = decisions[k]
        play = world.plays[pair_of(world, d.government, d.partner)]
        play.today = stage_payoff(world.game[0], d.move, move_ago(world, d.partner, d.government, 1))
        play.earned += play.today
        if move_ago(world, d.partner, d.government, lag) == ESCALATE:
            play.observed += 1
            play.observed_on = day + 1 - lag
