"""What two governments could agree on, on a morning: clauses, worths, frontier, solutions, credible ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from sim.domain.constants import ACTS
from sim.domain.dates import iso
from sim.domain.errors import EngineError
from sim.domain.overview import later_method
from sim.engines.arguments import day_from
from sim.engines.mesa_engine import TradeModel
from sim.engines.run_spec import RunSpec
from sim.rules.day import morning
from sim.rules.packages import join_probability
from sim.rules.talks.agenda import MOST_CLAUSES, agenda, conceding_act
from sim.rules.talks.deal_worth import days_to_return
from sim.rules.talks.frontier import frontier_of, frontier_of_all
from sim.rules.talks.fulfilment import credit, fulfilment
from sim.rules.talks.package_worths import Side, package_worth, side_of
from sim.rules.talks.solutions import egalitarian, kalai_smorodinsky, nash
from sim.scenarios.initial_state import world_of
from sim.scenarios.messages import day_of, place_of
from sim.scenarios.schema import Scenario, TalksEntry

SOLUTIONS: Final = {"nash": nash, "kalai_smorodinsky": kalai_smorodinsky, "egalitarian": egalitarian}


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
    fulfils: dict[str, float]  # chance that each side carries out its own clauses


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
    credible: JointPackage | None  # what may be offered with the largest product of worths, if anything
    blocked: list[JointPackage]  # of the frontier with a larger product, the largest first: not credible
    real: JointPackage | None  # what was agreed on that day, where the scenario says so

    plot = later_method("reports.table.table_report.draw_table", "Packages and frontier, a Figure.")

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
    s = RunSpec.of(scenario, overrides=set).load()
    if s.game is not None:
        raise EngineError(f"{s.name}: expected a scenario with measures, got a matrix game")
    day = day_of("on", str(day_from("on", on)), s.start, s.end, EngineError)
    s = s.model_copy(update={"talks": s.talks or TalksEntry()})
    silent = s.model_copy(update={"talks": None})  # up to the day all hold, and nobody talks
    model = TradeModel(silent, rng=0, force=force, strategy=dict.fromkeys(s.governments, "hold"))
    governments, measures = model.names.governments, model.names.measures
    couple = [place_of("sides", "government", c, governments, EngineError) for c in sides] or [0, 1]
    if len(couple) != 2 or couple[0] == couple[1]:
        raise EngineError(f"sides: expected two governments such as US and CN, got {' and '.join(sides)}")
    while model.day < day - 1:
        model.step()
    world = model.world._replace(talks=world_of(s).talks)
    morning(world, day, [], [])
    numbers = agenda(world, couple[0], couple[1], day)
    if len(numbers) > MOST_CLAUSES:
        raise EngineError(
            f"{s.name}: expected at most {MOST_CLAUSES} clauses on {on}, got {len(numbers)}; "
            f"leave some out, such as by --set {measures[numbers[-1]]}.stays=true"
        )
    one, other = (side_of(world, i, j, numbers, day) for i, j in (couple, couple[::-1]))
    first, second = worths_of(one, len(numbers)), worths_of(other, len(numbers))
    efficient = [p.package for p in reversed(frontier_of_all(one, other))] or [0]
    codes = governments[couple[0]], governments[couple[1]]

    def package(number: int) -> JointPackage:
        chances = {}
        for code, side in zip(codes, (one, other), strict=True):
            f = fulfilment(world, side.government, side.partner)
            gain = credit(f, package_worth(side, number & side.own), package_worth(side, number))
            chances[code] = join_probability(gain, world.talks[0].precision)
        named = [measures[n] for k, n in enumerate(numbers) if number >> k & 1]
        return JointPackage(named, dict(zip(codes, (first[number], second[number]), strict=True)), chances)

    def product(number: int) -> float:
        return first[number] * second[number]

    best = max((p.package for p in frontier_of(world, one, other, 0.0)), key=product, default=None)
    agreed = [a.members for a in s.agreements if a.date.toordinal() == day]
    bits = [1 << k for k, n in enumerate(numbers) if agreed and measures[n] in agreed[0]]
    clauses = []
    for k, n in enumerate(numbers):
        entry, act = s.measures[n], ACTS[conceding_act(world.measures[n], day)]
        wait = days_to_return(world.measures[n], day)
        enters = iso(day + wait) if wait > 0 else None
        clauses.append(Clause(entry.id, entry.title, entry.issuer, act, enters, package(1 << k).worth))
    return NegotiationTable(
        source=s,
        day=date.fromordinal(day),
        sides=codes,
        clauses=clauses,
        worths=(first, second),
        frontier=efficient,
        solutions={name: package(solve(first, second)) for name, solve in SOLUTIONS.items()},
        credible=None if best is None else package(best),
        blocked=[
            package(p)
            for p in sorted(efficient, key=product, reverse=True)
            if p > 0 and (best is None or product(p) > product(best))
        ],
        real=package(sum(bits)) if agreed else None,
    )


def worths_of(side: Side, clauses: int) -> list[float]:
    """What every package is worth to a side [bn USD]; clause k is in those whose number has bit k."""
    packages = np.arange(1 << clauses)
    worths = np.where(packages & side.routine, -side.attention, 0.0)
    for options in side.groups:
        for o in options:
            worths += np.where(packages & options[-1].package == o.package, o.worth, 0.0)
    return [float(worth) for worth in worths]
