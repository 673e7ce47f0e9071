"""Random worlds of many measures, deals and precisions, and moves forced by packages in them."""

import copy
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from random_toml import DOCUMENT

from sim.domain.constants import ESCALATE, KINDS, RELAX, TARIFF

START, END = date(2026, 1, 1), date(2026, 12, 31)
Days = st.SearchStrategy[date]
OTHER = {"US": "CN", "CN": "US"}
DAYS = st.integers(0, (END - START).days).map(lambda days: START + timedelta(days=days))
SOON = st.integers(1, 35).map(lambda days: START + timedelta(days=days))  # of worlds in which talks are held


def number(value: float, unit: str) -> dict[str, Any]:
    """A number as files give it."""
    return {"value": value, "unit": unit, "source": "a test"}


@st.composite
def measure(draw: st.DrawFn, name: str, issuer: str, days: Days) -> dict[str, Any]:
    """A measure of any kind and status, which may be raised and lowered, cut a mineral, or announced."""
    kind = draw(st.sampled_from([k for k in KINDS if k != "crackdown" or issuer == "CN"]))
    level, step = draw(st.sampled_from([(0.24, 0.0), (0.1, 0.1), (0.5, 0.25), (1.0, 0.0)]))
    shares = {"level": level, "step": step, "floor": 0.1 if step else 0.0, "ceiling": 1.0 if step else 0.0}
    flows = {}
    if kind == KINDS[TARIFF]:
        shares["coverage"] = draw(st.sampled_from([0.1, 0.656, 1.0]))
    else:
        flows = {key: draw(st.floats(0.0, 1.0)) for key in ("harm", "cost")}
    document = {
        "id": name,
        "title": name,
        "issuer": issuer,
        "target": OTHER[issuer],
        "kind": kind,
        "status": draw(st.sampled_from(["available", "in_force", "suspended", "suspended"])),
        "basis": draw(st.sampled_from(["Emergency", "Statute"])),
        "source": "a test",
        "suspension_days": draw(st.sampled_from([0, 60, 90, 365])),
        "lead_days": draw(st.sampled_from([0, 0, 20])),
        "numbers": {k: number(x, "share") for k, x in shares.items()}
        | {k: number(x, "bn USD/month") for k, x in flows.items()},
    }
    if document["status"] == "suspended":
        document["until"] = draw(days)
    elif document["status"] == "available" and draw(st.booleans()):
        document["enters"] = draw(days)
    if kind == "crackdown" or (issuer == "CN" and kind != KINDS[TARIFF] and draw(st.booleans())):
        document["minerals"] = ["gallium"]
    return document


@st.composite
def deal(draw: st.DrawFn, members: list[str]) -> dict[str, Any]:
    """A deal between the two of some of their measures."""
    clauses = draw(st.lists(st.sampled_from(members), min_size=1, unique=True))
    return {
        "id": "truce",
        "title": "A truce",
        "source": "a test",
        "since": START,
        "members": clauses,
        "numbers": {"tolerance": number(draw(st.sampled_from([0.0, 0.05, 0.2, 1.0])), "share")},
        "stakes": {code: number(draw(st.floats(0.0, 40.0)), "bn USD") for code in OTHER},
    }


PREFERENCES = {
    "act_precision": ("per bn USD", st.floats(0.0, 20.0) | st.just(1e6)),
    "horizon_months": ("months", st.floats(0.0, 60.0) | st.just(1e9)),
    "leverage": ("months per bn USD", st.floats(-2.0, 2.0)),
    "routine_cost": ("bn USD", st.floats(0.0, 10.0)),
    "renewal_belief": ("probability", st.floats(0.0, 1.0)),
    "notice_days": ("days", st.integers(0, 90)),
}


@st.composite
def documents(draw: st.DrawFn, days: Days) -> dict[str, Any]:
    """A world of up to ten measures, with a deal or none, whose moves packages or single acts carry."""
    document = copy.deepcopy(DOCUMENT)
    document["packages"] = draw(st.sampled_from([True, True, True, False]))
    for code in OTHER:
        more = draw(st.integers(1, 4))
        document["measures"] += [draw(measure(f"{code.lower()}_{k}", code, days)) for k in range(more)]
        for key, (unit, values) in PREFERENCES.items():
            if draw(st.booleans()):
                document["governments"][code]["numbers"][key] = number(draw(values), unit)
    names = [m["id"] for m in document["measures"]]
    document["deals"] = [draw(deal(names))] if draw(st.sampled_from([True, True, False])) else []
    return document


LIKELY = {
    "suspended": {ESCALATE: ["reactivate"], RELAX: ["lift", "extend"]},
    "available": {ESCALATE: ["impose"], RELAX: ["withdraw", "postpone"]},
    "in_force": {ESCALATE: ["raise"], RELAX: ["suspend", "lower", "lift"]},
}


@st.composite
def packages(draw: st.DrawFn, document: dict[str, Any], days: Days) -> str:
    """A move forced on a day: acts of one kind on some measures, most of them legal if nothing changed."""
    code = draw(st.sampled_from(sorted(OTHER)))
    own = {m["id"]: m["status"] for m in document["measures"] if m["issuer"] == code}
    move = draw(st.sampled_from([ESCALATE, RELAX]))
    chosen = draw(st.lists(st.sampled_from(sorted(own)), min_size=1, max_size=4, unique=True))
    acts = [draw(st.sampled_from(LIKELY[own[name]][move])) for name in chosen]
    return f"{code}:{'+'.join(f'{act}={name}' for act, name in zip(acts, chosen, strict=True))}@{draw(days)}"


@st.composite
def talks(draw: st.DrawFn, document: dict[str, Any]) -> None:
    """Let the governments of a world negotiate, with home values, at a summit and soon again."""
    numbers = {
        "gap_days": number(draw(st.integers(1, 12)), "days"),
        "offers": number(draw(st.integers(1, 8)), "offers"),
        "meetings": number(draw(st.integers(1, 12)), "meetings"),
        "breakdown": number(draw(st.floats(0.0, 0.3)), "probability"),
        "least_trust": number(draw(st.sampled_from([0.0, 0.3, 0.5, 0.9])), "probability"),
        "fulfil_days": number(draw(st.integers(1, 6)), "days"),
        "breach_pause_days": number(draw(st.integers(0, 180)), "days"),
    }
    document["talks"] = {"protocol": draw(st.sampled_from(["alternating_offers", "ultimatum"]))}
    document["talks"]["numbers"] = numbers
    document["events"] = [
        e | {"date": draw(SOON)} if e["kind"] == "summit" else e for e in document["events"]
    ]
    for code in OTHER:
        government = document["governments"][code]
        government["negotiator"] = draw(st.sampled_from(["quantal", "waiting", "time_based:firmness=0.5"]))
        government["numbers"]["toughness"] = number(draw(st.floats(0.5, 1.5)), "factor")
    for entry in document["measures"]:
        entry["numbers"]["home_value"] = number(draw(st.floats(0.0, 1.0)), "bn USD/month")


@st.composite
def worlds_with_talks(draw: st.DrawFn) -> tuple[dict[str, Any], list[str]]:
    """A random world in which governments negotiate, and moves forced in it: all within five weeks."""
    document, forced = draw(worlds(SOON))
    draw(talks(document))
    return document, forced


@st.composite
def worlds(draw: st.DrawFn, days: Days = DAYS) -> tuple[dict[str, Any], list[str]]:
    """A random world, and moves forced in it, one a day at most."""
    document = draw(documents(days))
    forced = draw(st.lists(packages(document, days), max_size=3, unique_by=lambda text: text[-10:]))
    return document, forced
