"""The register of outcomes: filled by the files of this folder, and by any file a user names."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, get_args, get_type_hints

from sim.domain.errors import OutcomeError
from sim.domain.run_record import RunRecord
from sim.scenarios.messages import quoted
from sim.strategies.plugin_register import Plugin, Register, one_line

Rule = Callable[..., float]
Government = Annotated[int, "government"]  # its position; spelt by its code, such as CN
Region = Annotated[int, "region"]  # a bystander's position; spelt as in the trade data, such as JPN
Account = Annotated[int, "account"]  # a position in ACCOUNTS; spelt by its name, such as economy
Measure = Annotated[int, "measure"]  # its position; spelt by its id
Day = Annotated[int, "day"]  # a day number; spelt as a date
ANY: Final = -1  # whatever government or measure
KINDS = {int: "whole", float: "number"}


@dataclass(frozen=True)
class Outcome(Plugin):
    """An outcome with its parameters as numbers: a plain function of a run's record, and its unit.

    The function may be compiled, and is then called with the parameters in their order: accounts, governments
    and measures as positions, days as day numbers.
    """

    unit: str  # of what it gives; not a number means that it did not happen
    example: str  # a spelling that can be tried on `busan`
    # what each parameter is: account, government, measure, day, region, whole or number
    kinds: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, float] = field(default_factory=dict)
    spelling: str = ""  # how the command line writes it
    account: str = ""  # of a cost that was asked for, its whole sentence in a game, empty else

    @property
    def sentence(self) -> str:
        """What it is, in words: the first line of its docstring, with the account that was asked for."""
        words = super().sentence
        if self.account.endswith("."):
            return self.account
        return f"{words.partition(':')[0]}: {self.account}." if self.account else words

    def __call__(self, run: RunRecord) -> float:
        """Its value for a run; raises `OutcomeError` if the function fails or gives no number."""
        try:
            value = float(self.rule(run, **self.parameters))
        except Exception as error:
            raise OutcomeError(f"outcome {self.name}: its function failed with {one_line(error)}") from error
        if math.isinf(value):
            raise OutcomeError(f"outcome {self.name}: expected a finite number or nan, got {value}")
        return value


REGISTER: Register[Outcome] = Register("outcome", "sim.outcomes", OutcomeError)
names, find = REGISTER.names, REGISTER.find


def outcome(*, unit: str, example: str) -> Callable[[Rule], Rule]:
    """Register an outcome; the function stays the plain function it is.

    `unit` is of what it gives, such as `bn USD`, `days` or `chance` of something that happens, `example` a
    spelling for the list. Raises OutcomeError if a parameter has no default number, or the name is taken.
    """

    def register(rule: Rule) -> Rule:
        name, defaults = rule.__name__, REGISTER.defaults(rule)
        hints = get_type_hints(rule, include_extras=True)
        kinds = {key: _kind(hints.get(key, type(value)), name, key) for key, value in defaults.items()}
        REGISTER.add(Outcome(name, rule, unit, example, kinds, defaults, name))
        return rule

    return register


def _kind(hint: Any, name: str, key: str) -> str:
    """What a parameter is, from its annotation."""
    if hint in KINDS:
        return KINDS[hint]
    if hint in (Account, Government, Measure, Day, Region):
        return str(get_args(hint)[1])
    raise OutcomeError(
        f"outcome {name}: parameter {key} expected one of Account, Government, Measure, Day, Region, int, "
        f"float, got {quoted(str(hint))}"
    )
