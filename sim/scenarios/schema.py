"""The form of scenario and government files, checked by pydantic."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from sim.domain.constants import KINDS, STATUSES
from sim.scenarios.messages import CODE, KEY, did_you_mean, quoted
from sim.scenarios.numbers import (
    ANSWERS,
    DAYS,
    ECONOMY,
    ECONOMY_OF,
    GAME,
    GOVERNMENT,
    MEASURE,
    MINERAL,
    ROUNDS,
    TRADE,
    RequiredNumber,
)

Code = Annotated[str, StringConstraints(pattern=CODE)]
Key = Annotated[str, StringConstraints(pattern=KEY)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]


class Entry(BaseModel):
    """A table of a file: no unknown keys, nothing taken for what it is not, no changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Number(Entry):
    """A value, its unit and where it comes from; `assumption` is a source, and is shown."""

    value: float
    unit: Text
    source: Text
    note: str = ""
    low: float | None = None
    high: float | None = None

    @property
    def assumed(self) -> bool:
        """Whether nobody has measured it."""
        return self.source.startswith("assumption")


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
        check_numbers(self.numbers, MINERAL, set(MINERAL))
        return self


class GovernmentEntry(Entry):
    """A government: data only."""

    name: Text
    capital: Text
    region: Text | None = None
    file: Key | None = None
    strategy: Text = "payoff_logit"
    elections: list[Day] = []
    elections_source: Text | None = None
    numbers: dict[Key, Number]
    answers: dict[Key, AnswersEntry]
    minerals: dict[Key, Mineral] = {}

    @model_validator(mode="after")
    def _complete(self) -> "GovernmentEntry":
        check_numbers(self.numbers, GOVERNMENT, set(GOVERNMENT))
        check_keys("answers", set(self.answers), set(ANSWERS), set(ANSWERS))
        if self.elections != sorted(set(self.elections)):
            raise ValueError("elections: expected each day once, in order")
        if self.elections and self.elections_source is None:
            raise ValueError("elections_source: expected where the days come from, got nothing")
        return self


class MeasureEntry(Entry):
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
    opens: Day | None = None
    stays: bool = False
    minerals: list[Key] = []
    suspension_days: Annotated[int, Field(ge=0, le=36600)] = 0
    lead_days: Annotated[int, Field(ge=0, le=3660)] = 0
    opened_by: Key | None = None
    numbers: dict[Key, Number]

    @model_validator(mode="after")
    def _consistent(self) -> "MeasureEntry":
        needed = {"level", "coverage"} if self.kind == "tariff" else {"level", "harm", "cost"}
        allowed = {k: v for k, v in MEASURE.items() if k in needed | {"step", "floor", "ceiling"}}
        check_numbers(self.numbers, allowed, needed)
        if self.issuer == self.target:
            raise ValueError(f"target: expected another government than the issuer {self.issuer}")
        if self.status == "suspended" and self.until is None:
            raise ValueError("until: expected the last day of the suspension, got nothing")
        if self.status != "suspended" and self.until is not None:
            raise ValueError(f"until: expected nothing while status is {self.status}, got {self.until}")
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

    def number(self, key: str) -> float:
        """A number's value, 0 where the measure needs none."""
        return self.numbers[key].value if key in self.numbers else 0.0


class TradeEntry(Entry):
    """What an importer buys from an exporter."""

    importer: Code
    exporter: Code
    numbers: dict[Key, Number]

    @model_validator(mode="after")
    def _complete(self) -> "TradeEntry":
        check_numbers(self.numbers, TRADE, {"imports", "base_tariff"})
        return self

    def number(self, key: str) -> float:
        """A number's value, 0 where the trade has none."""
        return self.numbers[key].value if key in self.numbers else 0.0


