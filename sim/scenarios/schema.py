"""The form of scenario and government files, checked by pydantic."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sim.domain.constants import KINDS, STATUSES
from sim.domain.overview import Overview
from sim.domain.parameters import (
    ANSWERS,
    DEAL,
    ECONOMY,
    ECONOMY_OF,
    GAME,
    GOVERNMENT,
    MEASURE,
    MINERAL,
    SIDE,
    TALKS,
    TRADE,
    Declaration,
)
from sim.domain.terms import HEADINGS
from sim.scenarios.event_kinds import EventEntry
from sim.scenarios.messages import quoted
from sim.scenarios.numbers import (
    Code,
    Day,
    Entry,
    Key,
    Number,
    Text,
    check_keys,
    check_number,
    check_numbers,
    fill_defaults,
)


class AnswersEntry(Entry):
    """Chances of a partner's three answers to one kind of move, and how many were seen."""

    escalate: Annotated[float, Field(ge=0, le=1)]
    hold: Annotated[float, Field(ge=0, le=1)]
    relax: Annotated[float, Field(ge=0, le=1)]
    weight: Annotated[float, Field(ge=0, le=1e6)]
    unit: Literal["probability"]
    source: Text
    note: str = ""

    @model_validator(mode="after")
    def _add_up(self) -> "AnswersEntry":
        total = self.escalate + self.hold + self.relax
        if abs(total - 1.0) > 0.02:
            raise ValueError(f"expected chances that add up to 1, got {total:g}")
        return self


class Mineral(Entry):
    """A government's dependence on a mineral."""

    supplier: Code
    numbers: dict[Key, Number]

    @model_validator(mode="after")
    def _complete(self) -> "Mineral":
        check_numbers(self.numbers, MINERAL)
        fill_defaults(self.numbers, MINERAL)
        return self


class GovernmentEntry(Entry):
    """A government: data only."""

    name: Text
    capital: Text
    region: Text | None = None
    file: Key | None = None
    strategy: Text = "payoff_logit"
    negotiator: Text = "quantal"
    elections: list[Day] = []
    elections_source: Text | None = None
    numbers: dict[Key, Number]
    answers: dict[Key, AnswersEntry]
    minerals: dict[Key, Mineral] = {}

    @model_validator(mode="after")
    def _complete(self) -> "GovernmentEntry":
        check_numbers(self.numbers, GOVERNMENT)
        fill_defaults(self.numbers, GOVERNMENT)
        check_keys("answers", set(self.answers), set(ANSWERS), set(ANSWERS))
        if self.elections != sorted(set(self.elections)):
            raise ValueError("elections: expected each day once, in order")
        if self.elections and self.elections_source is None:
            raise ValueError("elections_source: expected where the days come from, got nothing")
        return self


class NumberedEntry(Entry):
    """A table with numbers."""

    numbers: dict[Key, Number]

    def number(self, key: str) -> float:
        """A number's value, 0 where the table has none."""
        return self.numbers[key].value if key in self.numbers else 0.0


class MeasureEntry(NumberedEntry):
    """A measure as the scenario's first morning finds it."""

    id: Key
    title: Text
    issuer: Code
    target: Code
    kind: Literal[KINDS]  # type: ignore[valid-type]
    status: Literal[STATUSES]  # type: ignore[valid-type]
    basis: Text
    source: Text
    note: str = ""
    since: Day | None = None
    until: Day | None = None
    enters: Day | None = None  # what is announced
    opens: Day | None = None
    stays: bool = False
    minerals: list[Key] = []
    suspension_days: Annotated[int, Field(ge=0, le=36600)] = 0
    lead_days: Annotated[int, Field(ge=0, le=3660)] = 0
    opened_by: Key | None = None

    @model_validator(mode="after")
    def _consistent(self) -> "MeasureEntry":
        others = {"harm", "cost"} if self.kind == "tariff" else {"coverage"}
        check_numbers(self.numbers, {key: p for key, p in MEASURE.items() if key not in others})
        if self.issuer == self.target:
            raise ValueError(f"target: expected another government than the issuer {self.issuer}")
        if self.status == "suspended" and self.until is None:
            raise ValueError("until: expected the last day of the suspension, got nothing")
        if self.status != "suspended" and self.until is not None:
            raise ValueError(f"until: expected nothing while status is {self.status}, got {self.until}")
        if self.status != "available" and self.enters is not None:
            raise ValueError(f"enters: expected nothing while status is {self.status}, got {self.enters}")
        if self.until and self.since and self.until < self.since:
            raise ValueError(f"until: expected a day on or after since ({self.since}), got {self.until}")
        if self.kind == "tariff" and self.minerals:
            raise ValueError("minerals: expected none for a tariff")
        if self.kind == "crackdown" and not self.minerals:
            raise ValueError("minerals: expected those whose detours the crackdown closes, got none")
        step, level = self.number("step"), self.number("level")
        if step > 0 and not self.number("floor") <= level <= self.number("ceiling"):
            raise ValueError(
                f"level: expected between floor and ceiling "
                f"({self.number('floor'):g} to {self.number('ceiling'):g}), got {level:g}"
            )
        return self


