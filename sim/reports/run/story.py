"""A run as a story a student understands, in Markdown."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.domain.constants import (
    ACTS,
    BY_EVENT,
    BY_MOVE,
    BY_SUNSET,
    EXTEND,
    FORCED,
    HOLD,
    IMPOSE,
    IN_FORCE,
    LIFTED,
    MOVES,
    NO_ACT,
    REASONS,
    REVIEW,
    SUSPENDED,
)
from sim.domain.dates import spoken
from sim.domain.decision import Decision
from sim.domain.state import Change
from sim.reports.game.game_story import tell_game
from sim.reports.run.measure_timeline import takes_place
from sim.reports.text.formats import percent
from sim.scenarios.assumptions import assumptions_of

if TYPE_CHECKING:
    from sim.engines.mesa_engine import TradeModel

WHY = {
    "review": "at its regular review",
    "reaction": "in answer to {partner}",
    "sunset": "as suspensions of its own are about to end",
    "forced": "because this run was told to",
}
ECONOMY = {
    "trade": "trade",
    "minerals": "missing minerals, and stocks against them",
    "controls": "controls and fees",
    "concessions": "purchases withheld",
}
POLITICS = {
    "harm": "harm to exporters",
    "rent": "protection at home",
    "audience": "audiences at home",
    "acts": "attention for its acts",
}


def tell_story(model: "TradeModel") -> str:
    """The story of a finished run: who moved, why, what lapsed, what snapped back, what it cost."""
    if model.source.game is not None:
        return tell_game(model, model.source.game)
    parts = [
        f"# {model.source.title}",
        _opening(model),
        "## What happened",
        "\n".join(f"- {line}" for line in _happenings(model)),
        "## What became of the suspensions",
        "\n".join(f"- {line}" for line in _suspensions(model)),
        "## What it cost",
        _costs(model),
        _assumptions(model),
    ]
    return "\n\n".join(parts) + "\n"


def capital(model: "TradeModel", place: int) -> str:
    """Where a government sits, its name in a story."""
    return model.source.governments[model.names.governments[place]].capital


def title(model: "TradeModel", measure: int) -> str:
    """A measure's id with its title."""
    entry = model.source.measures[measure]
    return f"`{entry.id}` ({entry.title})"


def _opening(model: "TradeModel") -> str:
    who = "; ".join(
        f"{capital(model, place)} plays {model.strategies[code].spelling}"
        for place, code in enumerate(model.names.governments)
    )
    return (
        f"{model.source.about}\n\n"
        f"{spoken(model.start)} to {spoken(model.day)}. {who}. Seed {model.seed_used}, run {model.number}."
    )


def _happenings(model: "TradeModel") -> Iterator[str]:
    """Acts, answers, lapses and outside events in their order, then how often nothing was done."""
    told = [
        (decision.day, 3, _decision_line(model, decision))
        for decision in model.decisions
        if decision.act != NO_ACT or decision.reason != REVIEW
    ]
    told += list(_entries(model))
    by_day: dict[tuple[int, int], list[Change]] = {}
    for change in model.changes:
        if change.cause in (BY_SUNSET, BY_EVENT):
            by_day.setdefault((change.day, change.cause), []).append(change)
    for (day, cause), changes in by_day.items():
        names = ", ".join(f"`{model.names.measures[c.measure]}`" for c in changes)
        if cause == BY_SUNSET:
            text = f"Nobody had extended {names}: back in force."
        else:
            text = f"With it fall {names}."
        told.append((day, 0 if cause == BY_SUNSET else 2, f"**{spoken(day)}.** {text}"))
    for event in model.source.events:
        if event.date.toordinal() <= model.day:
            day = event.date.toordinal()
            why = "" if takes_place(model, event) else ": called off, for there is no spiral to end"
            told.append((day, 1, f"**{spoken(day)}.** {event.title}{why}."))
    told.sort(key=lambda line: line[:2])
    yield from (text for _, _, text in told)
    held = sum(d.move == HOLD for d in model.decisions)
    yield f"{held} of {len(model.decisions)} decisions were to hold."


def _entries(model: "TradeModel") -> Iterator[tuple[int, int, str]]:
    """Announced measures on the day they come into force."""
    made = {(d.day, d.measure) for d in model.decisions if d.act != NO_ACT}
    for c in model.changes:
        announced = model.source.measures[c.measure].lead_days > 0 and c.status == IN_FORCE
        if c.cause == BY_MOVE and announced and (c.day, c.measure) not in made:
            measure = model.names.measures[c.measure]
            yield c.day, 1, f"**{spoken(c.day)}.** `{measure}` comes into force, as announced."


