"""A number of a file: whether it is what its declaration in `sim.domain.parameters` wants; their table."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sim.domain.parameters import SHARE, TABLES, Declaration
from sim.scenarios.messages import CODE, KEY, did_you_mean, quoted

Code = Annotated[str, StringConstraints(pattern=CODE)]
Key = Annotated[str, StringConstraints(pattern=KEY)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Texts = Annotated[list[Text], Field(max_length=200)]
Finite = Annotated[float, Field(ge=-1e12, le=1e12)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
DEFAULT = "default"  # source of a number that no file gives
COLUMNS = ["table", "number", "unit", "bounds", "default", "meaning"]  # of the table of numbers


class Entry(BaseModel):
    """A table of a file: no unknown keys, nothing taken for what it is not, no changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Number(Entry):
    """A value, its unit and where it comes from; `assumption` is a source, and is shown.

    `distribution` says how it lies over its range; without it, whoever draws from the range does.
    """

    value: float
    unit: Text
    source: Text
    note: str = ""
    low: float | None = None
    high: float | None = None
    distribution: Literal["log_uniform"] | None = None

    @property
    def assumed(self) -> bool:
        """Whether nobody has measured it."""
        return self.source == DEFAULT or self.source.startswith("assumption")


def key_faults(where: str, keys: set[str], needed: set[str], allowed: set[str]) -> Iterator[str]:
    """What is wrong with the keys of a table: one that it should not have, or lacks."""
    for key in sorted(keys - allowed):
        yield f"{where}.{key}: there is no such number; {did_you_mean(key, allowed)}"
    for key in sorted(needed - keys):
        yield f"{where}.{key}: expected a number, got nothing"


def check_keys(where: str, keys: set[str], needed: set[str], allowed: set[str]) -> None:
    """Raise ValueError if a table lacks a key or has one it should not."""
    for fault in key_faults(where, keys, needed, allowed):
        raise ValueError(fault)


def check_numbers(numbers: dict[str, Number], allowed: dict[str, Declaration]) -> None:
    """Raise ValueError, with a line for each, if a table of numbers lacks one, or one is not as declared."""
    needed = {key for key, p in allowed.items() if p.default is None and not _plays_no_part(p, numbers)}
    faults = list(key_faults("numbers", set(numbers), needed, set(allowed)))
    for key, number in numbers.items():
        if key in allowed:
            faults += caught(check_number, f"numbers.{key}", number, allowed[key])
    if faults:
        raise ValueError("\n".join(faults))


def caught(check: Callable[..., object], *arguments: Any) -> list[str]:
    """What a check that raises ValueError says is wrong, a line each."""
    try:
        check(*arguments)
    except ValueError as error:
        return str(error).split("\n")
    return []


def fill_defaults(numbers: dict[str, Number], parameters: dict[str, Declaration]) -> None:
    """Give every number that a checked table leaves out its default, in place, as its source."""
    for key, p in parameters.items():
        if key not in numbers:
            no_part = f"plays no part while {p.part_of} is 0"
            value, note = (
                (p.minimum, no_part) if p.default is None else (p.default, "neutral; not in the file")
            )
            numbers[key] = Number(value=value, unit=p.unit, source=DEFAULT, note=note)


def values_of(numbers: dict[str, Number], parameters: dict[str, Declaration]) -> dict[str, Any]:
    """The values of a table of numbers, whole where they are declared so, in the order of declaration."""
    return {k: int(numbers[k].value) if p.whole else numbers[k].value for k, p in parameters.items()}


def _plays_no_part(parameter: Declaration, numbers: dict[str, Number]) -> bool:
    whole = parameter.part_of
    return whole is not None and (whole not in numbers or numbers[whole].value == 0.0)


def check_number(where: str, number: Number, want: Declaration) -> None:
    """Raise ValueError if a number has the wrong unit, is out of bounds or should be whole."""
    if number.unit != want.unit:
        raise ValueError(f"{where}.unit: expected {want.unit!r} ({want.meaning}), got {quoted(number.unit)}")
    for part, value in (("value", number.value), ("low", number.low), ("high", number.high)):
        if value is not None and not want.minimum <= value <= want.maximum:
            raise ValueError(f"{where}.{part}: expected {bounds(want)} ({want.meaning}), got {value:g}")
    if want.whole and number.value % 1 != 0:
        raise ValueError(f"{where}.value: expected a whole number ({want.meaning}), got {number.value:g}")
    if number.low is not None and number.high is not None and number.low > number.high:
        raise ValueError(f"{where}.low: expected at most high ({number.high:g}), got {number.low:g}")
    for low, high in ((number.low, number.value), (number.value, number.high)):
        if low is not None and high is not None and low > high:
            raise ValueError(f"{where}.value: expected between low and high, got {number.value:g}")
    if number.distribution and (number.high is None or (number.low or 0.0) <= 0.0):
        raise ValueError(f"{where}.distribution: expected low and high above 0 for {number.distribution}")


def bounds(want: Declaration) -> str:
    """The bounds of a number in words, with a hint where per cents are often given."""
    text = f"{want.minimum:g} to {want.maximum:g} {want.unit}"
    return f"{text}, where 0.4 means 40 %" if want.unit == SHARE else text


def numbers_table() -> list[list[str]]:
    """A row for each number: table, number, unit, bounds, default and meaning, as of `COLUMNS`."""
    return [
        [table, name, p.unit, f"{p.minimum:,.10g} to {p.maximum:,.10g}", _default(p), p.meaning]
        for table, parameters in TABLES.items()
        for name, p in parameters.items()
    ]


def _default(p: Declaration) -> str:
    if p.part_of:
        return f"not needed while {p.part_of} is 0"
    return "required" if p.default is None else f"{p.default:g}"
