"""A matrix game, round by round: the same turn as a day, without measures.

Everybody decides about everybody on the same morning. Escalating is to defect; holding and
relaxing are to cooperate. A move comes out as the other one with the game's chance of errors,
is seen `lag` rounds later (1: in the next round), and pays by the game's table.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sim.domain.constants import ESCALATE, HOLD, NEVER, NO_ACT, REVIEW
from sim.domain.state import GameState, PendingDecision, World
from sim.domain.view import View
from sim.rules.beliefs import answer_chance
from sim.rules.indexing import pair_of
from sim.rules.learning import learn_answer
from sim.rules.move_values import MoveValue, MoveValues
from sim.rules.observation import PLENTY

REMEMBERED = (1 << 62) - 1  # bits of a history


def due(world: World, government: int, partner: int, day: int, start: int) -> int:  # noqa: ARG001
    """Why a government decides about a partner today: REVIEW, for every round is one."""
    return REVIEW


def stage(game: GameState, move: int, answer: int) -> float:
    """What a round pays for one's own move against the partner's [payoff]."""
    tempted, punished = game.escalate_hold, game.escalate_escalate
    rewarded, exploited = game.hold_hold, game.hold_escalate
    if move == ESCALATE:
        return punished if answer == ESCALATE else tempted
    return exploited if answer == ESCALATE else rewarded


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


def expected_stage(game: GameState, move: int, worse: float) -> float:
    """What a round of a move pays if the partner escalates with a chance [payoff]."""
    return worse * stage(game, move, ESCALATE) + (1.0 - worse) * stage(game, move, HOLD)


class Ahead(NamedTuple):
    """Rounds ahead, by what they are worth today [rounds]."""

    unseen: float  # until a move is seen, the present round not counted
    seen: float  # from then to the horizon


def ahead(game: GameState) -> Ahead:
    """What the rounds ahead of a game are worth."""
    unseen = min(game.lag, game.horizon)
    return Ahead(rounds_worth(game.discount, 1, unseen), rounds_worth(game.discount, unseen, game.horizon))


def option(world: World, pair: int, move: int, worse: float, worth: Ahead) -> MoveValue:
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
        worse: chance that the partner escalates after my last move seen.
        worth: what the rounds ahead are worth.
    """
    game = world.game[0]
    now = expected_stage(game, move, worse)
    answered = expected_stage(game, move, answer_chance(world, pair, move, ESCALATE))
    later = now * worth.unseen + answered * worth.seen
    return MoveValue(NO_ACT, -1, now, later, 0.0, 1.0)


def options(world: World, government: int, partner: int, day: int) -> MoveValues:  # noqa: ARG001
    """The moves of a government towards a partner this round; relaxing counts as holding."""
    if world.governments[government].weighs == 0:
        move = MoveValue(NO_ACT, -1, 0.0, 0.0, 0.0, 1.0)
        return MoveValues(move, move, move)
    worth = ahead(world.game[0])
    pair = pair_of(world, government, partner)
    seen = move_ago(world, government, partner, world.game[0].lag)
    worse = answer_chance(world, pair, seen, ESCALATE)
    hold = option(world, pair, HOLD, worse, worth)
    return MoveValues(escalate=option(world, pair, ESCALATE, worse, worth), hold=hold, relax=hold)


def view_of(
    world: World,
    government: int,
    partner: int,
    day: int,
    start: int,
    reason: int,
    o: MoveValues,
    luck: float,
) -> View:
    """What a government sees of a partner in a round; arguments as of `sim.rules.observation.view_of`."""
    mine = world.pairs[pair_of(world, government, partner)]
    play = world.plays[pair_of(world, government, partner)]
    last = move_ago(world, partner, government, world.game[0].lag)
    loud = start if play.observed_on == NEVER else play.observed_on
    return View(
        reason=reason,
        now_escalate=o.escalate.now,
        now_hold=o.hold.now,
        now_relax=o.relax.now,
        later_escalate=o.escalate.later,
        later_hold=o.hold.later,
        later_relax=o.relax.later,
        can_escalate=True,
        can_relax=False,
        can_reactivate=False,
        can_extend=False,
        provoked=last == ESCALATE,
        my_last_move=mine.my_last_move,
        their_last_move=last,
        my_escalations=mine.escalations,
        my_relaxations=mine.relaxations,
        their_escalations=play.observed,
        their_relaxations=0,
        quiet_days=day - loud,
        days_to_my_sunset=NEVER,
        days_to_their_sunset=NEVER,
        my_in_force=0,
        my_suspended=0,
        their_in_force=0,
        their_suspended=0,
        my_pressure=0.0,
        their_pressure=0.0,
        stock_months=PLENTY,
        renewal_belief=world.governments[government].renewal_belief,
        luck=luck,
    )


def played(said: int, error: float, draw: float) -> int:
    """The move that comes out when one is meant: ESCALATE or HOLD, the other one if the hand trembles.

    Args:
        said: the move meant.
        error: chance of the other one [0 to 1].
        draw: luck of this hand [0 to 1).
    """
    if said == ESCALATE:
        return HOLD if draw < error else ESCALATE
    return ESCALATE if draw < error else HOLD


def evening(world: World, made: Sequence[PendingDecision], count: int, day: int) -> None:
    """Count the round's first `count` moves as answers, remember, pay and show them."""
    lag = world.game[0].lag
    for k in range(count):
        m = made[k]
        if world.governments[m.partner].weighs == 1:
            asked = move_ago(world, m.partner, m.government, lag)
            learn_answer(world, m.partner, m.government, asked, m.move)
    for k in range(count):
        note(world, made[k], day)
    for k in range(count):
        m = made[k]
        play = world.plays[pair_of(world, m.government, m.partner)]
        play.today = stage(world.game[0], m.move, move_ago(world, m.partner, m.government, 1))
        play.earned += play.today
        if move_ago(world, m.partner, m.government, lag) == ESCALATE:
            play.observed += 1
            play.observed_on = day + 1 - lag


def note(world: World, m: PendingDecision, day: int) -> None:
    """Write a move down on the account of who made it."""
    pair = world.pairs[pair_of(world, m.government, m.partner)]
    play = world.plays[pair_of(world, m.government, m.partner)]
    pair.my_last_move = m.move
    play.history = (play.history << 1) & REMEMBERED
    if m.move == ESCALATE:
        play.history |= 1
        pair.escalations += 1
        pair.last_escalation_on = day
