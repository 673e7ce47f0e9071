"""The kinds of outside events, each declared once: its form, its check, what it does and how it reads.

A new kind is a class here, a name in `EventEntry`, and, if it does what no other does, a kind of
`EventState` with its line in `sim.rules.outside_events`.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from sim.domain.constants import CHANGE, MEETING, OPENING, REMOVAL
from sim.domain.parameters import GOVERNMENT
from sim.domain.state import EventState, Names
from sim.scenarios.messages import did_you_mean, quoted
from sim.scenarios.numbers import Code, Day, Entry, Key, Number, Text, check_number


class Event(Entry):
    """What every event has; a kind adds its keys and three methods.

    `check` raises ValueError if it names what the scenario has not; `states` is what it does, one thing
    after the other, given the positions of the measures that wait for it (`openings`); `effect` says so
    in a sentence, given the legal basis of every measure.
    """

    kind: str
    id: Key
    date: Day
    title: Text

    @property
    def day(self) -> int:
        """Its day as an ordinal."""
        return self.date.toordinal()


class CourtEvent(Event):
    """A court removes a legal basis: all measures on it are lifted; others may open after a lag."""

    kind: Literal["court"]
    source: Text
    removes: Text
    lag_days: Annotated[int, Field(ge=0, le=3660)] = 0

    def check(self, names: Names) -> None:
        """Raise ValueError if no measure has the basis."""
        if self.removes not in names.bases:
            hint = did_you_mean(self.removes, names.bases)
            raise ValueError(
                f"events[{self.id}].removes: no measure has the basis {quoted(self.removes)}; {hint}"
            )

    def states(self, names: Names, openings: Sequence[int]) -> list[EventState]:
        """The removal, then the openings."""
        removal = EventState(self.day, REMOVAL, names.bases.index(self.removes), -1, 0.0)
        return [
            removal,
            *(EventState(self.day, OPENING, k, -1, float(self.day + self.lag_days)) for k in openings),
        ]

    def effect(self, basis_of: Mapping[str, str]) -> str:
        """What it removes."""
        lifted = ", ".join(name for name, basis in basis_of.items() if basis == self.removes)
        return f"It removes {self.removes}, and with it {lifted}."


class ElectionEvent(Event):
    """An election gives one of a government's numbers a new value."""

    kind: Literal["election"]
    government: Code
    number: Key
    change: Number

    @model_validator(mode="after")
    def _check_number(self) -> "ElectionEvent":
        if self.number not in GOVERNMENT:
            raise ValueError(f"number: there is no such number; {did_you_mean(self.number, GOVERNMENT)}")
        check_number("change", self.change, GOVERNMENT[self.number])
        return self

    def check(self, names: Names) -> None:
        """Raise ValueError if there is no such government."""
        check_government(f"events[{self.id}].government", self.government, names.governments)

    def states(self, names: Names, openings: Sequence[int]) -> list[EventState]:  # noqa: ARG002
        """The change."""
        place, number = names.governments.index(self.government), list(GOVERNMENT).index(self.number)
        return [EventState(self.day, CHANGE, place, number, self.change.value)]

    def effect(self, basis_of: Mapping[str, str]) -> str:  # noqa: ARG002
        """Which number becomes what."""
        return f"{self.government}'s {self.number} becomes {self.change.value:g}."


class SummitEvent(Event):
    """Governments meet: all of them decide about each other on that day.

    With `spiral_days` they meet only if each of them has escalated within so many days before.
    """

    kind: Literal["summit"]
    source: Text
    governments: Annotated[list[Code], Field(min_length=2)]
    spiral_days: Annotated[int, Field(ge=1, le=3660)] | None = None

    def check(self, names: Names) -> None:
        """Raise ValueError if a government is not there, or named twice."""
        for code in self.governments:
            where = f"events[{self.id}].governments"
            check_government(where, code, names.governments)
            if self.governments.count(code) > 1:
                raise ValueError(f"{where}: expected each government once, got {code} again")

    def states(self, names: Names, openings: Sequence[int]) -> list[EventState]:  # noqa: ARG002
        """A meeting of each with each."""
        places = [names.governments.index(code) for code in self.governments]
        days = float(self.spiral_days or 0)
        return [EventState(self.day, MEETING, i, j, days) for i in places for j in places]

    def effect(self, basis_of: Mapping[str, str]) -> str:  # noqa: ARG002
        """Who meets, and when they do not."""
        only = f", if each has escalated within {self.spiral_days} days" if self.spiral_days else ""
        return f"{', '.join(self.governments)} decide about each other{only}."


EventEntry = Annotated[CourtEvent | ElectionEvent | SummitEvent, Field(discriminator="kind")]
EVENTS: dict[str, type[Event]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(get_args(EventEntry)[0])
}


def check_government(where: str, code: str, codes: Sequence[str]) -> None:
    """Raise ValueError if a code is none of a scenario's governments."""
    if code not in codes:
        raise ValueError(f"{where}: there is no government {code!r}; {did_you_mean(code, codes)}")