class EconomyEntry(Entry):
    """How tariffs turn into welfare: the linear game of each pair, or an Armington world of regions."""

    model: Literal["linear", "armington"] = "linear"
    numbers: dict[Key, Number] = {}

    @model_validator(mode="after")
    def _complete(self) -> "EconomyEntry":
        needed = ECONOMY_OF[self.model]
        if not needed and self.numbers:
            raise ValueError(f"numbers: expected none for the {self.model} economy, got {min(self.numbers)}")
        check_numbers(self.numbers, {k: ECONOMY[k] for k in needed}, needed)
        if needed and self.numbers["elasticity_long"].value < self.numbers["elasticity_short"].value:
            short, long = (self.numbers[f"elasticity_{key}"].value for key in ("short", "long"))
            raise ValueError(
                f"numbers.elasticity_long: expected at least the short one ({short:g}), got {long:g}"
            )
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
        check_numbers(self.numbers, GAME, set(GAME))
        cells = [number for row in self.payoffs.values() for number in row.values()]
        for number in cells:
            check_number("payoffs", number, RequiredNumber(cells[0].unit, -1e6, 1e6, "one unit for all four"))
        return self

    @property
    def unit(self) -> str:
        """The unit of a payoff."""
        return self.payoffs["hold"]["hold"].unit


class CourtEvent(Entry):
    """A court removes a legal basis: all measures on it are lifted; others may open after a lag."""

    kind: Literal["court"]
    id: Key
    date: Day
    title: Text
    source: Text
    removes: Text
    lag_days: Annotated[int, Field(ge=0, le=3660)] = 0


class ElectionEvent(Entry):
    """An election gives one of a government's numbers a new value."""

    kind: Literal["election"]
    id: Key
    date: Day
    title: Text
    government: Code
    number: Key
    change: Number

    @model_validator(mode="after")
    def _known(self) -> "ElectionEvent":
        if self.number not in GOVERNMENT:
            raise ValueError(f"number: there is no such number; {did_you_mean(self.number, GOVERNMENT)}")
        check_number("change", self.change, GOVERNMENT[self.number])
        return self


class SummitEvent(Entry):
    """Governments meet: all of them decide about each other on that day.

    With `spiral_days` they meet only if each of them has escalated within so many days before.
    """

    kind: Literal["summit"]
    id: Key
    date: Day
    title: Text
    source: Text
    governments: Annotated[list[Code], Field(min_length=2)]
    spiral_days: Annotated[int, Field(ge=1, le=3660)] | None = None


EventEntry = Annotated[CourtEvent | ElectionEvent | SummitEvent, Field(discriminator="kind")]


class Scenario(Entry):
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
    measures: list[MeasureEntry] = []
    events: list[EventEntry] = []
    game: GameEntry | None = None


def check_keys(where: str, given: set[str], needed: set[str], allowed: set[str]) -> None:
    """Raise ValueError if a table lacks a key or has one it should not."""
    for key in sorted(given - allowed):
        raise ValueError(f"{where}.{key}: there is no such number; {did_you_mean(key, allowed)}")
    for key in sorted(needed - given):
        raise ValueError(f"{where}.{key}: expected a number, got nothing")


def check_numbers(given: dict[str, Number], allowed: dict[str, RequiredNumber], needed: set[str]) -> None:
    """Raise ValueError if a table of numbers lacks one, or one has the wrong unit or bounds."""
    check_keys("numbers", set(given), needed, set(allowed))
    for key, number in given.items():
        check_number(f"numbers.{key}", number, allowed[key])


def check_number(where: str, number: Number, want: RequiredNumber) -> None:
    """Raise ValueError if a number has the wrong unit, is out of bounds or should be whole."""
    if number.unit != want.unit:
        raise ValueError(f"{where}.unit: expected {want.unit!r} ({want.meaning}), got {quoted(number.unit)}")
    for part, value in (("value", number.value), ("low", number.low), ("high", number.high)):
        if value is not None and not want.low <= value <= want.high:
            raise ValueError(f"{where}.{part}: expected {bounds(want)} ({want.meaning}), got {value:g}")
    if want.unit in (DAYS, ROUNDS) and number.value % 1 != 0:
        raise ValueError(f"{where}.value: expected a whole number ({want.meaning}), got {number.value:g}")
    if number.low is not None and number.high is not None and number.low > number.high:
        raise ValueError(f"{where}.low: expected at most high ({number.high:g}), got {number.low:g}")
    for low, high in ((number.low, number.value), (number.value, number.high)):
        if low is not None and high is not None and low > high:
            raise ValueError(f"{where}.value: expected between low and high, got {number.value:g}")


def bounds(want: RequiredNumber) -> str:
    """The bounds of a number in words, with a hint where per cents are often given."""
    text = f"{want.low:g} to {want.high:g} {want.unit}"
    return f"{text}, where 0.4 means 40 %" if want.unit == "share" else text
