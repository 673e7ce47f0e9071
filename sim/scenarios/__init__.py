"""TOML to objects, checked; the data itself lies beside the code."""

from sim.scenarios.load import scenario, scenario_names
from sim.scenarios.numbers import Number
from sim.scenarios.schema import Scenario

__all__ = ["Number", "Scenario", "scenario", "scenario_names"]
