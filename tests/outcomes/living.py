"""Lives to ask outcomes of: shipped scenarios played once, lives made by hand, lives as arrays."""

import functools
from types import FunctionType
from typing import Any

import numpy as np

import sim
from sim.domain.constants import ACTS, ESCALATE, HOLD, MOVE_OF_ACT, NEVER, REVIEW
from sim.domain.run_record import ActRecord, DecisionRecord, OfferRecord, RunRecord
from sim.domain.state import Change, MeasureState
from sim.domain.terms import AUDIENCE, CONTROLS, COSTS
from sim.scenarios import Scenario

PROVOKED = "US:escalate@2026-03-02"
PLAYED = [("busan", 0, PROVOKED), *((name, 1, "") for name in sim.scenario_names())]
START = 1000  # first day of a life made by hand
WHOLE = {
    "day",
    "government",
    "partner",
    "reason",
    "requested",
    "move",
    "act",
    "measure",
    "status",
    "until",
    "cause",
    *(key for key, kind in OfferRecord.__annotations__.items() if kind is int),
}


@functools.cache
def played(name: str, run: int, force: str) -> tuple[Scenario, RunRecord]:
    """A shipped scenario and the life of one of its runs."""
    model = sim.TradeModel(name, rng=1, run=run, force=[force] if force else []).run()
    return model.source, model.record


def move(
    day: int, government: int, word: str, measure: int = -1, partner: int = -1, pressure: float = 0.0
) -> DecisionRecord:
    """A decision on a day after the start, by a move's word or an act's."""
    words = {"escalate": ESCALATE, "hold": HOLD, "relax": 2}
    act = ACTS.index(word) if word in ACTS else 0
    said = MOVE_OF_ACT[act] if act else words[word]
    other = 1 - government if partner < 0 else partner
    return DecisionRecord(START + day, government, other, REVIEW, said, said, act, measure, pressure)


def life(
    *moves: DecisionRecord, days: int = 100, opening: Any = (), changes: Any = (), **given: Any
) -> RunRecord:
    """A life between two governments made by hand."""
    end = START + days - 1
    tariffs = given.get("tariffs", [[0.0, 0.1, 0.2, 0.0]] * days)
    costs = given.get("costs", [paid(1.0, 5.0), paid(2.0, 6.0)])
    acts = [ActRecord(m.day, m.government, m.partner, m.act, m.measure) for m in moves if m.act]
    return RunRecord(
        *(START, end, list(moves), acts, list(changes), list(opening), tariffs, costs),
        offers=given.get("offers", []),
    )


def paid(economy: float, politics: float) -> list[float]:
    """A government's costs, term by term, that come to so much in each account."""
    costs = [0.0] * len(COSTS)
    costs[CONTROLS], costs[AUDIENCE] = economy, politics
    return costs


def measure(issuer: int, status: int, until: int = NEVER) -> MeasureState:
    """A measure of the first morning; its end as a day after the start."""
    numbers = dict.fromkeys(MeasureState.__dataclass_fields__, 0)
    day = until if until == NEVER else START + until
    return MeasureState(**{**numbers, "issuer": issuer, "status": status, "until": day})


def change(day: int, number: int, status: int, cause: int, until: int = NEVER) -> Change:
    """A change of a measure on a day after the start."""
    return Change(START + day, number, status, 1.0, until if until == NEVER else START + until, cause)


def as_arrays(one: RunRecord) -> RunRecord:
    """The same life as a compiled engine holds it."""
    return one._replace(
        moves=_records(one.moves, DecisionRecord._fields),
        acts=_records(one.acts, ActRecord._fields),
        changes=_records(one.changes, Change._fields),
        opening=_records(one.opening, tuple(MeasureState.__dataclass_fields__)),
        tariffs=np.array(one.tariffs, dtype=float),
        costs=np.array(one.costs, dtype=float),
        bystanders=np.array(one.bystanders, dtype=float),
        offers=_records(one.offers, OfferRecord._fields),
    )


def _records(rows: Any, keys: tuple[str, ...]) -> np.ndarray:
    whole = {f: k.type is int for f, k in MeasureState.__dataclass_fields__.items()}
    kinds = [(key, "i8" if whole.get(key, key in WHOLE) else "f8") for key in keys]
    return np.array([tuple(getattr(row, key) for key in keys) for row in rows], dtype=kinds)


@functools.cache
def compiled(rule: Any) -> Any:
    """An outcome's function compiled as it stands, with the functions of this house that it calls."""
    import numba

    space = dict(rule.__globals__)
    for key in rule.__code__.co_names:
        value = space.get(key)
        of_this_house = isinstance(value, FunctionType) and value.__module__.startswith("sim.")
        if of_this_house and value is not rule:  # a record may have a field of the outcome's name
            space[key] = compiled(value)
    return numba.njit(FunctionType(rule.__code__, space, rule.__name__, rule.__defaults__))
