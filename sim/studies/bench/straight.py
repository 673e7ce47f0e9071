"""`busan` as straight-line code: what its rules cost when nothing is left open.

A second rulebook would have to be kept equal to the first, and would be compared with itself
only; so this is the one rulebook, specialised by the compiler. What the engine leaves open is
shut here: the number of governments, measures, minerals and tables is known to the compiler, so
loops over them unroll and what a game or an event would need falls away; the default strategy
is called by name with its parameters as constants, not by an address with an array; there are
no forced moves, no changes taken down, no lives, no readings, no numbers that differ by run and
no check of what a strategy says. What it does not do is reckon less: a cleverer algorithm would
belong into the rules, where both have it. It measures the price of the abstraction, and no more.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import NO_ACT, NOT_DUE
from sim.domain.state import PendingDecision, World
from sim.domain.terms import COSTS
from sim.engines.compiler.arrays import arrays_of, kind_of, state_of, world_on
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.world_pointer import PointedWorld
from sim.rules.daily_payoffs import flow
from sim.rules.day import STEADY, decide, draw
from sim.rules.decision_costs import charge
from sim.rules.end_of_day import account
from sim.rules.fast_forward import close_quietly, next_turn
from sim.rules.learning import forget, remember
from sim.rules.ledger import cost_of
from sim.rules.measure_changes import carry_out_acts, enter_announced
from sim.rules.move_values import values_of_moves
from sim.rules.observation import view_of
from sim.rules.schedule import due, end_suspensions
from sim.rules.scheduled_events import happen
from sim.scenarios.initial_state import world_of
from sim.scenarios.schema import Scenario
from sim.strategies.payoff_logit import payoff_logit


def play_straight(
    world: World,
    now: Any,
    dawn: Any,
    made: Sequence[PendingDecision],
    seed: int,
    start: int,
    end: int,
    terms: Any,
) -> None:
    """Play as many runs as there is room for in `terms`, both governments by the default strategy.

    Args:
        world: lies in `now`.
        now: the words of the state being played.
        dawn: the words of the first morning.
        made: room for a day's decisions.
        seed: of all luck.
        start: first day.
        end: last day.
        terms: room for the cost terms [bn USD], shape (runs, 2, terms).
    """
    for run in range(len(terms)):
        now[:] = dawn
        opening = (flow(world, 0, start), flow(world, 1, start))
        turn = start
        for day in range(start, end + 1):
            if day < turn:
                close_quietly(world, made, day)
                continue
            end_suspensions(world, day)
            enter_announced(world, day)
            happen(world, day)
            forget(world, day)
            count = 0
            for me in range(2):
                you = 1 - me
                reason = due(world, me, you, day, start, False)
                if reason != NOT_DUE:
                    found = values_of_moves(world, me, you, day)
                    luck = draw(world, me, you, day, seed, run)
                    said = payoff_logit(view_of(world, me, you, day, start, reason, found, luck.choice))
                    decide(world, made[count], me, you, found, said, NO_ACT, STEADY)
                    count += 1
            charge(world, made, count, day)
            carry_out_acts(world, made, count, day)
            remember(world, made, count, day)
            account(world, made, count, day)
            turn = next_turn(world, day, start, end)
        for k in range(2):
            booked = cost_of(world, k, opening[k], end - start + 1)
            for term in range(len(booked)):
                terms[run, k, term] = booked[term]


@cache
def straight() -> Any:
    """The straight-line code, compiled."""
    return compiled(play_straight, cache=True, nogil=True)


def straight_costs(source: Scenario, runs: int, seed: int) -> NDArray[np.float64]:
    """Cost of runs of a scenario of two governments to each [bn USD], shape (runs, 2)."""
    arrays = arrays_of(world_of(source))
    now = state_of(arrays)
    dawn = now.copy()
    terms = np.zeros((runs, 2, len(COSTS)))
    straight()(
        PointedWorld(world_on(arrays, now), sized=True),
        now.reshape(1).view("i8"),
        dawn.reshape(1).view("i8"),
        np.zeros(4, dtype=kind_of(PendingDecision)),
        seed,
        source.start.toordinal(),
        source.end.toordinal(),
        terms,
    )
    costs: NDArray[np.float64] = terms.sum(axis=2)
    return costs
