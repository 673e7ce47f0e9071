"""A scenario said back in plain words, in Markdown."""

from sim.reports.game.game_story import payoff_table, seen_after
from sim.reports.templates.rendering import render
from sim.scenarios.assumptions import assumptions_of, numbers_of
from sim.scenarios.schema import Scenario


def scenario_summary(s: Scenario) -> str:
    """What a scenario file says, for its author to compare with what was meant."""
    return render(
        "scenario.md",
        s=s,
        days=(s.end - s.start).days + 1,
        payoffs=payoff_table(s.game) if s.game else "",
        seen=seen_after(s.game) if s.game else "",
        bases={m.id: m.basis for m in s.measures},
        numbers=len(list(numbers_of(s))),
        assumptions=len(assumptions_of(s)),
    )
