"""Every rule compiles as it stands and gives the numbers that Python gives."""

import functools
import inspect
import math
import random
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any, NamedTuple

import numpy as np
import pytest
from compiling import fast, numbers_of, rules, state_of, twins

import sim
from sim.domain.constants import ACTS, HOLD, MOVE_OF_ACT
from sim.domain.state import (
    ActRow,
    Force,
    GameState,
    GovernmentState,
    MeasureState,
    PairState,
    PendingDecision,
    StockState,
    World,
)
from sim.domain.terms import Flow
from sim.engines.compiler.prepared_scenario import FORCES
from sim.engines.compiler.world_arrays import kind_of
from sim.engines.compiler.world_pointer import PointedWorld
from sim.payoffs.embargo import Course, course
from sim.payoffs.present_value import Discounting
from sim.rules import game_rounds
from sim.rules.act_table import ActTable, fill_table
from sim.rules.beliefs import AnswerProbabilities, counted_answers
from sim.rules.daily_payoffs import flow
from sim.rules.day import move_values
from sim.rules.luck import luck
from sim.rules.move_values import MoveValues
from sim.rules.observation import view_of
from sim.rules.outlook import Outlook, outlook
from sim.rules.package_values import NOTHING, MoveValue, Package
from sim.rules.packages import LargerPackage, with_act
from sim.rules.present_values import Effects, PairTariffs, discounting_of, effects, tariffs_of
from sim.rules.talks.fulfilment import Fulfilment
from sim.rules.terms.trade_term import TradeChange, trade_change

ALMOST = {"rel_tol": 1e-12, "abs_tol": 1e-12}


@functools.cache
def mornings() -> list[tuple[World, int, int]]:
    """Worlds of the Busan scenario on several days, with the day and the first day."""
    model = sim.TradeModel(
        "busan_court",
        rng=1,
        force=("US:escalate@2026-01-02", "CN:escalate@2026-01-05"),
        set=("cn_port_fees.until=2026-01-20", "us_port_fees.until=2026-01-31"),
    )
    found = []
    for day in range(1, 85):
        model.step()
        if day in (1, 55, 60, 72, 84):
            found.append((twins(model.world)[0], model.day + 1, model.start))
    return found


@functools.cache
def game_mornings() -> list[tuple[World, int, int]]:
    """Worlds of a matrix game after some rounds, with the day and the first day."""
    model = sim.TradeModel("ipd", rng=1, set=("game.error=0.3", "game.lag=2"))
    found = []
    for _ in range(5):
        model.step()
        found.append((twins(model.world)[0], model.day + 1, model.start))
    return found


@functools.cache
def talk_mornings() -> list[tuple[World, int, int]]:
    """Worlds with talks: on the day of a meeting, and on one on which something is due."""
    model = sim.TradeModel("busan_eve", rng=1)
    found = []
    for day in range(1, 13):
        model.step()
        if day in (9, 10, 11):
            found.append((twins(model.world)[0], model.day + 1, model.start))
    return found


def arguments(world: World, day: int, start: int, dice: random.Random) -> dict[str, Any]:
    """What the names of a rule's parameters may stand for; whole numbers are positions, days or words."""
    me = dice.randrange(len(world.governments))
    other = (me + 1) % len(world.governments)
    number = dice.randrange(len(world.measures)) if world.measures else -1
    given = dict.fromkeys(("government", "issuer", "importer", "buyer", "learner", "evaluator", "one"), me)
    given |= dict.fromkeys(("partner", "target", "exporter", "other", "supplier"), other)
    given |= dict.fromkeys(("move", "requested", "answer"), dice.randrange(3))
    given |= dict.fromkeys(
        ("a", "b", "c", "d", "high", "low", "key_a", "key_b", "run", "mask"), dice.getrandbits(32)
    )
    given |= {"pair": me * len(world.governments) + other, "mineral": 0}
    if world.minerals:
        given["mineral"] = dice.randrange(world.minerals)
    given |= {"number": number}
    given |= {"basis": world.measures[number].basis if world.measures else -1}
    given |= {"day": day, "start": start, "notice_days": 30, "act": dice.randrange(1, len(ACTS))}
    given |= {"status": dice.randrange(4), "reason": dice.randrange(4), "position": dice.randrange(8)}
    given |= {"count": 1, "days": day - start + 1}
    given |= {"first": dice.randrange(3), "end": dice.randrange(9), "rounds": dice.randrange(1, 60)}
    given |= {"i": me, "j": other, "package": dice.getrandbits(12), "least": 0, "after": dice.randrange(9)}
    given |= {"proposer": me, "responder": other, "me": me, "ending": dice.randrange(6), "block": 3}
    given |= {"seed": dice.getrandbits(63), "bid": dice.randrange(33)}
    given |= {"soonest": day + 1, "every": dice.randrange(1, 60), "wait": dice.randrange(60)}
    return given


