"""A scenario said back in plain words, in Markdown."""

from collections.abc import Iterator

from sim.domain.dates import spoken
from sim.reports.game.game_story import game_in_words
from sim.scenarios.assumptions import assumptions_of, numbers_of
from sim.scenarios.schema import MeasureEntry, Scenario


def plain_words(s: Scenario) -> str:
    """What a scenario file says, for its author to compare with what was meant."""
    days = (s.end - s.start).days + 1
    numbers = f"{sum(1 for _ in numbers_of(s))} numbers, of which {len(assumptions_of(s))} are assumptions."
    if s.game is not None:
        return f"{game_in_words(s, s.game)}\n\n## Numbers\n\n{numbers}\n"
    parts = [
        f"# {s.title}",
        s.about,
        f"`{s.name}` is in order. It plays {days} days, from {spoken(s.start.toordinal())} to "
        f"{spoken(s.end.toordinal())}.",
        "## Governments",
        "\n".join(f"- {line}" for line in _governments(s)),
        "## Measures on the first morning",
        "\n".join(f"- {line}" for line in _measures(s)) or "- None.",
        "## Outside events",
        "\n".join(f"- {line}" for line in _events(s)) or "- None.",
        "## Numbers",
        numbers,
    ]
    return "\n\n".join(parts) + "\n"


def _governments(s: Scenario) -> Iterator[str]:
    for code, g in s.governments.items():
        n = g.numbers
        minerals = f"; depends on {', '.join(sorted(g.minerals))}" if g.minerals else ""
        yield (
            f"**{code}**, {g.name} ({g.capital}), plays {g.strategy}; reviews every "
            f"{n['review_days'].value:g} days, answers after {n['reaction_days'].value:g}, gives renewal "
            f"a chance of {n['renewal_belief'].value:g}{minerals}."
        )


def _measures(s: Scenario) -> Iterator[str]:
    for m in s.measures:
        yield f"`{m.id}`, {m.issuer} against {m.target}: {m.title}; {_status(m)}."


def _status(m: MeasureEntry) -> str:
    if m.status == "suspended" and m.until is not None:
        end = spoken(m.until.toordinal())
        return f"suspended until {end}, back in force the day after unless extended or lifted"
    if m.status == "in_force":
        stays = "in force, and stays" if m.stays else "in force"
        return f"{stays}, at {m.number('level'):.0%}"
    if m.status == "available" and m.opened_by:
        return f"can be imposed once `{m.opened_by}` has opened it"
    if m.status == "available" and m.opens:
        return f"can be imposed from {spoken(m.opens.toordinal())}"
    return "can be imposed" if m.status == "available" else m.status


def _events(s: Scenario) -> Iterator[str]:
    basis_of = {m.id: m.basis for m in s.measures}
    for e in s.events:
        yield f"{spoken(e.day)}: {e.title}. {e.effect(basis_of)}"
