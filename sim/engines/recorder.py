"""What a run leaves behind: a row a day, a row a decision, a row a change."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import partial
from itertools import permutations
from typing import Any

import pandas as pd

from sim.domain.constants import ACTS, CAUSES, MOVES, NO_ACT, REASONS, STATUSES
from sim.domain.dates import iso
from sim.domain.decision import Decision
from sim.domain.state import Change, Names, World
from sim.domain.terms import ACCOUNTS, COSTS, ECONOMY, by_account
from sim.rules.daily_payoffs import flow, pressure
from sim.rules.game_rounds import move_ago
from sim.rules.indexing import pair_of
from sim.rules.ledger import bystander_costs, cost_of, tariffs
from sim.rules.measure_changes import statuses_of
from sim.rules.mineral_supply import mineral_price
from sim.scenarios.schema import Scenario

MOVES_COLUMNS = (
    *("date", "government", "partner", "move", "act", "measure"),
    *(f"value_{move}" for move in MOVES),
    *("probability", "reason"),
)
DIGITS = 9  # of a billion dollars: a dollar
MEASURES_COLUMNS = ("date", "measure", "issuer", "target", "status", "level", "until", "cause")


class Recorder:
    """Watches a world: the statuses of its measures, and where everything stands at night."""

    def __init__(self, world: World, names: Names, start: int) -> None:
        self.world = world
        self.names = names
        self.start = start
        self.days = 0
        self.opening = [flow(world, k, start) for k in range(len(world.governments))]
        self.first_pairs, self.first_tariffs = deepcopy(world.pairs), tariffs(world)
        self.tonight: dict[str, float | str] = {}
        self.measures = deepcopy(world.measures)
        self.statuses = statuses_of(world)
        self.tariffs: list[list[float]] = []

    def cost_terms(self, place: int) -> dict[str, float]:
        """Cost so far, term by term, against the first morning's world going on [bn USD]."""
        cost = dict(zip(COSTS, _rounded(self.exact_costs(place)), strict=True))
        return {key: value for key, value in cost.items() if (key == "game") == bool(self.world.game)}

    def exact_costs(self, place: int) -> list[float]:
        """Cost so far, term by term, as the ensemble has it, not rounded to a dollar [bn USD]."""
        return cost_of(self.world, place, self.opening[place], self.days)

    def cost(self, place: int) -> dict[str, float]:
        """Cost so far against the first morning's world going on unchanged, by account [its unit]."""
        return dict(zip(ACCOUNTS, _rounded(by_account(self.exact_costs(place))), strict=True))

    def bystander_costs(self) -> list[float]:
        """Cost so far to the regions for which no government speaks [bn USD]."""
        return bystander_costs(self.world, self.first_pairs, self.first_tariffs, self.tariffs)

    def close(self, day: int) -> None:
        """Take down where everything stands at the end of a day."""
        self.days = day - self.start + 1
        world, codes = self.world, self.names.governments
        n = len(codes)
        rates = tariffs(world)
        if self.days > 0:
            self.tariffs.append(rates)
        row: dict[str, float | str] = {"date": iso(day)}
        pairs = list(permutations(range(n), 2))
        row |= {f"tariff_{codes[i]}_on_{codes[j]}": 100.0 * rates[i * n + j] for i, j in pairs}
        row |= {f"pressure_{codes[i]}_on_{codes[j]}": pressure(world, i, j, day) for i, j in pairs}
        for i, code in enumerate(codes):
            for k, mineral in enumerate(self.names.minerals):
                if world.stocks[i * world.minerals + k].supplier >= 0:
                    row[f"stock_{code}_{mineral}"] = world.stocks[i * world.minerals + k].stock
                    row[f"price_{code}_{mineral}"] = mineral_price(world, i, k)
        for i, code in enumerate(codes):
            payoffs = _rounded(by_account(flow(world, i, day)))
            row |= {f"payoff_{name}_{code}": x for name, x in zip(ACCOUNTS, payoffs, strict=True)}
            row |= {f"cost_{name}_{code}": x for name, x in self.cost(i).items()}
        self.tonight = row

    def reporters(self) -> dict[str, Callable[[Any], Any]]:
        """Model reporters for a DataCollector: the columns of `state.csv`."""
        self.close(self.start - 1)
        return {key: partial(_tonight, key) for key in self.tonight}