class TradeEntry(NumberedEntry):
    """What an importer buys from an exporter."""

    importer: Code
    exporter: Code

    @model_validator(mode="after")
    def _complete(self) -> "TradeEntry":
        for key, number in self.numbers.items():  # which it needs is checked with the economy
            if key in TRADE:
                check_number(f"numbers.{key}", number, TRADE[key])
        return self


class EconomyEntry(Entry):
    """How tariffs turn into welfare: the linear game of each pair, or an Armington world of regions."""

    model: Literal["linear", "armington"] = "linear"
    numbers: dict[Key, Number] = {}

    @model_validator(mode="after")
    def _complete(self) -> "EconomyEntry":
        needed = ECONOMY_OF[self.model]
        if not needed and self.numbers:
            raise ValueError(f"numbers: expected none for the {self.model} economy, got {min(self.numbers)}")
        check_numbers(self.numbers, {key: ECONOMY[key] for key in needed})
        if needed and self.numbers["elasticity_long"].value < self.numbers["elasticity_short"].value:
            short, long = (self.numbers[f"elasticity_{key}"].value for key in ("short", "long"))
            raise ValueError(
                f"numbers.elasticity_long: expected at least the short one ({short:g}), got {long:g}"
            )
        return self


class DealEntry(Entry):
    """A deal between two governments: its clauses, and what each has staked on its threat."""

    id: Key
    title: Text
    source: Text
    since: Day
    members: Annotated[list[Key], Field(min_length=1)]
    numbers: dict[Key, Number]
    stakes: Annotated[dict[Code, Number], Field(min_length=2, max_length=2)]

    @model_validator(mode="after")
    def _complete(self) -> "DealEntry":
        check_numbers(self.numbers, DEAL)
        for code, stake in self.stakes.items():
            check_number(f"stakes.{code}", stake, SIDE["stake"])
        return self


class AgreementEntry(Entry):
    """What two governments really agreed on a day, to hold packages against: it changes nothing."""

    id: Key
    title: Text
    date: Day
    source: Text
    members: Annotated[list[Key], Field(min_length=1)]


class TalksEntry(Entry):
    """That governments negotiate, and how; what is not enabled is not there."""

    enabled: bool = True
    protocol: Text = "alternating_offers"
    numbers: dict[Key, Number] = {}

    @model_validator(mode="after")
    def _complete(self) -> "TalksEntry":
        check_numbers(self.numbers, TALKS)
        fill_defaults(self.numbers, TALKS)
        return self


class GameEntry(Entry):
    """A matrix game instead of measures: what a round pays for a move against the partner's."""

    rounds: Annotated[int, Field(ge=1, le=36600)] | None = None
    numbers: dict[Key, Number]
    payoffs: dict[str, dict[str, Number]]  # own move, then the partner's

    @model_validator(mode="before")
    @classmethod
    def _two_by_two(cls, table: Any) -> Any:
        payoffs = table.get("payoffs") if isinstance(table, dict) else None
        rows = {"payoffs": payoffs}
        if isinstance(payoffs, dict):
            rows |= {f"payoffs.{move}": payoffs.get(move) for move in ("hold", "escalate")}
        for where, row in rows.items():
            if not isinstance(row, dict) or set(row) != {"hold", "escalate"}:
                got = "nothing" if row is None else quoted(sorted(row) if isinstance(row, dict) else row)
                raise ValueError(f"{where}: expected a table of hold and escalate, got {got}")
        return table

    @model_validator(mode="after")
    def _complete(self) -> "GameEntry":
        check_numbers(self.numbers, GAME)
        fill_defaults(self.numbers, GAME)
        cells = [number for row in self.payoffs.values() for number in row.values()]
        for number in cells:
            check_number("payoffs", number, Declaration(cells[0].unit, -1e6, 1e6, "one unit for all four"))
        return self

    @property
    def unit(self) -> str:
        """The unit of a payoff."""
        return self.payoffs["hold"]["hold"].unit


class Scenario(Overview, Entry):
    """A world to run: its calendar, governments, trade, measures and outside events."""

    name: str
    digest: str  # SHA-256 of everything below, as loaded
    title: Text
    about: Text
    start: Day
    end: Day
    governments: Annotated[dict[Code, GovernmentEntry], Field(min_length=2)]
    economy: EconomyEntry = Field(default_factory=EconomyEntry)
    trade: list[TradeEntry]
    packages: bool = True
    measures: list[MeasureEntry] = []
    deals: list[DealEntry] = []
    agreements: list[AgreementEntry] = []
    events: list[EventEntry] = []
    talks: TalksEntry | None = None
    game: GameEntry | None = None

    @property
    def cost_headings(self) -> tuple[str, ...]:
        """What a run costs and in which units: two accounts, or the one of a matrix game."""
        return HEADINGS if self.game is None else (f"cost [{self.game.unit}]",)
