"""What `snapback check` says: what a scenario has, what may not be meant, what is believed of pressure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from json import dumps
from typing import Any

from sim.domain.constants import ESCALATE
from sim.domain.parameters import GOVERNMENT
from sim.engines.run_spec import RunSpec
from sim.estimation.leverage_fixed_point import Beliefs, range_of
from sim.reports.game.game_story import seen_after
from sim.reports.templates.rendering import render
from sim.rules.trade import tariff
from sim.scenarios.assumptions import assumptions_of, numbers_of
from sim.scenarios.initial_state import names_of, world_of
from sim.scenarios.schema import Scenario
from sim.studies.engine_choice import run_records

SOON = 7  # days
GAP = 0.1  # [share] between two tariffs
OFTEN = 0.5  # of runs


def scenario_summary(s: Scenario) -> str:
    """What a scenario file says, for its author to compare with what was meant."""
    return render(
        "scenario.md",
        s=s,
        days=(s.end - s.start).days + 1,
        tariffs={} if s.game else opening_tariffs(s),
        seen=seen_after(s.game) if s.game else "",
        bases={m.id: m.basis for m in s.measures},
        numbers=len(list(numbers_of(s))),
        assumptions=len(assumptions_of(s)),
    )


def summary_of_scenario(s: Scenario, cautions: Sequence[str]) -> dict[str, Any]:
    """What `snapback check --json` tells of a file that is in order."""
    tariffs = {} if s.game else opening_tariffs(s)
    facts = {"scenario": s.name, "title": s.title, "start": s.start.isoformat(), "end": s.end.isoformat()}
    counts = {"measures": len(s.measures), "numbers": len(list(numbers_of(s)))}
    more = {"governments": list(s.governments), "assumptions": len(assumptions_of(s))}
    opening = {where: {"opening": now, "adjusted": before} for where, (now, before) in tariffs.items()}
    return {**facts, **counts, **more, "tariffs": opening, "faults": [], "cautions": cautions}


def belief_summary(spec: RunSpec, beliefs: Beliefs) -> str:
    """A line of Markdown for each government, with what the numbers mean."""
    return render("beliefs.md", beliefs=beliefs, spec=spec)


def belief_lines(spec: RunSpec, rounds: Sequence[Beliefs]) -> str:
    """Whether beliefs and world agree, and the lines of the scenario file that store what was reached."""
    how = {"unit": GOVERNMENT["leverage"].unit, "range_of": range_of, "quoted": dumps}
    return render("leverage.toml", spec=spec, rounds=rounds, last=rounds[-1], **how).rstrip()


def opening_tariffs(s: Scenario) -> dict[str, tuple[float, float | None]]:
    """By direction of trade: the average tariff of the first morning, and the one trade has adjusted to."""
    world, codes = world_of(s), list(s.governments)
    return {
        f"{t.importer} on {t.exporter}": (
            tariff(world, codes.index(t.importer), codes.index(t.exporter)),
            t.number("adjusted_tariff") if "adjusted_tariff" in t.numbers else None,
        )
        for t in s.trade
    }


def cautions(spec: RunSpec) -> Iterator[str]:
    """What a scenario's author should look at again, a sentence each; runs go to the first reviews."""
    s = spec.load()
    if s.game is not None:
        return
    for where, (now, before) in opening_tariffs(s).items():
        if before is not None and abs(now - before) > GAP:
            yield (
                f"The average tariff of {where} opens at {100 * now:.1f} %, and by its adjusted_tariff trade "
                f"has adjusted to {100 * before:.1f} %: trade moves from the first day on"
            )
    for m in s.measures:
        if m.until is not None and (m.until - s.start).days < SOON:
            yield f"The suspension of {m.id} ends on {m.until}, within a week of the start ({s.start})"
    for code in s.governments:
        if not any(m.issuer == code for m in s.measures):
            yield f"{code} has no measure, so that it can only hold"
    first = max(int(g.numbers["review_offset"].value) for g in s.governments.values())
    day = min(s.end, s.start + timedelta(days=first))
    count: Counter[int] = Counter()
    for record in run_records(replace(spec, until=day)):
        move = next((m for m in record.moves if m.move == ESCALATE), None)
        count.update([move.government] if move is not None else ())
    for k, times in count.items():
        if times > OFTEN * spec.runs:
            yield (
                f"{names_of(s).governments[k]} escalates first and unprovoked, by {day}, in {times} "
                f"of {spec.runs} runs: acting costs it too little, or its tariffs are not those that it wants"
            )
