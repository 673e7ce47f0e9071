"""What a run was: enough to defend every number in it and to make it again."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from sim.domain.dates import iso
from sim.scenarios.assumptions import as_table, assumptions_of, numbers_of
from sim.scenarios.schema import Scenario
from sim.storage.provenance import code_digest, versions_of
from sim.strategies.strategy_register import Strategy

if TYPE_CHECKING:
    from sim.engines.mesa_engine import TradeModel

MADE_WITH = ("mesa", "numpy", "pandas", "matplotlib")  # their versions are no part of a fingerprint


def manifest_of(model: "TradeModel") -> dict[str, Any]:
    """Version, scenario and its hash, seed, every parameter, and every assumption."""
    source = model.source
    return {
        **origin_of(source),
        "set": list(model.spec.overrides),
        "seed": model.seed_used,
        "run": model.number,
        "from": iso(model.start),
        "until": iso(model.end),
        "force": list(model.spec.force),
        "typed": {"scenario": model.spec.name, "strategy": list(model.spec.strategy)},
        **world_contents(source, model.strategies),
    }


def origin_of(source: Scenario) -> dict[str, Any]:
    """What a manifest begins with: by which code, of which scenario."""
    return {
        "snapback": version("snapback"),
        "code": code_digest(),
        "versions": versions_of(MADE_WITH),
        "scenario": {"name": source.name, "title": source.title, "sha256": source.digest},
    }


def world_contents(source: Scenario, strategies: Mapping[str, Strategy]) -> dict[str, Any]:
    """What a manifest of runs ends with: who played what, and every measure, event, number and assumption."""
    return {
        "strategies": {
            code: {"name": s.name, "parameters": s.parameters, "source": s.source, "sha256": s.digest}
            for code, s in strategies.items()
        },
        "measures": [entry.model_dump(mode="json", exclude={"numbers"}) for entry in source.measures],
        "events": [event.model_dump(mode="json") for event in source.events],
        **number_contents(source),
    }


def number_contents(source: Scenario) -> dict[str, Any]:
    """Every number of a scenario with its source, and those that are assumptions."""
    return {
        "numbers": {path: as_table(number) for path, number in numbers_of(source)},
        "assumptions": list(assumptions_of(source)),
    }
