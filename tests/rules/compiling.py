"""Rules compiled as they are, with the rules they call compiled too, and worlds as arrays of records."""

import copy
import functools
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import astuple, fields
from types import FunctionType
from typing import Any

import numpy as np

from sim.domain.state import EventState, GameState, MeasureState, PlayState, StockState, World
from sim.strategies.register import REGISTER, load_shipped

Rule = Callable[..., Any]
TEXT = {"sim.rules.luck.code"}  # handles letters, before a run


@functools.cache
def rules() -> dict[str, Rule]:
    """Every rule by its full name: all functions of the rooms, and all strategies."""
    found: dict[str, Rule] = {}
    for room in ("sim.payoffs", "sim.rules"):
        package = importlib.import_module(room)
        for info in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{room}.{info.name}")
            for name, rule in vars(module).items():
                if inspect.isfunction(rule) and rule.__module__ == module.__name__:
                    found[f"{module.__name__}.{name}"] = rule
    load_shipped()
    for strategy in REGISTER.values():
        found[f"{strategy.rule.__module__}.{strategy.name}"] = strategy.rule
    return {name: rule for name, rule in found.items() if name not in TEXT and not takes_function(rule)}


def takes_function(rule: Rule) -> bool:
    """Whether a rule works on functions, which is done before a run."""
    kinds = (parameter.annotation for parameter in inspect.signature(rule).parameters.values())
    return any(getattr(kind, "__origin__", None) is Callable or "Callable" in str(kind) for kind in kinds)


@functools.cache
def compiled() -> dict[str, Any]:
    """Every rule by its full name, to be compiled when it is first called."""
    import numba

    spaces: dict[str, dict[str, Any]] = {}
    done: dict[str, Any] = {}
    for name, rule in rules().items():
        space = spaces.setdefault(rule.__module__, dict(rule.__globals__))
        copied = FunctionType(rule.__code__, space, rule.__name__, rule.__defaults__, rule.__closure__)
        done[name] = numba.njit(copied)
    by_rule = {id(rule): done[name] for name, rule in rules().items()}
    for space in spaces.values():
        space.update({name: by_rule[id(x)] for name, x in space.items() if id(x) in by_rule})
    return done


def records(rows: list[Any], kind: type | None = None) -> np.ndarray:
    """Dataclass objects as an array of records with the same fields."""
    kinds = [(f.name, "i8" if f.type is int else "f8") for f in fields(kind or rows[0])]
    return np.array([astuple(row) for row in rows], dtype=kinds)


def arrays_of(world: World) -> World:
    """The world as a compiled rule takes it: arrays of records, tables padded with their edges."""
    tables = [np.array(table) for table in world.welfare]
    size = [max(table.shape[k] for table in tables) for k in (0, 1)]
    padded = [np.pad(t, ((0, size[0] - t.shape[0]), (0, size[1] - t.shape[1])), mode="edge") for t in tables]
    return World(
        measures=records(list(world.measures), MeasureState),
        governments=records(world.governments),
        pairs=records(world.pairs),
        answers=np.array(world.answers),
        stocks=records(list(world.stocks), StockState),
        welfare=np.array(padded),
        grid=world.grid,
        minerals=world.minerals,
        events=records(list(world.events), EventState),
        game=records(list(world.game), GameState),
        plays=records(list(world.plays), PlayState),
    )


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
    return numbers_of(
        [world.measures, world.governments, world.pairs, world.answers, world.stocks, world.plays]
    )


def twins(world: World) -> tuple[World, World]:
    """A world of objects and the same world of arrays, both fresh."""
    arrays = arrays_of(world)
    return copy.deepcopy(world)._replace(welfare=arrays.welfare.tolist()), arrays
