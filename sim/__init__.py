"""Snapback: an agent-based simulator of trade negotiation between governments.

>>> import sim
>>> model = sim.TradeModel(sim.scenario("busan"), rng=1).run()
>>> list(model.moves.columns[:4])
['date', 'government', 'partner', 'move']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    from sim.domain.view import Memory, View
    from sim.engines.ensemble import Ensemble, ensemble
    from sim.engines.mesa_engine import Government, TradeModel
    from sim.engines.negotiation_table import table
    from sim.forecasting.forecast import Forecast
    from sim.reports.drawing.theme import drawing_style
    from sim.reports.questions import assumptions, compare, forecast, report
    from sim.scenarios import Scenario, scenario, scenario_names
    from sim.strategies import names as strategy_names
    from sim.strategies import strategy
    from sim.studies.one_at_a_time import OneAtATime
    from sim.studies.paired_comparison import Comparison
    from sim.studies.study_file import study
    from sim.studies.study_runner import Study
    from sim.studies.sweep import sweep

    __version__: str

__all__ = [
    "ESCALATE",
    "HOLD",
    "RELAX",
    "Government",
    "Memory",
    "Move",
    "Scenario",
    "TradeModel",
    "View",
    "__version__",
]
__all__ += ["EngineError", "ForceError", "ResultsError", "ScenarioError", "__version__"]
__all__ += ["SnapbackError", "StrategyError", "StudyError"]
__all__ += ["assumptions", "compare", "forecast", "report"]
__all__ += ["ensemble", "scenario", "scenario_names", "strategy", "strategy_names", "study", "sweep"]
__all__ += ["Comparison", "Ensemble", "Forecast", "OneAtATime", "Study", "drawing_style", "table"]

_MODULES = {
    "domain.constants": ("ESCALATE", "HOLD", "RELAX", "Move"),
    "domain.errors": tuple(name for name in __all__ if name.endswith("Error")),
    "domain.view": ("Memory", "View"),
    "engines.ensemble": ("Ensemble", "ensemble"),
    "engines.mesa_engine": ("Government", "TradeModel"),
    "engines.negotiation_table": ("table",),
    "forecasting.forecast": ("Forecast",),
    "reports.drawing.theme": ("drawing_style",),
    "reports.questions": ("assumptions", "compare", "forecast", "report"),
    "scenarios": ("Scenario", "scenario", "scenario_names"),
    "strategies": ("strategy", "strategy_names"),
    "studies.one_at_a_time": ("OneAtATime",),
    "studies.paired_comparison": ("Comparison",),
    "studies.study_file": ("study",),
    "studies.study_runner": ("Study",),
    "studies.sweep": ("sweep",),
}


def __getattr__(name: str) -> Any:
    """Import a room only when one of its names is used: help, listing and checking stay quick."""
    if name == "__version__":
        from importlib.metadata import version

        return version("snapback")
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"sim.{module}"), "names" if name == "strategy_names" else name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")
