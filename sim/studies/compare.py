"""The same luck with and without a change: where two paths part, and what it cost each side."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.domain.dates import iso
from sim.domain.errors import EngineError
from sim.domain.words import ACTS, BY_MOVE, ESCALATE, FORCED, MOVES, NO_ACT
from sim.engines.mesa_engine import TradeModel
from sim.studies.intervals import Interval, paired


@dataclass(frozen=True)
class Comparison:
    """Runs with a change against the same runs without."""

    runs: int
    parted: list[str]  # per run the first day on which the paths differ, empty if they never do
    first: tuple[str, str]  # in the first run that parts, on that day: without, and with
    then: tuple[str, str, str]  # the next act that differs and was not forced: day, without, with
    unit: str  # of the costs
    costs: dict[str, Interval]  # with less without, by government
    escalations: dict[str, Interval]  # likewise


def compare(
    scenario: str | Path,
    *,
    force: Sequence[str] = (),
    strategy: Sequence[str] = (),
    changes: Sequence[str] = (),
    seed: int = 1,
    runs: int = 1,
    until: str | None = None,
) -> Comparison:
    """Play runs 0 to `runs` - 1 of a seed twice, with the change and without.

    Args:
        scenario: a shipped name or a path.
        force: forced moves of the changed path.
        strategy: its strategies.
        changes: numbers set in it.
        seed: of all luck.
        runs: how many pairs.
        until: last day of both.

    Raises:
        EngineError: there is no change, or no run.
    """
    if not (force or strategy or changes):
        raise EngineError("compare: expected a change: --force, --strategy or --set, got none")
    if runs < 1:
        raise EngineError(f"compare: expected at least 1 run, got {runs}")
    pairs = [
        (
            TradeModel(scenario, rng=seed, run=k, until=until).run(),
            TradeModel(
                scenario, rng=seed, run=k, until=until, force=force, strategy=strategy, set=changes
            ).run(),
        )
        for k in range(runs)
    ]
    parted = [parting_day(a, b) for a, b in pairs]
    shown = next(((a, b, day) for (a, b), day in zip(pairs, parted, strict=True) if day), None)
    codes = pairs[0][0].names.governments
    game = pairs[0][0].source.game
    return Comparison(
        runs=runs,
        parted=parted,
        first=(told(shown[0], shown[2]), told(shown[1], shown[2])) if shown else ("", ""),
        then=consequence(shown[0], shown[1]) if shown else ("", "", ""),
        unit="bn USD" if game is None else game.unit,
        costs={c: paired([b.costs[c] - a.costs[c] for a, b in pairs]) for c in codes},
        escalations={c: paired([escalations(b, c) - escalations(a, c) for a, b in pairs]) for c in codes},
    )


def parting_day(a: TradeModel, b: TradeModel) -> str:
    """The first day on which two runs differ in a decision or a measure, empty if none."""
    decided = {row[0] for row in set(_acts(a)) ^ set(_acts(b))}
    days = decided | {change.day for change in set(a.changes) ^ set(b.changes)}
    return iso(min(days)) if days else ""


def consequence(a: TradeModel, b: TradeModel) -> tuple[str, str, str]:
    """The first day on which an act that nobody forced differs, and what happened without and with."""
    left, right = (
        {row for row in _acts(m) if row not in _forced(m) and (row[4] != NO_ACT or row[3] == ESCALATE)}
        for m in (a, b)
    )
    days = {row[0] for row in left ^ right}
    if not days:
        return "", "", ""
    day = iso(min(days))
    return day, told(a, day), told(b, day)


def told(model: TradeModel, day: str) -> str:
    """What was decided on a day, in a line."""
    lines = []
    for d in model.decisions:
        if iso(d.day) == day:
            how = f" by {ACTS[d.act]} {model.names.measures[d.measure]}" if d.act != NO_ACT else ""
            who = model.names.governments
            told_to = " (forced)" if d.reason == FORCED else ""
            lines.append(f"{who[d.government]} towards {who[d.partner]}: {MOVES[d.move]}{how}{told_to}")
    lines += [
        f"{model.names.measures[c.measure]} changes by itself"
        for c in model.changes
        if iso(c.day) == day and c.cause != BY_MOVE
    ]
    return "; ".join(lines) or "nothing"


def escalations(model: TradeModel, code: str) -> float:
    """How often a government escalated."""
    place = model.names.governments.index(code)
    return float(sum(d.government == place and d.move == ESCALATE for d in model.decisions))


def _acts(model: TradeModel) -> list[tuple[int, ...]]:
    return [(d.day, d.government, d.partner, d.move, d.act, d.measure) for d in model.decisions]


def _forced(model: TradeModel) -> set[tuple[int, ...]]:
    return {row for row, d in zip(_acts(model), model.decisions, strict=True) if d.reason == FORCED}
