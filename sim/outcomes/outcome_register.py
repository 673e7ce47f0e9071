"""The register of outcomes: filled by the files of this folder, and by any file a user names."""

import hashlib
import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, get_args, get_type_hints

from sim.domain.errors import OutcomeError
from sim.domain.run_record import RunRecord
from sim.scenarios.messages import did_you_mean, quoted
from sim.strategies.user_file import added_by, existing_file, import_all

Rule = Callable[..., float]
Government = Annotated[int, "government"]  # its position; spelt by its code, such as CN
Measure = Annotated[int, "measure"]  # its position; spelt by its id
Day = Annotated[int, "day"]  # a day number; spelt as a date
ANY: Final = -1  # whatever government or measure
KINDS = {int: "whole", float: "number"}


@dataclass(frozen=True)
class Outcome:
    """An outcome with its parameters as numbers: a plain function of a run's record, and its unit.

    Attributes:
        name: of the function.
        rule: the function; it may be compiled, and is then called with the parameters in their order.
        unit: of what it gives; not a number means that it did not happen.
        example: a spelling that can be tried on `busan`.
        kinds: what each parameter is: government, measure, day, whole or number.
        parameters: their values; governments and measures as positions, days as day numbers.
        spelling: how the command line writes it.
    """

    name: str
    rule: Rule
    unit: str
    example: str
    kinds: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, float] = field(default_factory=dict)
    spelling: str = ""

    def __call__(self, run: RunRecord) -> float:
        """Its value for a run; raises `OutcomeError` if the function fails or gives no number."""
        try:
            value = float(self.rule(run, **self.parameters))
        except Exception as error:
            said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            raise OutcomeError(f"outcome {self.name}: its function failed with {said}") from error
        if math.isinf(value):
            raise OutcomeError(f"outcome {self.name}: expected a finite number or nan, got {value}")
        return value

    @property
    def sentence(self) -> str:
        """The first line of its docstring: what it is, in words."""
        return (inspect.getdoc(self.rule) or self.name).splitlines()[0]

    @property
    def digest(self) -> str:
        """SHA-256 of the function's source text."""
        return hashlib.sha256(inspect.getsource(self.rule).encode()).hexdigest()


REGISTER: dict[str, Outcome] = {}


def outcome(*, unit: str, example: str) -> Callable[[Rule], Rule]:
    """Register an outcome; the function stays the plain function it is.

    Args:
        unit: of what the function gives, such as `bn USD`, `days` or `chance` of something that happens.
        example: a spelling of it, for the list.

    Raises:
        OutcomeError: a parameter without a default number, or a name taken already.
    """

    def register(rule: Rule) -> Rule:
        name = rule.__name__
        hints = get_type_hints(rule, include_extras=True)
        defaults: dict[str, float] = {}
        kinds: dict[str, str] = {}
        for parameter in list(inspect.signature(rule).parameters.values())[1:]:
            key, default = parameter.name, parameter.default
            if isinstance(default, bool) or not isinstance(default, int | float):
                raise OutcomeError(f"outcome {name}: parameter {key} needs a number as its default")
            kinds[key] = _kind(hints.get(key, type(default)), name, key)
            defaults[key] = default
        known = REGISTER.get(name)
        if known is not None and known.rule.__code__.co_filename != rule.__code__.co_filename:
            raise OutcomeError(f"outcome {name}: the name is taken already")
        REGISTER[name] = Outcome(name, rule, unit, example, kinds, defaults, name)
        return rule

    return register


def _kind(hint: Any, name: str, key: str) -> str:
    """What a parameter is, from its annotation."""
    if hint in KINDS:
        return KINDS[hint]
    if hint in (Government, Measure, Day):
        return str(get_args(hint)[1])
    raise OutcomeError(
        f"outcome {name}: parameter {key} expected one of Government, Measure, Day, int, float, "
        f"got {quoted(str(hint))}"
    )


@cache
def load_shipped() -> None:
    """Import every file of this folder, so that each registers its outcome."""
    import_all("sim.outcomes")


@cache
def load_file(path: Path) -> str:
    """Run a user's file and give the name of the outcome it registers."""
    return added_by(path, REGISTER, "@outcome", OutcomeError)


def names() -> list[str]:
    """The names of all outcomes, sorted."""
    load_shipped()
    return sorted(REGISTER)


def find(name: str) -> Outcome:
    """The outcome of a name, or of a Python file, with its defaults.

    Raises:
        OutcomeError: there is none.
    """
    load_shipped()
    if name.endswith(".py"):
        path = existing_file(name)
        if path is None:
            raise OutcomeError(f"there is no outcome file {quoted(name)}")
        return REGISTER[load_file(path)]
    if name not in REGISTER:
        raise OutcomeError(f"there is no outcome {quoted(name)}; {did_you_mean(name, names())}")
    return REGISTER[name]
