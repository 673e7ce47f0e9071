"""Offers of a run's talks: as talks.jsonl has them, and in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sim.domain.constants import ACCEPTED, ENDINGS, RELAX
from sim.domain.dates import iso
from sim.domain.decision import PackageAct
from sim.domain.run_record import OfferRecord
from sim.engines.decision_reasons import act_names
from sim.reports.templates.rendering import render

if TYPE_CHECKING:
    from sim.engines.live_game import LiveGame
    from sim.engines.mesa_engine import TradeModel

Offer = Mapping[str, Any]  # as of `offers_of`


def offers_of(model: "TradeModel | LiveGame") -> list[dict[str, Any]]:
    """All offers of a run, and rounds without, as talks.jsonl has them; worths by government [bn USD]."""
    return [_offer_of(model, o) for o in model.talks.offers]


def _offer_of(model: "TradeModel | LiveGame", o: OfferRecord) -> dict[str, Any]:
    codes, sides = model.names.governments, (o.proposer, o.responder)
    me, far = (codes[side] for side in sides)
    acts: list[dict[str, list[dict[str, str]]]] = [{me: [], far: []} for _ in range(2)]
    for k, a in enumerate(model.talks.agendas[o.day, min(sides), max(sides)]):
        named = act_names(PackageAct(a.act, a.measure), model.names)
        acts[o.package >> k & 1][codes[a.government]].append(named)
    numbers = ("believed_worth", "waiting", "demand", "answer")
    offer = {
        **{"date": iso(o.day), "round": o.round + 1, "proposer": me, "responder": far},
        **{"gives": acts[1], "keeps": acts[0]},
        "worth": {me: o.worth, far: o.partner_worth} if o.package else None,
        **{name: getattr(o, name) if o.package else None for name in numbers},
        "ending": ENDINGS[o.ending],
    }
    if o.ending != ACCEPTED:
        return offer
    carries = {(d.government, d.partner): d.move == RELAX for d in model.decisions if d.day == o.due_on}
    gift = o.given_worth, o.given_partner_worth
    dues = zip(sides, reversed(sides), (o.due, o.partner_due), strict=True)
    return offer | {
        "adds": {
            me: {me: gift[0], far: gift[1]},
            far: {me: o.worth - gift[0], far: o.partner_worth - gift[1]},
        },
        **{"nash_gap": o.nash_gap, "pareto_gap": o.pareto_gap},
        **{"deadline": iso(o.deadline) or None, "due_on": iso(o.due_on)},
        "due": {me: o.due, far: o.partner_due},
        "fulfilled": {codes[i]: carries.get((i, j)) if due else None for i, j, due in dues},
    }


def meetings(offers: Sequence[Offer], capitals: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """The day of every meeting, and what was offered there: a sentence an offer, of many two only."""
    for (day, *_), rounds in groupby(offers, lambda o: (o["date"], *sorted(o["gives"]))):
        text = render("meeting.md", rounds=list(rounds), capitals=capitals)
        yield date.fromisoformat(day).toordinal(), " ".join(text.split()).replace(" ;", ";")


def offers_text(offers: Sequence[Offer], capitals: Mapping[str, str]) -> str:
    """The offers of a day as a table, in Markdown."""
    return render("offers.md", offers=offers, capitals=capitals)
