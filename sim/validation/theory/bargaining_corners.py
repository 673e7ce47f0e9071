"""Talks where theory knows what they come to: one meeting over a prize, which is shared in slices."""

from collections.abc import Callable, Mapping
from functools import cache
from math import exp, log
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from sim.domain.constants import ACCEPTED
from sim.domain.run_record import OfferRecord
from sim.domain.view import TableView
from sim.engines.mesa_engine import TradeModel
from sim.engines.negotiation_table import table
from sim.negotiators.negotiator_register import find
from sim.statistics.arrays import Array
from sim.validation.theory.simulations import PERIOD, monthly

PIE: Final = Path(__file__).parent / "pie.toml"
SEED: Final = 1  # by its luck ONE makes the first offer
HALF: Final = 0.5  # of the prize is left a period later, where a question names no factor
STEP: Final = 0.05  # of what a partner of unknown toughness may need


def first_offer(*changes: str, patience: tuple[float, float] = (HALF, HALF)) -> OfferRecord | None:
    """The first offer that ONE makes, if it makes any, of two who discount a period by these factors."""
    factors = [f"{who}.discount={monthly(d)!r}" for who, d in zip(("ONE", "TWO"), patience, strict=True)]
    offers = TradeModel(PIE, rng=SEED, set=[*factors, *changes]).run().talks.offers
    return offers[0] if offers else None


def share(*changes: str, patience: tuple[float, float] = (HALF, HALF)) -> float:
    """What the first offer leaves ONE of the prize."""
    offer = first_offer(*changes, patience=patience)
    return 0.0 if offer is None else offer.worth * -log(monthly(patience[0]))


def option_share(option: float) -> float:
    """The same if neither would carry out what is worth less to it than an option; TWO weighs by hundredths.

    So the option is one of TWO alone, and of what ONE may keep next to nothing.
    """
    answer = HALF ** (1.0 / PERIOD)  # a day after a breach the partner has answered it
    least = answer * option / 100.0 / -log(monthly(HALF))  # [bn USD]
    slices = [f"slice_{k}.harm={2.0**-k / 100.0!r}" for k in range(1, 10)]
    trust = ("talks.trust=1", "talks.breach_pause_days=3660", "ONE.reaction_days=1", "TWO.reaction_days=1")
    credible = ("talks.precision=1", f"talks.least_trust={1.0 / (1.0 + exp(-least))!r}")
    return share(*slices, *trust, *credible)


def solutions(*changes: str, who: str = "ONE") -> list[float]:
    """What Nash, Kalai and Smorodinsky, and equality give a side of the prize."""
    even = [f"{code}.discount={monthly(HALF)!r}" for code in ("ONE", "TWO")]
    packages = table(PIE, "2001-01-02", set=[*even, *changes]).solutions
    rate = -log(monthly(HALF))
    return [packages[name].worth[who] * rate for name in ("nash", "kalai_smorodinsky", "egalitarian")]


@cache
def single_offers() -> tuple[Array, Array]:
    """What ONE gives at each belief in TWO's toughness, and whether TWO of each toughness takes it.

    It holds the key dear by its toughness, of which a step's middle is tried, and takes or leaves one offer.
    """
    parts = {k: STEP * 2.0 ** (k - 1) if k <= 5 else 0.0 for k in range(1, 10)}
    slices = [f"slice_{k}.{key}={x!r}" for k, x in parts.items() if x for key in ("harm", "home_value")]
    slices += [f"slice_{k}.status=lifted" for k, x in parts.items() if not x]
    game = (*slices, "key.home_value=1", "talks.protocol=ultimatum", "talks.meetings=1")
    steps = np.arange(STEP, 1.0 + STEP / 2.0, STEP)
    offers, accepts = np.zeros(len(steps)), np.zeros((len(steps), len(steps)))
    for k, belief in enumerate((steps - STEP / 4.0).tolist()):  # so that a step is just enough
        for j, need in enumerate((steps - STEP / 2.0).tolist()):
            believed = (f"talks.soft={belief!r}", f"talks.tough={belief!r}", f"TWO.toughness={need!r}")
            offer = first_offer(*game, *believed)
            if offer is not None:
                offers[k] = -offer.given_worth * -log(monthly(HALF))
                accepts[k, j] = offer.ending == ACCEPTED
    return offers, accepts


def best_offer(prize: float, low: float, high: float) -> tuple[float, float]:
    """The offer of the belief that pays best, and its refusal by who needs something between two numbers."""
    steps = slice(round(low / STEP), round(high / STEP))
    offers, accepts = single_offers()
    gains = (prize - offers[steps]) * accepts[steps, steps].mean(axis=1)
    best = steps.start + int(np.argmax(gains))
    return float(offers[best]), 1.0 - float(accepts[best, steps].mean())


def gain_of_best_offers() -> float:
    """What both gain on average if ONE, whose prize is as unknown, offers what pays it best."""
    offers, accepts = single_offers()
    values = (np.arange(len(offers)) + HALF) * STEP
    best = np.argmax((values[:, None] - offers) * accepts.mean(axis=1), axis=1)
    return float(np.mean(accepts[best] * (values[:, None] - values)))


def acceptance(gain: float, precision: float = 0.5, count: int = 1000) -> float:
    """How often `quantal` takes an offer that is better than refusing by a gain, over evenly spread luck."""
    rule = find("quantal").rule
    lucks = ((np.arange(count) + HALF) / count).tolist()
    views = [TableView(False, 0, 1, 0, 0.0, gain, gain, 1.0, 1.0, 0.0, luck) for luck in lucks]
    return float(np.mean([gain >= rule(view, precision) for view in views]))


def acts_agreed(*absent: str) -> int:
    """Acts of a deal on two issues of which each pays one side alone, some of them not on the table."""
    others = [f"{name}.status=lifted" for name in (*absent, *(f"slice_{k}" for k in range(2, 10)))]
    offer = first_offer("key.home_value=0.25", *others)
    return 0 if offer is None else offer.gives + offer.gets


LAST: Final = ("talks.meetings=1", "talks.offers=8")
TRIPLE: Final = tuple(f"slice_{k}.harm={3.0 * 2.0**-k!r}" for k in range(1, 10))
DEAR_BY_HALF: Final = tuple(f"slice_{k}.home_value={HALF * 2.0**-k!r}" for k in range(1, 10))
CORNERS: Final[Mapping[str, Callable[[], ArrayLike]]] = {  # what talks come to, by quantity of the table
    "talks_first_offer": lambda: [share(patience=factors) for factors in ((0.5, 0.6), (0.6, 0.5))],
    "talks_breakdown": lambda: [share(*LAST, f"talks.breakdown={p}") for p in (0.5, 0.7)],
    "talks_outside_option": lambda: [option_share(option) for option in (0.2, 0.5, 0.8)],
    "talks_deadline": lambda: [
        share(f"talks.meetings={n}", patience=(0.9, 0.9)) for n in (1, 2, 3, 4, 5, 10, 11)
    ],
    "talks_solutions": lambda: [solutions(*changes) for changes in ((), TRIPLE, DEAR_BY_HALF)],
    "talks_variable_threats": lambda: solutions("key.harm=0.8", "key.cost=0.2", who="TWO")[0] - 0.2,
    "talks_one_sided_offer": lambda: [best_offer(0.8, 0.1, 0.6), best_offer(0.8, 0.3, 0.4)],
    "talks_best_replies": gain_of_best_offers,
    "talks_acceptance": lambda: [acceptance(2.0), acceptance(0.0)],
    "talks_linkage": lambda: [acts_agreed("key"), acts_agreed("slice_1"), acts_agreed()],
}
