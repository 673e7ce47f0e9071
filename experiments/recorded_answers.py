"""Beijing's five escalations of 2025 as the record has them: what it answered, when, and by what.

Fixed before the rulebook was first asked (`answers_of_2025.py`):

- The kinds are tariff, control (bans, export controls and licences), listing (of firms) and port fee. A
  measure is of the kind that its scenario gives it.
- What Beijing did is the set of kinds of the acts below on the days of the answer; every row of the record in
  which it escalated on those days is named by one of their measures.
- The record's column `instrument` has the same kinds, but it counts most lists of firms as export controls,
  has one row for licences and listings of 4 February, and none for the listings of 9 April. The second coding
  follows it alone, on both sides: a measure is what the first row that its source names is, and nothing
  without a row.
"""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from answers import KINDS

from sim.record.events import named_in, record
from sim.scenarios.schema import MeasureEntry, Scenario

SPIRAL = "spiral_2025"
GENEVA = str(Path(__file__).parent / "scenarios" / "geneva_2025.toml")
HISTORY = {
    SPIRAL: (
        "US:impose=us_fentanyl@2025-02-01",
        "CN:impose=cn_energy_machinery_tariffs+cn_five_metals_licences+cn_listings_february@2025-02-04",
        "US:impose=us_metals_232@2025-02-10",
        "US:raise=us_fentanyl@2025-03-03",
        "CN:impose=cn_farm_tariffs+cn_listings_march@2025-03-04",
        "US:impose=us_entity_listings@2025-03-25",
        "US:impose=us_reciprocal@2025-04-02",
        "CN:impose=cn_reciprocal+cn_rare_earth7_licences+cn_listings_april@2025-04-04",
        "US:raise=us_reciprocal@2025-04-08",
        "US:raise=us_reciprocal@2025-04-09",
        "CN:raise=cn_reciprocal+impose=cn_listings_april_9@2025-04-09",
        "CN:raise=cn_reciprocal@2025-04-11",
    ),
    GENEVA: (
        "CN:impose=cn_chip_antidumping@2025-09-13",
        "US:impose=us_affiliates_50pct@2025-09-29",
        "CN:impose=cn_oct9_controls+cn_listings_october@2025-10-09",
        "CN:impose=cn_port_fees@2025-10-10",
    ),
}


class Question(NamedTuple):
    """An answer of Beijing.

    Attributes:
        name: its days.
        provocation: what it answered.
        scenario: that has them.
        steps: day and lag [days] of the answer to each American step.
        last: day of the answer.
        changes: numbers set for it.
    """

    name: str
    provocation: str
    scenario: str
    steps: tuple[tuple[date, int], ...]
    last: date
    changes: tuple[str, ...] = ()

    @property
    def taken(self) -> list[str]:
        """The measures by which Beijing answered."""
        dated = [text.rpartition("@") for text in HISTORY[self.scenario] if text.startswith("CN:")]
        texts = [acts for acts, _, day in dated if self.steps[0][0] <= date.fromisoformat(day) <= self.last]
        return [part.rpartition("=")[2] for text in texts for part in text.split("+")]


def one_day(month: int, day: int, lag: int) -> tuple[tuple[date, int], ...]:
    """An answer of one day of 2025."""
    return ((date(2025, month, day), lag),)


# The simulator cannot raise what is announced and not yet in force, as both did in April.
IN_TIME = ("us_reciprocal.lead_days=5", "cn_reciprocal.lead_days=4")
QUESTIONS = (
    Question("4 February", "10 % over fentanyl", SPIRAL, one_day(2, 4, 3), date(2025, 2, 4)),
    Question("4 March", "ten points more", SPIRAL, one_day(3, 4, 1), date(2025, 3, 4)),
    Question("4 April", "34 % 'reciprocal'", SPIRAL, one_day(4, 4, 2), date(2025, 4, 4)),
    Question(
        "9 to 11 April",
        "84, then 125 %",
        SPIRAL,
        (*one_day(4, 9, 1), *one_day(4, 11, 2)),
        date(2025, 4, 11),
        IN_TIME,
    ),
    Question("9 to 10 October", "the affiliates rule", GENEVA, one_day(10, 9, 10), date(2025, 10, 10)),
)


def by_scenario(source: Scenario) -> dict[str, str]:
    """The kind of every measure, as the scenario has it."""
    return {m.id: KINDS.get(m.kind, m.kind) for m in source.measures}


def by_instrument(source: Scenario) -> dict[str, str]:
    """The kind of every measure, as the record's `instrument` has the first row it names; or none."""
    rows = {row.id: row for row in record().events}

    def kind(m: MeasureEntry) -> str:
        own = [rows[name].instrument for name in named_in(m) if name in rows and name[:2] == m.issuer]
        return KINDS.get(own[0], own[0]) if own else ""

    return {m.id: kind(m) for m in source.measures}
