"""The register of outcomes, filled by the files of this folder and by any file a user names.

One is asked for as `cost:of=politics,government=CN`; names and dates are turned into numbers here.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any, Final, get_args, get_type_hints

from sim.domain.errors import OutcomeError
from sim.domain.run_record import RunRecord
from sim.domain.terms import ACCOUNTS, POLITICS, UNITS
from sim.scenarios.messages import day_of, did_you_mean, place_of, quoted
from sim.scenarios.schema import Scenario
from sim.scenarios.welfare_tables import bystanders_of
from sim.strategies.plugin_register import Plugin, Register, one_line, split

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


HOLDING = "What a game pays less than everybody's holding in every round."


def parse(text: str, s: Scenario, end: int) -> Outcome:
    """The outcome of a spelling such as `snapback_within:government=CN,days=7`, in runs up to a day.

    The text is a name or the path of a Python file, then the parameters that differ from their defaults.
    Raises OutcomeError if the outcome, a parameter or what one names in the scenario is unknown.
    """
    name, rest = split(text.strip())
    entry = find(name.strip())
    values = dict(entry.parameters)
    keys: set[str] = set()
    for part in filter(None, (p.strip() for p in rest.split(","))):
        key, sign, word = (x.strip() for x in part.partition("="))
        if key not in values:
            raise OutcomeError(
                f"outcome {entry.name}: there is no parameter {quoted(key)}; {did_you_mean(key, values)}"
            )
        if not sign or key in keys:
            problem = f"one value for {key}" if key in keys else f"{key}=VALUE"
            raise OutcomeError(f"outcome {entry.name}: expected {problem}, got {quoted(part)}")
        keys.add(key)
        values[key] = _number(f"outcome {entry.name}: {key}", entry.kinds[key], word, s, end)
    named = [k for k, kind in entry.kinds.items() if kind == "government" and values[k] != ANY]
    places = [values[k] for k in named]
    if len(set(places)) < len(places):
        raise OutcomeError(
            f"outcome {entry.name}: expected two governments, got one as {' and '.join(named)}"
        )
    parsed = replace(entry, parameters=values, spelling=text.strip())
    accounts = [ACCOUNTS[int(values[k])] for k, kind in entry.kinds.items() if kind == "account"]
    if s.game is not None and (accounts or entry.unit == "points"):
        if accounts == [POLITICS]:
            raise OutcomeError(f"outcome {entry.name}: of: expected nothing in a game, which has one payoff")
        return replace(parsed, account=HOLDING if accounts else "", unit=s.game.unit)
    return replace(parsed, account=accounts[0], unit=UNITS[accounts[0]]) if accounts else parsed


def _number(where: str, kind: str, word: str, s: Scenario, end: int) -> float:
    if kind == "account":
        return place_of(where, kind, word, ACCOUNTS, OutcomeError)
    if kind == "government":
        return place_of(where, kind, word, list(s.governments), OutcomeError)
    if kind == "measure":
        return place_of(where, kind, word, [m.id for m in s.measures], OutcomeError)
    if kind == "region":
        if not (names := bystanders_of(s)):
            raise OutcomeError(
                f"{where}: expected a world whose economy is armington, for others have no bystanders"
            )
        return place_of(where, kind, word, names, OutcomeError)
    if kind == "day":
        return day_of(where, word, s.start, date.fromordinal(end), OutcomeError)
    try:
        value = float(word)
    except ValueError:
        value = float("nan")
    if value != value or abs(value) == float("inf"):
        raise OutcomeError(f"{where}: expected a number, got {quoted(word)}")
    if kind == "whole" and (value % 1 != 0 or value < 0):
        raise OutcomeError(f"{where}: expected a whole number from 0, got {quoted(word)}")
    return int(value) if kind == "whole" else value