def _rounded(values: Sequence[float]) -> list[float]:
    """To a dollar: no dust, no -0.0."""
    return [round(value, DIGITS) + 0.0 for value in values]


def _tonight(key: str, model: Any) -> float | str:
    value: float | str = model.recorder.tonight[key]
    return value


def with_dates(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """A table with some columns of ISO text as days, of type datetime64; NaT where there is none."""
    days = {column: pd.to_datetime(frame[column]).astype("datetime64[s]") for column in columns}
    return frame.assign(**days)


def moves_frame(decisions: Sequence[Decision], names: Names) -> pd.DataFrame:
    """Decisions as a table, in the columns of `moves.csv`; a value is empty for an impossible move.

    `act` and `measure` list the package in the same order, with a plus between.
    """
    rows = [
        (
            iso(d.day),
            names.governments[d.government],
            names.governments[d.partner],
            MOVES[d.move],
            "+".join(ACTS[a.act] for a in d.acts) or ACTS[NO_ACT],
            "+".join(names.measures[a.measure] for a in d.acts),
            d.candidates[0].value if d.view.can_escalate else None,
            d.candidates[1].value,
            d.candidates[2].value if d.view.can_relax else None,
            d.probability,
            REASONS[d.reason],
        )
        for d in decisions
    ]
    frame = pd.DataFrame(rows, columns=list(MOVES_COLUMNS))
    values = [c for c in MOVES_COLUMNS if c.startswith("value_") or c == "probability"]
    return with_dates(frame.astype(dict.fromkeys(values, float)), "date")


def measures_frame(changes: Sequence[Change], s: Scenario, names: Names) -> pd.DataFrame:
    """Changes as a table, in the columns of `measures.csv`."""
    rows = [
        (
            iso(c.day),
            names.measures[c.measure],
            s.measures[c.measure].issuer,
            s.measures[c.measure].target,
            STATUSES[c.status],
            c.level,
            iso(c.until),
            CAUSES[c.cause],
        )
        for c in changes
    ]
    return with_dates(pd.DataFrame(rows, columns=list(MEASURES_COLUMNS)), "date", "until")


class GameRecorder(Recorder):
    """Watches a game: moves, payoffs and how often everybody has held, at the end of every round."""

    def partners(self, place: int) -> list[int]:
        """The places of everybody else."""
        return [k for k in range(len(self.names.governments)) if k != place]

    def payoff(self, place: int) -> float:
        """What the round paid [payoff]."""
        return sum(self.world.plays[pair_of(self.world, place, k)].today for k in self.partners(place))

    def earned(self, place: int) -> float:
        """What all rounds have paid [payoff]."""
        return sum(self.world.plays[pair_of(self.world, place, k)].earned for k in self.partners(place))

    def cooperation(self, place: int) -> float:
        """Share of a government's moves that were to hold; 1 before the first."""
        pairs = [pair_of(self.world, place, k) for k in self.partners(place)]
        escalations = sum(self.world.pairs[pair].escalations for pair in pairs)
        return 1.0 - escalations / (self.days * len(pairs)) if self.days else 1.0

    def close(self, day: int) -> None:
        """Take down the round."""
        self.days = day - self.start + 1
        world, codes = self.world, self.names.governments
        if self.days > 0:
            self.tariffs.append([0.0] * len(codes) ** 2)
        row: dict[str, float | str] = {"date": iso(day), "round": self.days}
        for place, code in enumerate(codes):
            for k in self.partners(place):
                row[f"move_{code}_on_{codes[k]}"] = MOVES[move_ago(world, place, k, 1)]
        for place, code in enumerate(codes):
            row[f"payoff_{code}"] = self.payoff(place)
            row[f"earned_{code}"] = self.earned(place)
            row[f"cooperation_{code}"] = self.cooperation(place)
            row[f"cost_{code}"] = self.cost(place)[ECONOMY]
        self.tonight = row
