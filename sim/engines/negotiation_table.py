"""What two governments could agree on, on a morning: clauses, worths, frontier, solutions, credible ones."""

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from sim.domain.constants import ACTS, ESCALATE, MOVE_OF_ACT, NO_ACT
from sim.domain.errors import EngineError
from sim.domain.state import PendingDecision, World
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.world_arrays import arrays_of, own
from sim.engines.compiler.world_pointer import PointedWorld
from sim.engines.mesa_engine import TradeModel
from sim.engines.run_spec import RunSpec
from sim.rules.day import STEADY, decide, evening, morning, move_values
from sim.rules.packages import BEST
from sim.rules.talks.agenda import MOST_CLAUSES, agenda, conceding_act
from sim.rules.talks.deal_worth import days_to_return
from sim.rules.talks.package_worths import groups_of, package_worths
from sim.rules.talks.solutions import egalitarian, frontier, kalai_smorodinsky, nash
from sim.scenarios.forced_moves import forces_of
from sim.scenarios.initial_state import names_of
from sim.scenarios.messages import day_of, place_of
from sim.scenarios.schema import Scenario
from sim.strategies.strategy_register import parse

SOLUTIONS: Final = {"nash": nash, "kalai_smorodinsky": kalai_smorodinsky, "egalitarian": egalitarian}
PRECISION: Final = 0.5  # [per bn USD] with which a move is chosen where a strategy names none
LEAST_TRUST: Final = 0.5  # chance of not escalating the day after, from which on a side is taken to fulfil
MOST_TRIED: Final = 64  # packages that are tried for being credible
MANY: Final = 10  # clauses that must be valued together, from which on compiling pays


class Clause(NamedTuple):
    """What one side may concede."""

    measure: str
    title: str
    issuer: str
    act: str
    enters: date | None  # when the measure comes into force without a deal, if it does
    worth: tuple[float, float]  # of conceding it alone to each side, attention counted [bn USD]


class JointPackage(NamedTuple):
    """A set of clauses, what it is worth beside no deal, and how likely it is to be fulfilled."""

    clauses: tuple[str, ...]  # their measures
    worth: tuple[float, float]  # to each side [bn USD]
    holds: tuple[float, float]  # chance that each side does not escalate the day after
    breach: tuple[tuple[str, ...], ...]  # acts of the best escalation of each side then

    @property
    def credible(self) -> bool:
        """Whether both sides are taken to fulfil it."""
        return min(self.holds) >= LEAST_TRUST


@dataclass(frozen=True)
class NegotiationTable:
    """What is on the table of two governments on a morning.

    Attributes:
        source: the scenario.
        day: of the morning.
        sides: codes of the two.
        clauses: in the scenario's order.
        worths: of all 2^k packages to each side, clause k in those whose bit k is set [bn USD].
        frontier: numbers of the packages worth at least no deal to both, than which none is better for both.
        solutions: by the names of SOLUTIONS.
        tried: packages of the frontier, the largest product of worths first, up to one that is credible.
        real: what was really agreed on that day, where the scenario says so.
    """

    source: Scenario
    day: date
    sides: tuple[str, str]
    clauses: tuple[Clause, ...]
    worths: tuple[Sequence[float], Sequence[float]]
    frontier: tuple[int, ...]
    solutions: dict[str, JointPackage]
    tried: tuple[JointPackage, ...]
    real: JointPackage | None

    @property
    def credible(self) -> JointPackage | None:
        """The credible package with the largest product of worths; None if none of those tried is."""
        return self.tried[-1] if self.tried and self.tried[-1].credible else None