class Steps(NamedTuple):
    """The steps of a decision, as the rulebook makes them."""

    outlook: Outlook | None
    table: ActTable | None
    values: MoveValues


def weighed(morning: World, given: dict[str, Any], dice: random.Random) -> tuple[World, Steps]:
    """A world whose table of acts stands as in the middle of a decision, and the steps to it."""
    world = twins(morning)[0]
    me, other, day = (given[name] for name in ("government", "partner", "day"))
    values = move_values(world, me, other, day, [], dice.random())
    if world.game:
        return world, Steps(None, None, values)
    o = outlook(world, me, other, day)
    t = fill_table(world, o)
    for row in world.acts[: t.rows]:
        row.weighed = dice.choice((-1, 0, 1))
    given |= {"rows": t.rows, "row": dice.randrange(max(1, t.rows))}
    return world, Steps(o, t, values)


def of_kind(kind: Any, world: World, given: dict[str, Any], steps: Steps) -> Any:
    """A record that a rule takes, as the rulebook makes it."""
    me, other, day, number = (given[name] for name in ("government", "partner", "day", "number"))
    o = steps.outlook

    def change() -> Effects:
        h, rates = discounting_of(world, me), tariffs_of(world, me, other)
        return effects(twins(world)[0], h, me, number, 0.0, 0.5, rates, day)

    made = {
        MoveValues: lambda: steps.values,
        MoveValue: lambda: steps.values[given["move"]],
        Outlook: lambda: o,
        ActTable: lambda: steps.table,
        Package: lambda: with_act(world, o, NOTHING, world.acts[0]),
        LargerPackage: lambda: LargerPackage(with_act(world, o, NOTHING, world.acts[0]), 1.0),
        Discounting: lambda: discounting_of(world, me),
        PairTariffs: lambda: tariffs_of(world, me, other),
        Effects: change,
        TradeChange: lambda: trade_change(world, me, other, 0.1, 0.2, 0.15, 0.25),
        AnswerProbabilities: lambda: counted_answers(world, given["pair"], given["move"]),
        Course: lambda: course(0.5, 0.6, 3.0, 0.1, 12.0, 1.0),
        Fulfilment: lambda: Fulfilment(0.8, 0.3),
        Flow: lambda: flow(world, me, day),
        game_rounds.RoundsAhead: lambda: game_rounds.rounds_ahead(world.game[0]),
        sim.View: lambda: seen(world, me, other, day, given["start"], steps.values),
    }
    return made[kind]()


def seen(world: World, me: int, other: int, day: int, start: int, values: MoveValues) -> sim.View:
    """A view as the rulebook makes it."""
    return view_of(world, me, other, day, start, 0, values, luck(1, 0, day, me, other).choice)


def made(world: World, given: dict[str, Any], steps: Steps) -> PendingDecision:
    """A decision as the engines make it."""
    me, other, move = given["government"], given["partner"], given["move"]
    carried = steps.values[move]
    if not world.game and not carried.act:
        move, carried = HOLD, steps.values[HOLD]
    return PendingDecision(
        me,
        other,
        move,
        carried.act,
        carried.measure,
        carried.routine,
        carried.extends,
        carried.pressure,
        carried.noticed,
        100.0 * carried.points,
        carried.attention,
        carried.audience,
    )