def _decision_line(model: "TradeModel", d: Decision) -> str:
    who, partner = capital(model, d.government), capital(model, d.partner)
    if d.act == NO_ACT:
        force = model.forces.get((d.day, d.government, d.partner))
        if force is not None and force.act != NO_ACT:
            asked = f"{ACTS[force.act]} `{model.names.measures[force.measure]}`"
            return f"**{spoken(d.day)}.** {who} is told to {asked}, which is not legal on that day."
        return f"**{spoken(d.day)}.** {_held(d, who, partner)}"
    more = _also_extended(model, d)
    why = WHY[REASONS[d.reason]].format(partner=partner)
    chance = "" if d.reason == FORCED else f" Chance of this move: {percent(d.probability)}."
    lead = model.source.measures[d.measure].lead_days if d.act == IMPOSE else 0
    done = f"{'announces' if lead else f'{ACTS[d.act]}s'} {title(model, d.measure)}{more}"
    if lead:
        done += f", in force from {spoken(d.day + lead)},"
    return f"**{spoken(d.day)}.** {who} {done} towards {partner}, {why}. {values_sentence(d)}{chance}"


def _held(d: Decision, who: str, partner: str) -> str:
    if d.requested != HOLD:
        told = "is told to" if d.reason == FORCED else "would"
        return f"{who} {told} {MOVES[d.requested]} towards {partner} but finds no legal act."
    if d.reason == FORCED:
        return f"{who} is told to hold towards {partner}."
    why = WHY[REASONS[d.reason]].format(partner=partner)
    return f"{who} holds, {why}. {values_sentence(d)} Chance of this move: {percent(d.probability)}."


def _also_extended(model: "TradeModel", d: Decision) -> str:
    if d.act != EXTEND:
        return ""
    issuer = model.names.governments[d.government]
    target = model.names.governments[d.partner]
    others = sum(
        c.day == d.day
        and c.measure != d.measure
        and c.cause not in (BY_SUNSET, BY_EVENT)
        and model.source.measures[c.measure].issuer == issuer
        and model.source.measures[c.measure].target == target
        for c in model.changes
    )
    return f" and {others} more that end with it" if others else ""


def values_sentence(d: Decision) -> str:
    """The values of the three moves in words."""
    can = (d.view.can_escalate, True, d.view.can_relax)
    parts = [
        f"{MOVES[k]} {tidy(d.candidates[k].value):+.1f}" if can[k] else f"{MOVES[k]} impossible"
        for k in range(3)
    ]
    return f"Values in bn USD: {', '.join(parts)}."


def tidy(value: float) -> float:
    """A value to a tenth, never minus nothing."""
    return round(value, 1) + 0.0


def _suspensions(model: "TradeModel") -> Iterator[str]:
    """What became of every measure that was suspended at some time."""
    suspended = {k for k, m in enumerate(model.source.measures) if m.status == "suspended"}
    suspended |= {c.measure for c in model.changes if c.status == SUSPENDED}
    fates: dict[str, list[str]] = {}
    for k in sorted(suspended):
        fates.setdefault(_fate(model, k), []).append(f"`{model.names.measures[k]}`")
    order = ("snapped back", "lapsed", "extended", "lifted", "still suspended")
    for fate in order:
        if fate in fates:
            yield f"{fate.capitalize()}: {', '.join(fates[fate])}."
    if not fates:
        yield "None was ever in place."


def _fate(model: "TradeModel", measure: int) -> str:
    """The last thing that ended or prolonged a measure's suspension."""
    fate = "still suspended"
    for change in model.changes:
        if change.measure != measure:
            continue
        if change.status == IN_FORCE:
            fate = "lapsed" if change.cause == BY_SUNSET else "snapped back"
        elif change.status == LIFTED:
            fate = "lifted"
        elif change.status == SUSPENDED:
            fate = "extended" if fate in ("still suspended", "extended") else "still suspended"
    return fate


def _costs(model: "TradeModel") -> str:
    lines = [
        "Against the world of the first morning going on unchanged, in bn USD; a gain is negative. "
        "Trade that still adjusts to older tariffs and elections that draw near move it even if nobody acts.",
        "",
        "| | " + " | ".join(capital(model, k) for k in range(len(model.names.governments))) + " |",
        "|---|" + "---:|" * len(model.names.governments),
    ]
    terms = model.cost_terms
    for heading, group in (("economy", ECONOMY), ("politics, in money", POLITICS)):
        sums = [sum(terms[code][key] for key in group) for code in terms]
        lines.append(f"| *{heading}* | " + " | ".join(f"*{tidy(x):.1f}*" for x in sums) + " |")
        for key, words in group.items():
            lines.append(f"| {words} | " + " | ".join(f"{tidy(t[key]):.1f}" for t in terms.values()) + " |")
    lines.append("| **all** | " + " | ".join(f"**{tidy(x):.1f}**" for x in model.costs.values()) + " |")
    return "\n".join(lines)


def _assumptions(model: "TradeModel") -> str:
    count = len(assumptions_of(model.source))
    return (
        f"This rests on {count} numbers that nobody has measured; "
        f"`manifest.json` lists each with its value, unit and range."
    )
