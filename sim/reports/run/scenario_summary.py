"""A scenario said back in plain words, in Markdown."""

from collections.abc import Sequence
from typing import Any

from sim.estimation.scenario_cautions import opening_tariffs
from sim.reports.game.game_story import seen_after
from sim.reports.templates.rendering import render
from sim.scenarios.assumptions import assumptions_of, numbers_of
from sim.scenarios.schema import Scenario


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
