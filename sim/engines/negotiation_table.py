"""What two governments could agree on, on a morning: clauses, worths, frontier, solutions, credible ones."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from sim.domain.constants import ACTS, ESCALATE, MOVE_OF_ACT
from sim.domain.dates import iso
from sim.domain.errors import EngineError
from sim.domain.overview import later_method
from sim.domain.parameters import TALKS
from sim.domain.state import PendingDecision, World
from sim.engines.arguments import day_from
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.world_arrays import arrays_of, own
from sim.engines.compiler.world_pointer import PointedWorld
from sim.engines.mesa_engine import TradeModel
from sim.engines.run_spec import RunSpec
from sim.rules.day import STEADY, decide, evening, morning, move_values
from sim.rules.packages import BEST, join_probability
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
DEFAULT: Final = parse("payoff_logit")  # has the precision of a strategy that names none
LEAST_TRUST: Final = (
    TALKS["least_trust"].default or 0.0
)  # chance of not escalating the day after, from which on a side is taken to fulfil
MOST_TRIED: Final = 64  # packages that are tried for being credible
MANY: Final = 10  # clauses that must be valued together, from which on compiling pays


class Clause(NamedTuple):
    """What one side may concede."""

    measure: str
    title: str
    issuer: str
    act: str
    enters: str | None  # day on which the measure comes into force without a deal, if it does
    worth: dict[str, float]  # of conceding it alone to each side, by its code, attention counted [bn USD]


class JointPackage(NamedTuple):
    """A set of clauses, what it is worth beside no deal, and how likely it is to be fulfilled."""

    clauses: list[str]  # their measures
    worth: dict[str, float]  # to each side [bn USD]
    holds: dict[str, float]  # chance that each side does not escalate the day after
    breach: dict[str, list[str]]  # acts of the best escalation of each side then

    @property
    def credible(self) -> bool:
        """Whether both sides are taken to fulfil it."""
        return min(self.holds.values()) >= LEAST_TRUST


@dataclass(frozen=True)
class NegotiationTable:
    """What is on the table of two governments on a morning."""

    source: Scenario
    day: date
    sides: tuple[str, str]
    clauses: list[Clause]  # in the scenario's order
    worths: tuple[list[float], list[float]]  # of all 2^k packages; clause k is in those with bit k [bn USD]
    frontier: list[int]  # numbers of the packages worth at least no deal to both, none better for both
    solutions: dict[str, JointPackage]  # by the names of SOLUTIONS
    tried: list[JointPackage]  # of the frontier, the largest product of worths first, up to a credible one
    real: JointPackage | None  # what was agreed on that day, where the scenario says so

    plot = later_method("reports.table.table_report.draw_table", "Packages and frontier, a Figure.")

    @property
    def credible(self) -> JointPackage | None:
        """The credible package with the largest product of worths; None if none of those tried is."""
        return self.tried[-1] if self.tried and self.tried[-1].credible else None

    def named(self, number: int) -> list[str]:
        """The measures of a package."""
        return [c.measure for k, c in enumerate(self.clauses) if number >> k & 1]

    def worth(self, number: int) -> dict[str, float]:
        """What a package is worth to each side [bn USD]."""
        return {code: worths[number] for code, worths in zip(self.sides, self.worths, strict=True)}


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
    spec = RunSpec.of(scenario, overrides=set)
    if not isinstance(scenario, Scenario):  # all hold up to the day, and nobody talks
        spec = replace(spec, overrides=(*spec.overrides, "talks=false"))
    s = spec.load().model_copy(update={"talks": None})
    if s.game is not None:
        raise EngineError(f"{s.name}: expected a scenario with measures, got a matrix game")
    day = day_of("on", str(day_from("on", on)), s.start, s.end, EngineError)
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
    efficient = frontier(first, second)
    t = NegotiationTable(
        source=s,
        day=date.fromordinal(day),
        sides=(governments[couple[0]], governments[couple[1]]),
        clauses=[],
        worths=(first, second),
        frontier=efficient,
        solutions={},
        tried=[],
        real=None,
    )
    for k, n in enumerate(numbers):
        entry, act = s.measures[n], ACTS[conceding_act(world.measures[n], day)]
        wait = days_to_return(world.measures[n], day)
        enters = iso(day + wait) if wait > 0 else None
        t.clauses.append(Clause(entry.id, entry.title, entry.issuer, act, enters, t.worth(1 << k)))

    def package(number: int) -> JointPackage:
        return JointPackage(t.named(number), t.worth(number), *the_day_after(t, world, number))

    for number in sorted(efficient, key=lambda p: -first[p] * second[p])[:MOST_TRIED]:
        if number > 0 and t.credible is None:
            t.tried.append(package(number))
    t.solutions.update({name: package(solve(first, second)) for name, solve in SOLUTIONS.items()})
    agreed = [a.members for a in s.agreements if a.date.toordinal() == day]
    if not agreed:
        return t
    return replace(t, real=package(sum(1 << k for k, c in enumerate(t.clauses) if c.measure in agreed[0])))


def worths_to(world: World, government: int, partner: int, clauses: list[int], day: int) -> list[float]:
    """What each package is worth to a government, compiled where many clauses must be valued together."""
    if max((group.bit_count() for group in groups_of(world, clauses)), default=0) < MANY:
        return package_worths(world, government, partner, clauses, day)
    fast = compiled(package_worths, cache=True)
    return list(fast(PointedWorld(arrays_of(world)), government, partner, np.array(clauses), day))


def the_day_after(
    t: NegotiationTable, world: World, number: int
) -> tuple[dict[str, float], dict[str, list[str]]]:
    """The chance that neither side escalates on the morning after a deal, and the acts by which it would.

    The deal is made and the morning after comes by the rules of the day, in a copy of the world. A side holds
    with the chance by which it prefers holding to its best escalation, by its strategy's own precision.
    """
    s, day, names = t.source, t.day.toordinal(), names_of(t.source)
    after = world._replace(
        **{part: copy.deepcopy(getattr(world, part)) for part in World._fields if own(part)}
    )
    pending: list[PendingDecision] = []
    if number > 0:
        text = f"{'+'.join(t.sides)}:deal={'+'.join(t.named(number))}@{t.day}"
        for (_, i, j), forced in forces_of([text], s, names).items():
            values = move_values(after, i, j, day, forced, 0.0)
            pending.append(PendingDecision())
            decide(after, pending[-1], i, j, day, values, forced[0].move, forced, STEADY)
        evening(after, pending, len(pending), day, [], [])
        morning(after, day + 1, [], [])
    holds, breach = {}, {}
    for code, other in (t.sides, t.sides[::-1]):
        i, j = names.governments.index(code), names.governments.index(other)
        after.governments[i].act_precision = BEST
        values = move_values(after, i, j, day + 1, (), 0.0)
        rows = [
            r for r in after.acts[: values.table.rows] if r.weighed == 1 and MOVE_OF_ACT[r.act] == ESCALATE
        ]
        breach[code] = [f"{ACTS[r.act]} {s.measures[r.measure].id}" for r in rows]
        numbers = DEFAULT.parameters | parse(s.governments[code].strategy).parameters
        gain = values.hold.now + values.hold.later - values.escalate.now - values.escalate.later
        holds[code] = join_probability(gain, numbers["precision"]) if rows else 1.0
    return holds, breach