def force_of(world: World, given: dict[str, Any]) -> Force:
    """A forced act of a measure's issuer."""
    measure = world.measures[given["number"]]
    move = MOVE_OF_ACT[given["act"]]
    return Force(given["day"], measure.issuer, measure.target, move, given["act"], given["number"])


def called(
    name: str, world: World, arrays: World, given: dict[str, Any], steps: Steps, dice: random.Random
) -> tuple[Any, Any]:
    """What a rule gives as Python with the world of objects, and compiled with the world of arrays."""
    plain, quick = [], []
    for parameter in inspect.signature(rules()[name]).parameters.values():
        kind = parameter.annotation
        pair: tuple[Any, Any]
        if kind is World:
            pair = world, arrays
        elif kind is MeasureState:
            pair = world.measures[given["number"]], arrays.measures[given["number"]]
        elif kind is StockState:
            pair = world.stocks[given["mineral"]], arrays.stocks[given["mineral"]]
        elif kind is GameState:
            pair = world.game[0], arrays.game[0]
        elif kind is GovernmentState:
            pair = world.governments[given["government"]], arrays.governments[given["government"]]
        elif parameter.name in ("decision", "decisions"):
            m = made(world, given, steps)
            records = np.array([astuple(m)], dtype=kind_of(PendingDecision))
            pair = (m, records[0]) if kind is PendingDecision else ([m], records)
        elif parameter.name == "memory":
            numbers = [float(dice.randrange(3)) for _ in range(8)]
            pair = numbers, np.array(numbers)
        elif kind is ActRow:
            pair = world.acts[given["row"]], arrays.acts[given["row"]]
        elif kind is Force:
            f = force_of(world, given)
            pair = f, np.array([f], dtype=FORCES)[0]
        elif parameter.name == "forced":
            some = name.endswith("forced_package") or dice.random() < 0.5
            forces = [force_of(world, given)] if world.measures and some else []
            pair = forces, np.array(forces, dtype=FORCES)
        elif kind == Sequence[PairState]:
            pair = world.pairs, arrays.pairs
        elif kind == Sequence[float]:
            rates = [dice.random() for _ in world.pairs]
            pair = rates, np.array(rates)
        elif kind == Sequence[Sequence[float]]:
            evenings = [[dice.random() for _ in world.pairs] for _ in range(3)]
            pair = evenings, np.array(evenings)
        elif parameter.name == "row" and ".ledger." in name:
            pair = (dice.randrange(len(world.welfare)),) * 2
        elif parameter.name == "table":
            pair = world.welfare[1], arrays.welfare[1]
        elif parameter.name == "line":
            pair = world.sales[1], arrays.sales[1]
        elif parameter.default is not parameter.empty:
            pair = (parameter.default,) * 2
        elif kind is bool:
            pair = (dice.random() < 0.5,) * 2
        elif kind is float:
            pair = (dice.uniform(0.05, 1.5),) * 2
        elif kind is int:
            assert parameter.name in given, f"say in `arguments` what {parameter.name} stands for"
            pair = (given[parameter.name],) * 2
        else:
            pair = (of_kind(kind, world, given, steps),) * 2
        plain.append(pair[0])
        quick.append(PointedWorld(pair[1]) if isinstance(pair[1], World) else pair[1])
    return rules()[name](*plain), fast(name)(*quick)


def same(plain: Any, quick: Any) -> bool:
    """Whether two results are the same numbers."""
    a, b = numbers_of(plain), numbers_of(quick)
    return len(a) == len(b) and all(
        math.isclose(x, y, **ALMOST) or (math.isnan(x) and math.isnan(y)) for x, y in zip(a, b, strict=True)
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", rules())
def test_a_compiled_rule_gives_the_same_numbers(name: str) -> None:
    dice = random.Random(name)
    worlds = talk_mornings() if ".talks." in name else mornings()
    for morning, day, start in game_mornings() if ".game_rounds." in name else worlds:
        for _ in range(3):
            given = arguments(morning, day, start, dice)
            before, steps = weighed(morning, given, dice)
            world, arrays = twins(before)
            plain, quick = called(name, world, arrays, given, steps, dice)
            assert same(plain, quick), (given, plain, quick)
            assert same(state_of(world), state_of(arrays)), given
