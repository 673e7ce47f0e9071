"""A decision of a run once more: its morning, what is likeliest on it, and what would change that."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import ceil, copysign
from typing import Any, NamedTuple

from sim.domain.constants import MOVES, REASONS
from sim.domain.dates import iso
from sim.domain.errors import ResultsError
from sim.domain.parameters import GOVERNMENT, MEASURE, SIDE, Declaration
from sim.domain.state import Names, PendingDecision, World
from sim.domain.view import View
from sim.engines.decision_reasons import DecisionCase, act_names, by_move, case_of
from sim.engines.run_spec import RunSpec
from sim.engines.talks import Talks, speakers_of
from sim.rules.day import STEADY, decide, draw, evening, morning, move_values, observe
from sim.rules.indexing import pair_of
from sim.rules.luck import Luck
from sim.rules.move_values import MoveValues, move_carried, value_of
from sim.rules.packages import BEST, stands_alone
from sim.scenarios.assumptions import numbers_of
from sim.scenarios.forced_moves import forces_of
from sim.scenarios.initial_state import names_of, world_of
from sim.scenarios.schema import Scenario
from sim.strategies.strategy_register import Strategy, probabilities

STEPS = 1000  # of its range in which a number is changed
SAME = 1e-6  # [bn USD] by which a value may differ that is worked out anew
PARTS = {"move": 1, "act": 2}  # what is to be another: the first parts of the likeliest act


class RunTrace(NamedTuple):
    """A run whose decisions can be explained."""

    rows: Sequence[dict[str, Any]]  # of its trace, a decision each
    spec: RunSpec
    number: int  # of the run


class LikeliestAct(NamedTuple):
    """The move that is likeliest on a morning, and the act that is likeliest to be the first to carry it."""

    move: str
    first: dict[str, str] | None
    values: dict[str, float]  # [bn USD] of the three moves


class HeldNumber(NamedTuple):
    """A number that stands in the state of a morning, with the range that its scenario gives."""

    path: str
    low: float
    high: float
    declaration: Declaration
    record: Any
    key: str


@dataclass(frozen=True)
class ReplayedDecision:
    """A decision on its morning: the state, the scenario, who decides about whom, how, and the luck."""

    world: World
    source: Scenario
    names: Names
    day: int
    government: int
    partner: int
    strategy: Strategy
    luck: Luck
    row: Mapping[str, Any]  # of the trace

    def case(self) -> DecisionCase:
        """The first two steps of the decision, on a table of acts with the value of each act alone."""
        self.moves()
        return case_of(self.world, self.government, self.partner, self.day)

    def moves(self) -> tuple[MoveValues, View]:
        """The three moves if none is forced, and what the government sees."""
        about = self.world, self.government, self.partner, self.day
        values, start = move_values(*about, (), self.luck.hand), self.source.start.toordinal()
        return values, observe(*about, start, REASONS.index(self.row["reason"]), values, self.luck.choice)

    def likeliest(self) -> LikeliestAct | None:
        """What is likeliest if every act joins that likelier does; None if the strategy does not tell."""
        g = self.world.governments[self.government]
        precision, g.act_precision = g.act_precision, BEST
        values, view = self.moves()
        g.act_precision = precision
        chances = probabilities(self.strategy, view, tuple(self.row["memory"]))
        if chances is None:
            return None
        move = move_carried(values, max(range(len(MOVES)), key=lambda k: chances[k]))
        acts = [row for row in self.world.acts[: values.table.rows] if stands_alone(row, move)]
        best = max(acts, key=lambda row: row.value, default=None)
        worth = by_move(value_of(values, k).now + value_of(values, k).later for k in range(len(MOVES)))
        return LikeliestAct(MOVES[move], act_names(best, self.names) if best else None, worth)

    def likeliest_if(self, n: HeldNumber, x: float) -> LikeliestAct | None:
        """What would be likeliest if a number were x; afterwards it is what it was."""
        value = getattr(n.record, n.key)
        setattr(n.record, n.key, int(x) if n.declaration.whole else x)
        try:
            return self.likeliest()
        finally:
            setattr(n.record, n.key, value)


def replayed(run: RunTrace, place: int) -> ReplayedDecision:
    """A decision of a run on its morning, by the rules; no strategy is asked again, each says what it said.

    Raises ResultsError if the run goes otherwise than it did.
    """
    source, last = run.spec.load(), run.rows[place]
    names, world = names_of(source), world_of(source)
    forces, talks = forces_of(run.spec.force, source, names), Talks(speakers_of(source))
    end = date.fromisoformat(last["date"]).toordinal()
    for day in range(source.start.toordinal(), end):
        morning(world, day, [], [])
        today = []
        for row in (row for row in run.rows if row["date"] == iso(day)):
            g, p = (names.governments.index(row[key]) for key in ("government", "partner"))
            forced, hand = forces.get((day, g, p), ()), draw(world, g, p, day, run.spec.seed, run.number).hand
            values, move = move_values(world, g, p, day, forced, hand), MOVES.index(row["said"])
            today.append(PendingDecision())
            decide(world, today[-1], g, p, day, values, move, forced, STEADY if forced else hand)
        talks.hold(world, today, day, run.spec.seed, run.number)
        evening(world, today, len(today), day, [], [])
    morning(world, end, [], [])
    g, p = (names.governments.index(last[key]) for key in ("government", "partner"))
    luck, strategy = draw(world, g, p, end, run.spec.seed, run.number), run.spec.strategies(source)
    d = ReplayedDecision(world, source, names, end, g, p, strategy[last["government"]], luck, last)
    hold = d.moves()[0].hold
    if abs(hold.now + hold.later - last["moves"]["hold"]["value"]) > SAME:
        raise ResultsError(
            f"{last['date']}: the run goes otherwise than it did, for its scenario or the code has changed; "
            "run it again to explain it"
        )
    return d


def smallest_changes(d: ReplayedDecision) -> dict[str, dict[str, Any] | None]:
    """The smallest change of one number, within its range, that would change the likeliest act, and move.

    The morning's state is held, and each move is carried by its likeliest acts. Each number is tried up
    and down, as far as the best change so far and half as far, until none does better; where something else
    is likeliest, the first step of its range at which that is so is found by bisection.
    """
    before = d.likeliest()
    best: dict[str, tuple[float, HeldNumber, float]] = {}  # share of the range, number, what it would be
    tried: dict[tuple[str, float], LikeliestAct | None] = {}

    def changed(n: HeldNumber, parts: int, x: float) -> bool:
        if (n.path, x) not in tried:
            tried[n.path, x] = d.likeliest_if(n, x)
        return (tried[n.path, x] or ())[:parts] != (before or ())[:parts]

    numbers = [n for n in held_numbers(d) if before and (changed(n, 3, n.low) or changed(n, 3, n.high))]
    improved = bool(numbers)
    while improved:
        improved = False
        for n, (what, parts), end in product(numbers, PARTS.items(), (0, 1)):
            limit, value, span = (n.low, n.high)[end], getattr(n.record, n.key), n.high - n.low
            step = copysign(1.0 if n.declaration.whole else span / STEPS, limit - value)
            steps = ceil(min(abs(limit - value), best[what][0] * span if what in best else span) / abs(step))
            way = [_stepped(n, value, k * step) for k in range(steps + 1)]
            far = next((k for k in (steps // 2, steps) if k > 0 and changed(n, parts, way[k])), 0)
            k = bisect_left(range(far), True, key=lambda k: changed(n, parts, way[k]))
            share = abs(way[k] - value) / span
            if k > 0 and (what not in best or share < best[what][0]):
                best[what], improved = (share, n, way[k]), True
    results = {what: _change(*best[what], tried) if what in best else None for what in PARTS}
    return {"likeliest": _move_and_first(before), **results}


def _stepped(n: HeldNumber, value: float, by: float) -> float:
    """A value moved within its range, in as few digits as tell its steps apart."""
    return float(f"{min(max(value + by, n.low), n.high):.10g}")


def _move_and_first(then: LikeliestAct | None) -> dict[str, Any] | None:
    return {"move": then.move, "first": then.first} if then else None


def _change(
    share: float, n: HeldNumber, to: float, tried: Mapping[tuple[str, float], LikeliestAct | None]
) -> dict[str, Any]:
    """A change of a number, as it is told: what it makes the likeliest, and the values of moves [bn USD]."""
    then, what = tried[n.path, to], n.declaration
    about = {"number": n.path, "meaning": what.meaning, "unit": what.unit, "value": getattr(n.record, n.key)}
    ends = {"to": to, "low": n.low, "high": n.high, "share_of_range": share}
    return {**about, **ends, "likeliest": _move_and_first(then), "values": then.values if then else None}


def held_numbers(d: ReplayedDecision) -> Iterator[HeldNumber]:
    """The numbers with a range that a decision may rest on, where they stand in the morning's state.

    Those of the government, of the measures between it and its partner, and its stake in their deal.
    """
    world, g, p = d.world, d.government, d.partner
    code, partner = d.names.governments[g], d.names.governments[p]
    records: dict[str, tuple[Any, Mapping[str, Declaration]]] = {code: (world.governments[g], GOVERNMENT)}
    for name, measure in zip(d.names.measures, world.measures, strict=True):
        if {measure.issuer, measure.target} == {g, p}:
            records[name] = measure, MEASURE
    for deal in d.source.deals:
        if set(deal.stakes) == {code, partner}:
            records[f"deals.{deal.id}.{code}"] = world.pairs[pair_of(world, g, p)], SIDE
    for path, number in numbers_of(d.source):
        owner, _, key = path.rpartition(".")
        record, declared = records.get(owner, (None, {}))
        low, high = number.low, number.high
        if key in declared and low is not None and high is not None and low < high:
            yield HeldNumber(path, low, high, declared[key], record, key)
