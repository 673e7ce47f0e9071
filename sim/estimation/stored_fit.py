"""A stored fit, and the stamp of all that it rests on; `sim/reports/templates/fit.toml` is its form."""

import hashlib
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from sim.domain.errors import EvidenceError
from sim.estimation.fit import FitResult
from sim.estimation.likelihood import Model
from sim.estimation.priors import FitConfig
from sim.estimation.replay import WORLD
from sim.record.coding import CodedMonth
from sim.record.events import Record
from sim.record.months import last_day
from sim.record.tariffs import TariffStep
from sim.scenarios.load import LARGEST, read_text, toml_of

SHIPPED: Final = Path(__file__).with_name("fitted.toml")  # to all that is recorded
JUDGED: Final = Path(__file__).with_name("fitted_to_2024.toml")  # to the months before those that judge it


class StoredFit(NamedTuple):
    """A fit read from a file."""

    stamp: str  # digest of all it rests on, see `stamp_of`
    fitted: FitResult  # the fit


def stamp_of(
    config: FitConfig, record: Record, steps: Sequence[TariffStep], coded: Sequence[CodedMonth], train: range
) -> str:
    """A digest of what a fit rests on: priors, starts, seed, world, and the record to the last training day.

    Severity, dates, moves and suspensions count; sources and notes do not, for nothing reads them.
    """
    last = last_day(train[-1])
    rows = [
        [e.actor, str(e.date_announced), e.instrument, e.move, e.severity, str(e.expires_on)]
        for e in record.events
        if e.date_announced <= last
    ]
    rates = [[str(s.date), s.us_avg_tariff_on_cn, s.cn_avg_tariff_on_us] for s in steps if s.date <= last]
    months = [[c.month, *c.moves] for c in coded if c.month in train]
    inputs = config.model_dump(by_alias=True, include={"regimes", "starts", "seed", "parameters"})
    world = tomllib.loads(WORLD.read_text("utf-8"))  # its numbers, not its comments
    text = json.dumps([inputs, rows, rates, months, [train[0], train[-1]], world], default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def read_fit(model: Model, path: Path = SHIPPED) -> StoredFit:
    """The fit of a file, for a model with the same parameters; raises EvidenceError if it is none."""
    document = toml_of(read_text(path, LARGEST, EvidenceError), path.name, EvidenceError)
    try:
        names = [str(p["name"]) for p in document["parameters"]]
        point = np.array([float(p["count"]) for p in document["parameters"]])
        covariance = np.array(document["covariance"], dtype=float)
        ends = tuple(float(end) for end in document["starts"])
        stored = StoredFit(
            str(document["stamp"]), FitResult(point, covariance, float(document["log_likelihood"]), ends)
        )
    except KeyError as error:
        raise EvidenceError(
            f"{path.name}: expected a file made by `snapback fit`, it has no {error}"
        ) from None
    except (TypeError, ValueError) as error:
        raise EvidenceError(f"{path.name}: expected a file made by `snapback fit`: {error}") from None
    labels = [p.label for p in model.parameters]
    if names != labels or covariance.shape != (len(labels), len(labels)):
        wrong = next((a for a, b in zip(names, labels, strict=False) if a != b), "their number")
        raise EvidenceError(f"{path.name}: expected the parameters that were chosen, they differ at {wrong}")
    return stored
