"""Worlds run to their end, one after the other: functions that `sim.engines.ensemble` compiles."""

from collections.abc import Sequence
from typing import Any

from sim.domain.constants import ESCALATE, FORCED, NEVER, NOT_DUE, RELAX
from sim.domain.run_record import ActRecord, DecisionRecord, OfferRecord, RunRecord
from sim.domain.state import Change, PendingDecision, World
from sim.engines.compiler.outcome_functions import outcome_at
from sim.engines.compiler.speaker_functions import ask, next_side
from sim.engines.compiler.strategy_functions import move_at
from sim.rules.daily_payoffs import flow
from sim.rules.day import STEADY, decide, draw, due, evening, hold_meetings, morning, move_values, observe
from sim.rules.end_of_day import account
from sim.rules.fast_forward import next_turn
from sim.rules.indexing import pair_of
from sim.rules.ledger import bystander_costs, cost_of, reward, tariffs
from sim.rules.measure_changes import note_acts, statuses_of
from sim.rules.move_values import nothing_to_concede
from sim.rules.talks.meeting_round import RunDay, Voices, no_offer


def run_world(
    world: World,
    pending: Sequence[PendingDecision],
    seed: int,
    run: int,
    start: int,
    end: int,
    strategies: Any,
    parameters: Any,
    speakers: Any,
    forces: Any,
    statuses: list[tuple[int, float, int]],
    moves: list[DecisionRecord],
    acts: list[ActRecord],
    changes: list[Change],
    offers: list[OfferRecord],
    evenings: Any,
) -> tuple[int, int, int]:
    """Run a world from its first morning to its last evening.

    Arguments are those of `run_worlds`, for one run; the world is changed in place. Decisions are added to
    `moves` and `acts` if there is room for evenings, changes of measures to `changes` unless `statuses` is
    empty.

    Returns:
        The day on which a strategy said something that is no move, whose it was and what it said; or on
        which a deal was not possible, -1 and its clause; on which talks went wrong, -2 and whose negotiator
        it was, or how many there are for the protocol; NEVER if all went well.
    """
    n = len(world.governments)
    recording = len(evenings) > 0
    at = 0
    turn = start  # the next day on which anything may fall due
    for day in range(start, end + 1):
        if day < turn:
            account(world, pending, 0, day, False)
            if recording:
                evenings[day - start] = evenings[day - start - 1]
            continue
        morning(world, day, statuses, changes)
        count = 0
        while at < len(forces) and forces[at].day < day:
            at += 1
        for government in range(n):
            for partner in range(n):
                if partner == government:
                    continue
                after = at
                while (
                    after < len(forces)
                    and forces[after].day == day
                    and forces[after].government == government
                    and forces[after].partner == partner
                ):
                    after += 1
                forced = forces[at:after]
                at = after
                reason = due(world, government, partner, day, start, len(forced) > 0)
                if reason == NOT_DUE:
                    continue
                clause = nothing_to_concede(world, forced)
                if clause >= 0:
                    return day, -1, clause
                luck = draw(world, government, partner, day, seed, run)
                values = move_values(world, government, partner, day, forced, luck.hand)
                if reason == FORCED:
                    move = forced[0].move
                else:
                    view = observe(world, government, partner, day, start, reason, values, luck.choice)
                    memory = world.memories[pair_of(world, government, partner)]
                    move = move_at(strategies[government], view, (parameters[government], memory))
                    if move < ESCALATE or move > RELAX:
                        return day, government, move
                m = pending[count]
                count += 1
                hand = STEADY if reason == FORCED else luck.hand
                decide(world, m, government, partner, day, values, move, forced, hand)
                if recording:
                    moves.append(
                        DecisionRecord(
                            day, government, partner, reason, move, m.move, m.act, m.measure, m.pressure
                        )
                    )
                    note_acts(world, government, partner, day, acts)
        if speakers is not None:
            voices = Voices(speakers, ask, next_side)
            bad = hold_meetings(world, pending, count, RunDay(seed, run, day), voices, offers)
            if bad != NEVER:
                return day, -2, bad
        evening(world, pending, count, day, statuses, changes)
        if recording:
            rates = tariffs(world)
            for k in range(len(rates)):
                evenings[day - start, k] = rates[k]
        turn = next_turn(world, day, start, end)
        if at < len(forces):
            turn = min(turn, max(day + 1, forces[at].day))
    return NEVER, 0, 0


