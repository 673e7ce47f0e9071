"""The configuration of a fit, read from a file: months, parameters with priors, starts and seeds."""

import math
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, ValidationError

from sim.domain.errors import EvidenceError
from sim.domain.parameters import GOVERNMENT
from sim.record.coding import (
    SHIPPED_SCORING,
    CodedMonth,
    Scoring,
    full_months,
    months_by_legal_acts,
    months_by_score,
)
from sim.record.events import Record
from sim.record.months import month_range
from sim.scenarios.load import LARGEST, read_text, toml_of
from sim.scenarios.messages import did_you_mean
from sim.scenarios.numbers import Entry

SHIPPED: Final = Path(__file__).with_name("priors.toml")
OWN: Final = {"strategy": ("precision",), "mood": ("stay", "fresh")}


class Prior(Entry):
    """The prior of a parameter: of each side unless `by_side` is false, of each regime if it has centres."""

    of: Literal["government", "strategy", "mood"] = "government"
    by_side: bool = True
    scale: Literal["log", "logit", "linear"]
    centre: float | list[float]
    width: float = Field(gt=0, le=5)
    unit: str
    why: str

    @property
    def centres(self) -> list[float]:
        """The centres, one a regime or one for all."""
        return self.centre if isinstance(self.centre, list) else [self.centre]


class FitConfig(Entry):
    """What a fit rests on: months, coding, priors, starts and seeds; `regimes` is `moods` in the file."""

    train: str
    test: str
    coding: Literal["score", "legal_acts"]
    threshold: float = Field(default=SHIPPED_SCORING.threshold, gt=0, le=1000)
    dated: Literal["announcement", "effect"] = "announcement"
    regimes: list[str] = Field(alias="moods", min_length=1, max_length=5)
    starts: int = Field(ge=1, le=100)
    seed: int = Field(ge=0)
    draws: int = Field(ge=1, le=1_000_000)
    widening: float = Field(ge=0, le=5)
    runs: int = Field(ge=1, le=1_000_000)
    parameters: dict[str, Prior] = Field(min_length=1)

    def months(self, record: Record) -> list[CodedMonth]:
        """The months that a record covers in full by this coding."""
        if self.coding == "legal_acts":
            return full_months(months_by_legal_acts(record))
        scoring = Scoring(self.threshold, effect=self.dated == "effect")
        return full_months(months_by_score(record, scoring))


def fit_config(path: Path | None = None) -> FitConfig:
    """The configuration in a file, else the shipped one; an EvidenceError says what is wrong, and where."""
    path = path or SHIPPED
    document = toml_of(read_text(path, LARGEST, EvidenceError), path.name, EvidenceError)
    try:
        config = FitConfig.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EvidenceError(f"{path.name}: {where}: {first['msg']}") from None
    for text in (config.train, config.test):
        month_range(text)
    for name, prior in config.parameters.items():
        _check(path.name, name, prior, len(config.regimes))
    for name in ("precision", *(OWN["mood"] if len(config.regimes) > 1 else ())):
        if name not in config.parameters:
            raise EvidenceError(f"{path.name}: parameters.{name}: expected a prior, got nothing")
    return config


def _check(file: str, name: str, prior: Prior, regimes: int) -> None:
    where = f"{file}: parameters.{name}"
    numbers = OWN.get(prior.of, tuple(GOVERNMENT))
    if name not in numbers:
        raise EvidenceError(
            f"{where}: there is no such number of a {prior.of}; {did_you_mean(name, numbers)}"
        )
    if len(prior.centres) not in (1, regimes):
        raise EvidenceError(f"{where}.centre: expected one, or one for each of {regimes} moods")
    top = 1.0 if prior.scale == "logit" else math.inf
    if prior.scale != "linear" and not all(0.0 < centre < top for centre in prior.centres):
        raise EvidenceError(f"{where}.centre: expected above 0 and below {top:g} on a {prior.scale} scale")
    if prior.of == "government" and prior.unit != GOVERNMENT[name].unit:
        raise EvidenceError(f"{where}.unit: expected {GOVERNMENT[name].unit!r}, got {prior.unit!r}")
    if prior.of == "strategy" and len(prior.centres) > 1:
        raise EvidenceError(f"{where}.centre: expected one, for a mood does not change a strategy")
    if prior.of == "mood" and len(prior.centres) != regimes:
        raise EvidenceError(f"{where}.centre: expected one for each of {regimes} moods")
