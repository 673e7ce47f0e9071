"""A run as a story a student understands, in Markdown."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.domain.constants import (
    ACTS,
    BY_EVENT,
    BY_SUNSET,
    CONCEDE,
    DEAL,
    ESCALATE,
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
from sim.domain.dates import iso, spoken
from sim.domain.decision import Decision
from sim.reports.game.game_story import game_story
from sim.reports.run.measure_timeline import takes_place
from sim.reports.run.offers import meetings, offers_of
from sim.reports.templates.rendering import Markdown, render
from sim.reports.text.formats import listed, percent, rounded, strategies_text
from sim.scenarios.assumptions import assumptions_of
from sim.scenarios.welfare_tables import REGIONS, bystanders_of

if TYPE_CHECKING:
    from sim.engines.mesa_engine import TradeModel

WHY = {
    "review": "at its regular review",
    "reaction": "in answer to {partner}",
    "sunset": "as suspensions of its own are about to end",
    "forced": "because this run was told to",
    "deal": "instead of what it had agreed",
}
LAPSES, EVENTS, FALLS, DECISIONS, TALKS = range(5)  # the order of a day's lines


def run_story(model: "TradeModel") -> Markdown:
    """The story of a finished run: who moved, why, what lapsed, what snapped back, what it cost."""
    if model.source.game is not None:
        return Markdown(game_story(model, model.source.game))
    regions = [REGIONS.get(name, name) for name in bystanders_of(model.source)]
    offers = offers_of(model)
    capitals = {code: g.capital for code, g in model.source.governments.items()}
    text = render(
        "story.md",
        model=model,
        days=f"{spoken(model.start)} to {spoken(model.day)}",
        strategies=strategies_text(model.source, model.strategies),
        happened=list(_calendar(model, meetings(offers, capitals))),
        deals=[o for o in offers if o["ending"] == "accepted"],
        last=iso(model.day),
        suspensions=list(_suspensions(model)),
        capitals=capitals,
        bystanders=list(zip(regions, model.recorder.bystander_costs(), strict=True)),
        assumptions=len(assumptions_of(model.source)),
    )
    return Markdown(text)


def _calendar(model: "TradeModel", talks: Iterator[tuple[int, str]]) -> Iterator[str]:
    """Acts, answers, lapses, outside events and talks in order, then how often nothing was done."""
    active = [d for d in model.decisions if d.act != NO_ACT or d.reason != REVIEW]
    lines = [(d.day, DECISIONS, _decision(model, d)) for d in active]
    lines += [(day, TALKS, text) for day, text in talks]
    acts = {(d.day, a.measure) for d in model.decisions for a in d.acts}
    back: dict[tuple[int, int], list[str]] = {}
    for c in model.changes:
        entry = model.source.measures[c.measure]
        if c.cause in (BY_SUNSET, BY_EVENT):
            back.setdefault((c.day, c.cause), []).append(f"`{entry.id}`")
        elif entry.lead_days > 0 and c.status == IN_FORCE and (c.day, c.measure) not in acts:
            lines.append((c.day, EVENTS, f"`{entry.id}` comes into force, as announced."))
    for (day, cause), ids in back.items():
        if cause == BY_SUNSET:
            lines.append((day, LAPSES, f"Nobody had extended {', '.join(ids)}: back in force."))
        else:
            lines.append((day, FALLS, f"With it fall {', '.join(ids)}."))
    for event in model.source.events:
        day = event.date.toordinal()
        if day <= model.day:
            why = "" if takes_place(model, event) else ": called off, for there is no spiral to end"
            lines.append((day, EVENTS, f"{event.title}{why}."))
    for day, _, text in sorted(lines, key=lambda line: line[:2]):
        yield f"**{spoken(day)}.** {text}"
    holds = sum(d.move == HOLD for d in model.decisions)
    yield f"{holds} of {len(model.decisions)} decisions were to hold."


def _decision(model: "TradeModel", d: Decision) -> str:
    """A decision in sentences: who did what to whom, why, what moves were worth, how likely it was."""
    capitals = [g.capital for g in model.source.governments.values()]
    who, partner = capitals[d.government], capitals[d.partner]
    why = WHY[REASONS[d.reason]].format(partner=partner)
    can = (d.view.can_escalate, True, d.view.can_relax)
    forced = model.forces.get((d.day, d.government, d.partner), [])
    if forced and forced[0].act == CONCEDE:
        why = "in a deal"
    words = MOVES if d.reason != DEAL else ("escalate", "refuse", "carry it out")
    worth = [
        f"{move} {rounded(c.value):+.1f}" if legal else f"{move} impossible"
        for move, c, legal in zip(words, d.candidates, can, strict=True)
    ]
    values = f"Values in bn USD: {', '.join(worth)}."
    if d.reason != FORCED and d.probability is not None:
        values += f" Chance of this move: {percent(d.probability)}."
    if d.reason == DEAL and d.move != ESCALATE:
        does, what = ("carries out", f": it {listed(_phrases(model, d))}") if d.acts else ("refuses", "")
        return f"{who} {does} what it had agreed with {partner}{what}. {values}"
    if d.acts:
        return f"{who} {listed(_phrases(model, d))} towards {partner}, {why}. {values}"
    if forced and forced[0].act != NO_ACT:
        what = listed([f"{ACTS[f.act]} `{model.names.measures[f.measure]}`" for f in forced])
        return f"{who} is told to {what}, which is not legal on that day."
    if d.requested != HOLD:
        would = "is told to" if d.reason == FORCED else "would"
        return f"{who} {would} {MOVES[d.requested]} towards {partner} but finds no legal act."
    if d.reason == FORCED:
        return f"{who} is told to hold towards {partner}."
    return f"{who} holds, {why}. {values}"


def _phrases(model: "TradeModel", d: Decision) -> list[str]:
    """What a decision does, act by act: the measures, with the titles of all if they are few."""
    phrases: list[str] = []
    for act in dict.fromkeys(a.act for a in d.acts):
        entries = [model.source.measures[a.measure] for a in d.acts if a.act == act]
        announced = [e for e in entries if act == IMPOSE and e.lead_days]
        for entry in announced:
            day = spoken(d.day + entry.lead_days)
            phrases.append(f"announces `{entry.id}` ({entry.title}), in force from {day},")
        at_once = [e for e in entries if e not in announced]
        if at_once:
            names = [f"`{e.id}`" + (f" ({e.title})" if len(d.acts) < 3 else "") for e in at_once]
            phrases.append(f"{ACTS[act]}s {listed(names)}")
    return phrases


def _suspensions(model: "TradeModel") -> Iterator[str]:
    """What became of every measure that was suspended at some time."""
    suspended = {k for k, m in enumerate(model.source.measures) if m.status == "suspended"}
    fates = dict.fromkeys(suspended, "still suspended")  # by the last change
    suspended |= {c.measure for c in model.changes if c.status == SUSPENDED}
    for c in model.changes:
        if c.status == IN_FORCE:
            fates[c.measure] = "lapsed" if c.cause == BY_SUNSET else "snapped back"
        elif c.status == LIFTED:
            fates[c.measure] = "lifted"
        elif c.status == SUSPENDED:
            ongoing = fates.get(c.measure) in ("still suspended", "extended")
            fates[c.measure] = "extended" if ongoing else "still suspended"
    for fate in ("snapped back", "lapsed", "extended", "lifted", "still suspended"):
        if names := [f"`{model.names.measures[k]}`" for k in sorted(suspended) if fates[k] == fate]:
            yield f"{fate.capitalize()}: {', '.join(names)}."
    if not suspended:
        yield "None was ever in place."
