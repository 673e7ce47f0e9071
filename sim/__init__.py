"""Snapback: an agent-based simulator of trade negotiation between governments.

>>> import sim
>>> model = sim.TradeModel(sim.scenario("busan"), rng=1).run()
>>> list(model.moves.columns[:4])
['date', 'government', 'partner', 'move']
"""

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from sim.domain.constants import ESCALATE, HOLD, RELAX, Move
from sim.domain.errors import (
    EngineError,
    ForceError,
    ResultsError,
    ScenarioError,
    SnapbackError,
    StrategyError,
    StudyError,
)
from sim.domain.view import View
from sim.scenarios import Scenario, scenario, scenario_names
from sim.strategies import names as strategy_names
from sim.strategies import strategy

if TYPE_CHECKING:
    from sim.engines.ensemble import ensemble
    from sim.engines.mesa_engine import Government, TradeModel
    from sim.studies.study_loader import study

__version__ = version("snapback")

__all__ = [
    "ESCALATE",
    "HOLD",
    "RELAX",
    "EngineError",
    "ForceError",
    "Government",
    "Move",
    "ResultsError",
    "Scenario",
    "ScenarioError",
    "SnapbackError",
    "StrategyError",
    "StudyError",
    "TradeModel",
    "View",
    "__version__",
    "ensemble",
    "scenario",
    "scenario_names",
    "strategy",
    "strategy_names",
    "study",
]


def __getattr__(name: str) -> Any:
    """Import Mesa, Numba and SciPy only when worlds are asked for: listing and checking stay quick."""
    if name in ("Government", "TradeModel"):
        from sim.engines import mesa_engine

        return getattr(mesa_engine, name)
    if name == "ensemble":
        from sim.engines.ensemble import ensemble

        return ensemble
    if name == "study":
        from sim.studies.study_loader import study

        return study
    raise AttributeError(f"module 'sim' has no attribute {name!r}")
