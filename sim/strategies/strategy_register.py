"""The register of strategies: filled by the files of this folder, and by any file a user names."""

import hashlib
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache, partial
from pathlib import Path

from sim.domain.constants import MOVES, Move
from sim.domain.errors import StrategyError
from sim.domain.view import View
from sim.strategies.user_file import added_by, existing_file, import_all, split

Rule = Callable[..., Move]
GRID = 16  # points of luck at which a strategy is first tried
TOP = 1.0 - 2.0**-53  # the largest draw there is


@dataclass(frozen=True)
class Strategy:
    """A strategy with its parameters.

    Attributes:
        name: of the function.
        rule: the plain function.
        source: where it comes from.
        parameters: their values.
        sure: values of parameters at which luck decides nothing, if all have one of them.
    """

    name: str
    rule: Rule
    source: str
    parameters: dict[str, float] = field(default_factory=dict)
    sure: tuple[float, ...] = ()

    def __call__(self, view: View) -> Move:
        """The move for a view; raises `StrategyError` if the rule says anything else."""
        try:
            move = self.rule(view, **self.parameters)
        except Exception as error:
            said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            raise StrategyError(f"strategy {self.name}: its rule failed with {said}") from error
        if type(move) is not int or not 0 <= move < len(MOVES):
            raise StrategyError(f"strategy {self.name}: expected ESCALATE, HOLD or RELAX, got {move!r}")
        return move

    @property
    def sentence(self) -> str:
        """The first line of its docstring: the rule in words."""
        return (inspect.getdoc(self.rule) or self.name).splitlines()[0]

    @property
    def digest(self) -> str:
        """SHA-256 of the rule's source text."""
        return hashlib.sha256(inspect.getsource(self.rule).encode()).hexdigest()

    @property
    def spelling(self) -> str:
        """How the command line and scenarios write it, parameters and all."""
        values = ",".join(f"{k}={repr(v).removesuffix('.0')}" for k, v in self.parameters.items())
        return f"{self.name}:{values}" if values else self.name


REGISTER: dict[str, Strategy] = {}


def strategy(source: str, sure: Sequence[float] = ()) -> Callable[[Rule], Rule]:
    """Register a strategy; the function stays the plain function it is.

    Args:
        source: where the rule comes from, for the list and the documentation.
        sure: values of its parameters at which luck decides nothing, if all have one of them, such as 0 and
            1 for chances: a study then plays such a cell once.

    Raises:
        StrategyError: a parameter without a default number, or a name taken already.
    """

    def register(rule: Rule) -> Rule:
        name = rule.__name__
        defaults: dict[str, float] = {}
        for parameter in list(inspect.signature(rule).parameters.values())[1:]:
            if not isinstance(parameter.default, int | float):
                raise StrategyError(
                    f"strategy {name}: parameter {parameter.name} needs a number as its default"
                )
            defaults[parameter.name] = float(parameter.default)
        known = REGISTER.get(name)
        if known is not None and known.rule.__code__.co_filename != rule.__code__.co_filename:
            raise StrategyError(f"strategy {name}: the name is taken already")
        REGISTER[name] = Strategy(name, rule, source, defaults, tuple(sure))
        return rule

    return register


@cache
def load_shipped() -> None:
    """Import every file of this folder, so that each registers its strategy."""
    import_all("sim.strategies")


@cache
def load_file(path: Path) -> str:
    """Import a user's strategy file and give the name of the strategy it registers."""
    return added_by(path, REGISTER, "@strategy", StrategyError)


def names() -> list[str]:
    """The names of all strategies, sorted."""
    load_shipped()
    return sorted(REGISTER)


def find(name: str) -> Strategy:
    """The strategy of a name, or of a Python file.

    Raises:
        StrategyError: there is none.
    """
    load_shipped()
    if name.endswith(".py"):
        path = existing_file(name)
        if path is None:
            raise StrategyError(f"{name[:60]}: there is no such strategy file")
        return REGISTER[load_file(path)]
    if name not in REGISTER:
        near = get_close_matches(name, REGISTER, 1)
        hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(names())}"
        raise StrategyError(f"there is no strategy {name[:60]!r}; {hint}")
    return REGISTER[name]


def parse(text: str) -> Strategy:
    """The strategy of a spelling such as `tit_for_tat:generosity=0.1`.

    Raises:
        StrategyError: the strategy or a parameter is unknown, or a value is no number.
    """
    name, rest = split(text)
    known = find(name.strip())
    values = dict(known.parameters)
    for part in filter(None, (p.strip() for p in rest.split(","))):
        key, sign, value = part.partition("=")
        key = key.strip()
        if key not in values:
            offered = ", ".join(values) or "none"
            raise StrategyError(f"strategy {known.name}: there is no parameter {key!r}; it has: {offered}")
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not sign or number != number or abs(number) == float("inf"):
            raise StrategyError(f"strategy {known.name}: {key} expected a number, got {value.strip()!r}")
        values[key] = number
    return replace(known, parameters=values)


def probabilities(chosen: Callable[[View], Move], view: View) -> tuple[float, float, float]:
    """The chance of each move, over all luck, of a strategy with this view.

    A strategy is a function of its view, luck included, so the chance of a move is the length
    of luck on which it is made. Each move's luck must be in one piece, or pieces longer than
    1/16; the ends are found by bisection to the last bit. Every registered strategy is tested for it.
    """
    at = partial(_move_at, chosen, view)
    points = sorted({*(k / GRID for k in range(GRID)), view.luck, TOP})
    found = [0.0, 0.0, 0.0]
    begin, move = 0.0, at(0.0)
    for point in points[1:]:
        low, there = begin, at(point)
        while move != there:  # more than one end may lie between two points
            end = _end(at, move, low, point)
            found[move] += end - begin
            begin, low, move = end, end, at(end)
    found[move] += 1.0 - begin
    return found[0], found[1], found[2]


def _end(at: Callable[[float], Move], move: Move, low: float, high: float) -> float:
    """The luck at which a move made at `low` and not at `high` is given up."""
    while (middle := (low + high) / 2) not in (low, high):
        if at(middle) == move:
            low = middle
        else:
            high = middle
    return high


def _move_at(chosen: Callable[[View], Move], view: View, luck: float) -> Move:
    return chosen(view._replace(luck=luck))