def run_worlds(
    world: World,
    now: Any,
    dawn: World,
    first_words: Any,
    states: Any,
    pending: Sequence[PendingDecision],
    seed: int,
    numbers: Any,
    start: int,
    end: int,
    strategies: Any,
    parameters: Any,
    speakers: Any,
    forces: Any,
    terms: Any,
    evenings: Any,
    bystanders: Any,
    readings: Any,
    arguments: Any,
    values: Any,
) -> tuple[list[DecisionRecord], list[ActRecord], list[Change], list[OfferRecord], tuple[int, int, int, int]]:
    """Run worlds one after the other, write down what each cost and what is read from it.

    Args:
        world: lies in `now`.
        now: the words of the current state.
        dawn: the same world on its first morning; lies in `first_words`.
        first_words: the words of its state.
        states: the first morning's words of every run.
        pending: room for a day's decisions.
        seed: of all luck.
        numbers: of the runs, shape (runs,).
        start: first day.
        end: last day.
        strategies: addresses of each government's strategy.
        parameters: of each run and government, shape (runs, n, p).
        speakers: addresses of negotiators and the protocol, and their parameters, shape (n + 1, p); None
            where nobody talks.
        forces: forced moves.
        terms: room for the terms of `sim.domain.terms.COSTS` [bn USD], shape (runs, n, terms).
        evenings: room for tariffs [share], shape (days, n * n), or with no days: nothing is recorded.
        bystanders: room for what the last run costs each [bn USD], shape (bystanders,), or none.
        readings: addresses of functions of every record.
        arguments: their parameters, shape (readings, p).
        values: room for what they give, shape (runs, readings).

    Returns:
        Decisions, acts, changes and offers of the last run, and the run in which a strategy said no move with
        what `run_world` says of it; NEVER if all went well.
    """
    moves = [DecisionRecord(0, 0, 0, 0, 0, 0, 0, 0, 0.0)]
    acts = [ActRecord(0, 0, 0, 0, 0)]
    changes = [Change(0, 0, 0, 0.0, 0, 0)]  # lists whose kind is known
    offers = [no_offer(0, 0, 0, 0, 0)]
    for row in range(len(states)):
        offers.clear()
        moves.clear()
        acts.clear()
        changes.clear()
        now[:] = states[row]
        if len(readings) + len(bystanders) > 0:
            first_words[:] = states[row]
        opening = [flow(world, k, start) for k in range(len(world.governments))]
        statuses = statuses_of(world)
        if len(evenings) == 0:
            statuses.clear()
        bad = run_world(
            world,
            pending,
            seed,
            numbers[row],
            start,
            end,
            strategies,
            parameters[row],
            speakers,
            forces,
            statuses,
            moves,
            acts,
            changes,
            offers,
            evenings,
        )
        if bad[0] != NEVER:
            return moves, acts, changes, offers, (numbers[row], bad[0], bad[1], bad[2])
        for k in range(len(world.governments)):
            booked = cost_of(world, k, opening[k], end - start + 1)
            for term in range(len(booked)):
                terms[row, k, term] = booked[term]
        if len(bystanders) > 0:
            losses = bystander_costs(world, dawn.pairs, tariffs(dawn), evenings)
            for k in range(len(losses)):
                bystanders[k] = losses[k]
        if len(readings) > 0:
            pay = reward(world)
            record = RunRecord(
                start, end, moves, acts, changes, dawn.measures, evenings, terms[row], pay, bystanders, offers
            )
            for k in range(len(readings)):
                values[row, k] = outcome_at(readings[k], record, arguments[k])
    return moves, acts, changes, offers, (NEVER, NEVER, 0, 0)