def table(
    scenario: str | Path | Scenario,
    on: date | str,
    sides: Sequence[str] = (),
    force: str | Sequence[str] = (),
    set: str | Sequence[str] = (),
) -> NegotiationTable:
    """What two governments could agree on, on the morning of a day up to which all hold.

    Args:
        scenario: a shipped name, a path, or a loaded scenario.
        on: the day, a date or YYYY-MM-DD.
        sides: codes of the two; the first two of the scenario if not given.
        force: moves and deals made before that day.
        set: changes to the scenario's numbers.

    Raises:
        SnapbackError: anything the user can put right.
    """
    s = RunSpec.of(scenario, overrides=set).load()
    if s.game is not None:
        raise EngineError(f"{s.name}: expected a scenario with measures, got a matrix game")
    day = day_of("on", str(on), s.start, s.end, EngineError)
    model = TradeModel(s, rng=0, force=force, strategy=dict.fromkeys(s.governments, "hold"))
    governments, measures = model.names.governments, model.names.measures
    couple = [place_of("sides", "government", c, governments, EngineError) for c in sides] or [0, 1]
    if len(couple) != 2 or couple[0] == couple[1]:
        raise EngineError(f"sides: expected two governments such as US and CN, got {' and '.join(sides)}")
    while model.day < day - 1:
        model.step()
    world = model.world
    morning(world, day, [], [])
    numbers = agenda(world, couple[0], couple[1], day)
    if len(numbers) > MOST_CLAUSES:
        raise EngineError(
            f"{s.name}: expected at most {MOST_CLAUSES} clauses on {on}, got {len(numbers)}; "
            f"leave some out, such as by --set {measures[numbers[-1]]}.stays=true"
        )
    first, second = (worths_to(world, i, j, numbers, day) for i, j in (couple, couple[::-1]))

    def package(number: int) -> JointPackage:
        named = tuple(measures[n] for k, n in enumerate(numbers) if number >> k & 1)
        holds, breach = the_day_after(s, world, couple, named, day)
        return JointPackage(named, (first[number], second[number]), holds, breach)

    efficient = frontier(first, second)
    tried: list[JointPackage] = []
    for number in sorted(efficient, key=lambda p: -first[p] * second[p])[:MOST_TRIED]:
        if number > 0 and not (tried and tried[-1].credible):
            tried.append(package(number))
    agreed = [a.members for a in s.agreements if a.date.toordinal() == day]
    bits = {measures[n]: 1 << k for k, n in enumerate(numbers)}
    return NegotiationTable(
        source=s,
        day=date.fromordinal(day),
        sides=(governments[couple[0]], governments[couple[1]]),
        clauses=tuple(
            clause_of(s, world, n, day, (first[1 << k], second[1 << k])) for k, n in enumerate(numbers)
        ),
        worths=(first, second),
        frontier=tuple(efficient),
        solutions={name: package(solve(first, second)) for name, solve in SOLUTIONS.items()},
        tried=tuple(tried),
        real=package(sum(bits.get(name, 0) for name in agreed[0])) if agreed else None,
    )


def worths_to(world: World, government: int, partner: int, clauses: list[int], day: int) -> list[float]:
    """What each package is worth to a government, compiled where many clauses must be valued together."""
    if max((group.bit_count() for group in groups_of(world, clauses)), default=0) < MANY:
        return package_worths(world, government, partner, clauses, day)
    fast = compiled(package_worths, cache=True)
    return list(fast(PointedWorld(arrays_of(world)), government, partner, np.array(clauses), day))


def clause_of(s: Scenario, world: World, number: int, day: int, worth: tuple[float, float]) -> Clause:
    """A measure as a clause."""
    entry, measure = s.measures[number], world.measures[number]
    wait = days_to_return(measure, day)
    enters = date.fromordinal(day + wait) if wait > 0 else None
    return Clause(entry.id, entry.title, entry.issuer, ACTS[conceding_act(measure, day)], enters, worth)


def the_day_after(
    s: Scenario, world: World, couple: Sequence[int], clauses: Sequence[str], day: int
) -> tuple[tuple[float, float], tuple[tuple[str, ...], ...]]:
    """The chance that neither side escalates on the morning after a deal, and the acts by which it would.

    The deal is made and the morning after comes by the rules of the day, in a copy of the world. A side holds
    with the chance by which it prefers holding to its best escalation, by its strategy's own precision.
    """
    parts = {name: copy.deepcopy(getattr(world, name)) for name in World._fields if own(name)}
    after = world._replace(**parts)
    codes = list(s.governments)
    holds, breach = [], []
    if clauses:
        text = f"{codes[couple[0]]}+{codes[couple[1]]}:deal={'+'.join(clauses)}@{date.fromordinal(day)}"
        pending = []
        for (_, i, j), forced in forces_of([text], s, names_of(s)).items():
            values = move_values(after, i, j, day, forced, 0.0)
            pending.append(PendingDecision())
            decide(after, pending[-1], i, j, day, values, forced[0].move, forced, STEADY)
        evening(after, pending, len(pending), day, [], [])
        morning(after, day + 1, [], [])
    for i, j in (couple, couple[::-1]):
        after.governments[i].act_precision = BEST
        values = move_values(after, i, j, day + 1, (), 0.0)
        rows = [r for r in after.acts[: values.rows] if r.weighed == 1 and MOVE_OF_ACT[r.act] == ESCALATE]
        breach.append(tuple(f"{ACTS[r.act]} {s.measures[r.measure].id}" for r in rows))
        precision = parse(s.governments[codes[i]].strategy).parameters.get("precision", PRECISION)
        gain = values.hold.now + values.hold.later - values.escalate.now - values.escalate.later
        none = values.escalate.act == NO_ACT
        holds.append(1.0 if none else 1.0 / (1.0 + math.exp(min(700.0, -precision * gain))))
    return (holds[0], holds[1]), tuple(breach)
