"""Every rule, found by itself, as Python and compiled; worlds as objects and as arrays."""

import copy
import functools
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import astuple
from typing import Any, get_origin

import numpy as np

from sim.domain.state import World
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.world_arrays import ROOM, arrays_of, own
from sim.rules.talks.frontier import Sums
from sim.rules.talks.meeting_round import Meeting, Offer, Voices
from sim.rules.talks.package_worths import Side
from sim.strategies.strategy_register import REGISTER

Rule = Callable[..., Any]
TEXT = {"sim.rules.luck.code"}  # handles letters, before a run
TABLES = {"trade_data", "welfare_grid", "hat_algebra"}  # of payoffs: they make tables, before a run


@functools.cache
def rules() -> dict[str, Rule]:
    """Every rule by its full name: all functions of the rooms, and all strategies.

    Without those that take lists or functions: the first only compiled rules call, in every run of
    an ensemble; the others work before a run.
    """
    found: dict[str, Rule] = {}
    for room in ("sim.payoffs", "sim.rules"):
        package = importlib.import_module(room)
        for info in pkgutil.walk_packages(package.__path__, f"{room}."):
            if info.name.rpartition(".")[2] in TABLES:
                continue
            module = importlib.import_module(info.name)
            for name, rule in vars(module).items():
                if inspect.isfunction(rule) and rule.__module__ == module.__name__:
                    found[f"{module.__name__}.{name}"] = rule
    REGISTER.load_shipped()
    for strategy in REGISTER.values():
        found[f"{strategy.rule.__module__}.{strategy.name}"] = strategy.rule
    return {name: rule for name, rule in found.items() if name not in TEXT and not takes_more(rule)}


def takes_more(rule: Rule) -> bool:
    """Whether a rule works on functions, on lists, or on what is made of them in talks."""
    kinds = [parameter.annotation for parameter in inspect.signature(rule).parameters.values()]
    talks = (Side, Sums, Meeting, Offer, Voices)
    return any(get_origin(k) is list or k in talks or "Callable" in str(k) for k in kinds)


@functools.cache
def fast(name: str) -> Any:
    """A rule compiled, by its full name."""
    return compiled(rules()[name])


def numbers_of(value: Any) -> list[float]:
    """A result or a world as one flat list of numbers."""
    if value is None:
        return []
    if isinstance(value, np.ndarray):
        return numbers_of(value.tolist())
    if isinstance(value, tuple | list):
        return [number for part in value for number in numbers_of(part)]
    return numbers_of(astuple(value)) if hasattr(value, "__dataclass_fields__") else [float(value)]


def state_of(world: World) -> list[float]:
    """All that rules may change in a world, as one flat list."""
    return numbers_of([getattr(world, name) for name in World._fields if own(name)])


def twins(world: World) -> tuple[World, World]:
    """A world of objects and the same world of arrays, fresh but for what rules may not change."""
    names = [name for name in World._fields if own(name) or name in ROOM]
    parts = {name: copy.deepcopy(getattr(world, name)) for name in names}
    return world._replace(**parts), arrays_of(world)
