"""The form of a study file, checked by pydantic."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenarios.numbers import Code, Day, Entry, Key, Text

Texts = Annotated[list[Text], Field(max_length=200)]
Runs = Annotated[int, Field(ge=1, le=2**31)]
Finite = Annotated[float, Field(ge=-1e12, le=1e12)]


class LeverOption(Entry):
    """One thing that a lever can be put to: any changes of the world, under a label."""

    label: Text
    set: Texts = []
    force: Texts = []
    strategy: Texts = []
    scenario: Text | None = None
    until: Day | None = None


class NumberRange(Entry):
    """A number, or several that move together, and the range to put them to."""

    what: str = ""
    number: Text | None = None
    numbers: Texts = []
    low: Finite | None = None
    high: Finite | None = None

    @property
    def paths(self) -> list[str]:
        """Of the numbers that it sets."""
        return [self.number] if self.number is not None else list(self.numbers)


class Uncertainty(NumberRange):
    """What nobody chooses: a number, or several that move together, over a range."""

    distribution: Literal["uniform", "log_uniform", "triangular"] = "uniform"

    @model_validator(mode="after")
    def _named(self) -> "Uncertainty":
        if bool(self.number) == bool(self.numbers):
            raise ValueError("expected one of number and numbers, got " + ("both" if self.number else "none"))
        check_range(self.low, self.high, self.distribution)
        return self


class Lever(NumberRange):
    """What a government chooses: numbers with values or a range, strategies, or options of any kind."""

    values: Annotated[list[Finite], Field(max_length=10_000)] = []
    count: Annotated[int, Field(ge=2, le=10_000)] | None = None
    government: Code | None = None
    strategies: Texts = []
    options: Annotated[list[LeverOption], Field(max_length=10_000)] = []

    @property
    def choices(self) -> Sequence[LeverOption]:
        """What it is put to, if that is not a number."""
        spelled = [
            LeverOption(label=text, strategy=[f"{self.government}={text}"]) for text in self.strategies
        ]
        return [*self.options, *spelled]

    @model_validator(mode="after")
    def _one_kind(self) -> "Lever":
        kinds = [bool(self.number), bool(self.numbers), bool(self.strategies), bool(self.options)]
        if sum(kinds) != 1:
            raise ValueError(f"expected one of number, numbers, strategies and options, got {sum(kinds)}")
        if bool(self.strategies) != (self.government is not None):
            raise ValueError("expected government and strategies together, got one of them")
        if not self.paths and (self.values or self.count or self.low is not None or self.high is not None):
            raise ValueError("expected values or a range of a number only, got them without number")
        if self.values and (self.count is not None or self.low is not None or self.high is not None):
            raise ValueError("expected values or a range, got both")
        labels = [option.label for option in self.choices]
        twice = sorted({label for label in labels if labels.count(label) > 1})
        if twice:
            raise ValueError(f"expected every label once, got {twice[0]} more often")
        check_range(self.low, self.high, "uniform")
        return self


class Design(Entry):
    """Which cells are played.

    Attributes:
        kind: `grid` plays every combination of levers; `list` the rows; `latin_hypercube` and `sobol`
            draw points of levers and uncertainties together; `nested` plays every combination of levers
            with the same draws of the uncertainties.
        points: how many are drawn; for `sobol` the base sample n of n (d + 2) cells.
        rows: levers by name with their value or label; those not named stay as the study has them.
        without: paths of assumptions that stay as they are, if `uncertainties` is "assumptions".
    """

    kind: Literal["grid", "list", "latin_hypercube", "sobol", "nested"]
    points: Annotated[int, Field(ge=2, le=2**24)] | None = None
    rows: Annotated[list[dict[Key, float | str]], Field(max_length=1_000_000)] = []
    without: Texts = []

    @model_validator(mode="after")
    def _complete(self) -> "Design":
        random = self.kind in ("latin_hypercube", "sobol", "nested")
        if random != (self.points is not None):
            raise ValueError(f"points: expected {'a number' if random else 'nothing'} for a {self.kind}")
        if (self.kind == "list") != bool(self.rows):
            raise ValueError("rows: expected them for a list, and for a list only")
        if self.kind == "sobol" and (self.points or 0) & ((self.points or 0) - 1):
            raise ValueError(f"points: expected a power of two for sobol, got {self.points}")
        return self


class Threshold(Entry):
    """A line that theory draws into pictures: from it on, something should hold.

    Attributes:
        theory: name of the function that gives its value.
        levers: of numbers, one or two, that must each reach it.
        arguments: of the function, by the names of its parameters; `given` in the file.
        of: which world the line is of, in words: it is told with the picture.
        outcomes: whose pictures it is drawn into, all if not given.
    """

    theory: Text
    levers: Annotated[list[Key], Field(min_length=1, max_length=2)]
    arguments: Annotated[dict[Key, Finite], Field(alias="given")] = {}
    of: Text
    outcomes: Annotated[list[Key], Field(max_length=100)] = []


class StudyFile(Entry):
    """A question over many worlds.

    Attributes:
        answer: what was found, in words, once it is known; the report tells it first.
        scenario: a shipped name or a path, or several: they are then a lever of that name.
        until: last day.
        force: forced moves in every world.
        strategy: strategies in every world.
        set: numbers set in every world.
        runs: of each cell; the most of them if there is a precision; one where nothing is left to luck.
        seed: of all luck, and of what a design draws.
        luck: `shared`, and cells differ by what they change only, or `own`.
        engine: that plays.
        chunk: runs that are stored together.
        precision: half of the 95 % interval at which a cell ends early.
        precision_of: the outcome that it is asked of; the first if not given.
        look_every: runs after which a cell is looked at.
        levers: by name.
        uncertainties: by name, or "assumptions": every assumption that has a range.
        outcomes: spellings by name.
        thresholds: lines of theory in the pictures; they are no part of what is played.
    """

    title: Text
    question: Text
    answer: str = ""
    scenario: Text | Annotated[list[Text], Field(min_length=1, max_length=200)] = "busan"
    until: Day | None = None
    force: Texts = []
    strategy: Texts = []
    set: Texts = []
    runs: Runs = 1000
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1
    luck: Literal["shared", "own"] = "shared"
    engine: Literal["ensemble", "mesa"] = "ensemble"
    chunk: Annotated[int, Field(ge=1, le=10_000_000)] = 5000
    precision: Annotated[float, Field(gt=0)] | None = None
    precision_of: Key | None = None
    look_every: Annotated[int, Field(ge=20)] = 500
    levers: dict[Key, Lever] = {}
    uncertainties: dict[Key, Uncertainty] | Literal["assumptions"] = {}
    outcomes: Annotated[dict[Key, Text], Field(min_length=1)]
    design: Design
    thresholds: Annotated[list[Threshold], Field(max_length=20)] = []

    @model_validator(mode="after")
    def _fits(self) -> "StudyFile":
        kind, uncertain = self.design.kind, bool(self.uncertainties)
        if not self.levers and not uncertain and isinstance(self.scenario, str):
            raise ValueError("levers: expected a lever, an uncertainty or several scenarios, got none")
        if kind in ("grid", "list") and uncertain:
            raise ValueError(f"uncertainties: expected none for a {kind}; nested plays levers over them")
        if kind == "nested" and not uncertain:
            raise ValueError("uncertainties: expected at least one for a nested design, got none")
        if self.precision is not None and kind not in ("grid", "list"):
            raise ValueError(f"precision: expected it with a grid or a list, got it with {kind}")
        if self.precision_of is not None and self.precision_of not in self.outcomes:
            raise ValueError(f"precision_of: expected one of the outcomes, got {self.precision_of}")
        if isinstance(self.scenario, list) and len(set(self.scenario)) < len(self.scenario):
            raise ValueError("scenario: expected every scenario once, got one more often")
        names = [*self.levers, *(self.uncertainties if isinstance(self.uncertainties, dict) else ())]
        used = [*names, *self.outcomes, "cell", "run", "runs", "error", "draw"]
        if isinstance(self.scenario, list):
            used.append("scenario")
        twice = sorted({name for name in used if used.count(name) > 1})
        if twice:
            raise ValueError(f"{twice[0]}: expected a name of its own, got one that is taken")
        return self


def check_range(low: float | None, high: float | None, distribution: str) -> None:
    """Raise ValueError unless a range has both ends or none, in their order."""
    if (low is None) != (high is None):
        raise ValueError("expected low and high together, got one of them")
    if low is not None and high is not None:
        if not low < high:
            raise ValueError(f"expected low below high, got {low:g} and {high:g}")
        if distribution == "log_uniform" and low <= 0:
            raise ValueError(f"low: expected more than 0 for log_uniform, got {low:g}")
