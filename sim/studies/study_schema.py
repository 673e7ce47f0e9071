"""The form of a study file, checked by pydantic; levers, design and lines are declared where they work."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenarios.numbers import Day, Entry, Key, Text, Texts
from sim.studies.design import Design
from sim.studies.factors import Lever, Uncertainty
from sim.studies.theory_lines import Threshold

# columns of answers beside the levers, in their order
ANSWER_COLUMNS = ("outcome", "unit", "runs", "of", "failed", "happened", "mean", "low", "high")
DIFFERENCE_COLUMNS = ("difference", "difference_low", "difference_high")
Runs = Annotated[int, Field(ge=1, le=2**31)]


class StudyFile(Entry):
    """A question over many worlds."""

    title: Text
    question: Text
    answer: str = ""  # what was found, in words, once it is known; the report tells it first
    # a shipped name or a path, or several: they are then a lever of that name
    scenario: Text | Annotated[list[Text], Field(min_length=1, max_length=200)] = "busan"
    until: Day | None = None  # last day
    force: Texts = []  # forced moves in every world
    strategy: Texts = []  # strategies in every world
    set: Texts = []  # numbers set in every world
    runs: Runs = 1000  # of each cell, at most if there is a precision; one where nothing is left to luck
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1  # of all luck, and of what a design draws
    luck: Literal["shared", "own"] = "shared"  # `shared`, and cells differ by what they change only, or `own`
    engine: Literal["ensemble", "mesa"] = "ensemble"  # that plays
    chunk: Annotated[int, Field(ge=1, le=10_000_000)] = 5000  # runs that are stored together
    precision: Annotated[float, Field(gt=0)] | None = None  # half of the 95 % interval at which a cell ends
    precision_of: Key | None = None  # the outcome that it is asked of; the first if not given
    look_every: Annotated[int, Field(ge=20)] = 500  # runs after which a cell is looked at
    levers: dict[Key, Lever] = {}  # by name
    # by name, or "assumptions": every assumption that has a range
    uncertainties: dict[Key, Uncertainty] | Literal["assumptions"] = {}
    outcomes: Annotated[dict[Key, Text], Field(min_length=1)]  # spellings by name
    # levers by name with a value or label: the row that all others are compared with; the first if not given
    reference: dict[Key, float | str] = {}
    design: Design
    # lines of theory in the pictures; they are no part of what is played
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
        used = [*names, *self.outcomes, "cell", "run", "error", "draw"]
        used += [c for c in (*ANSWER_COLUMNS, *DIFFERENCE_COLUMNS) if c in self.levers or c == "runs"]
        if isinstance(self.scenario, list):
            used.append("scenario")
        twice = sorted({name for name in used if used.count(name) > 1})
        if twice:
            raise ValueError(f"{twice[0]}: expected a name of its own, got one that is taken")
        return self
