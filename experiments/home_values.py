"""What measures were worth at home, by what was given up at Busan: intervals, not points.

    python experiments/home_values.py [DRAWS]

writes results/home_values.md with its picture, of 2000 draws if not given, in a minute. A home value takes
the same off every package that its clause is in, so two tables of `busan_eve` give those of any home values.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import sim
from sim.engines.negotiation_table import NegotiationTable
from sim.reports.table.table_report import draw_table

SCENARIO, DAY, DRAWS = "busan_eve", "2025-10-30", 2000
PAGE = Path(__file__).parents[1] / "results" / "home_values.md"
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
Array = NDArray[np.float64]


def bare_table(value: float) -> NegotiationTable:
    """The table of the eve of Busan with all home values of what is on it set to one value."""
    clauses = sim.scenario(SCENARIO).agreements[0].members
    return sim.table(SCENARIO, DAY, set=[f"{name}.home_value={value}" for name in clauses])


class Eve:
    """All packages of the eve of Busan, for any home values.

    Attributes:
        clauses: of the table.
        worths: of all packages without any home value to both sides, shape (2, packages) [bn USD].
        losses: to each side, of a home value of 1 bn USD a month, shape (2, clauses) [bn USD].
        bits: whether a clause is in a package, shape (packages, clauses).
        real: the number of the package that was agreed.
    """

    def __init__(self) -> None:
        without, with_one = bare_table(0.0), bare_table(1.0)
        self.clauses = without.clauses
        self.worths: Array = np.array(without.worths)
        singles = [1 << k for k in range(len(self.clauses))]
        self.losses: Array = self.worths[:, singles] - np.array(with_one.worths)[:, singles]
        numbers = np.arange(self.worths.shape[1])
        self.bits = (numbers[:, None] >> np.arange(len(self.clauses)) & 1).astype(float)
        self.real = len(numbers) - 1  # all that was on the table

    def packages(self, values: Mapping[str, float]) -> Array:
        """What all packages are worth to both with some home values [bn USD]."""
        home = np.array([values.get(c.measure, 0.0) for c in self.clauses])
        taken: Array = (self.losses * home) @ self.bits.T
        return self.worths - taken

    def nash(self, values: Mapping[str, float]) -> tuple[int, float]:
        """The package with the largest product of worths, and the real one's product as a part of it."""
        both = self.packages(values)
        products = np.where((both >= 0.0).all(axis=0), both.prod(axis=0), -np.inf)
        best = int(products.argmax())
        return best, float(max(products[self.real], 0.0) / products[best]) if products[best] > 0.0 else 0.0

    def relief(self) -> dict[str, float]:
        """The home value of each control at which keeping it is worth what giving it up spares the other."""
        found = {}
        for k, c in enumerate(self.clauses):
            side = 0 if c.issuer == "US" else 1
            if self.losses[side, k] > 0.0 and "tariff" not in kinds()[c.measure]:
                found[c.measure] = float(self.worths[1 - side, 1 << k] / self.losses[side, k])
        return found

    def largest(self, name: str, values: Mapping[str, float]) -> float:
        """The largest home value at which a clause is still in the Nash package, others as given."""
        place = [c.measure for c in self.clauses].index(name)
        low, high = 0.0, 50.0
        for _ in range(40):
            middle = (low + high) / 2.0
            given = self.nash({**values, name: middle})[0] >> place & 1
            low, high = (middle, high) if given else (low, middle)
        return low


def kinds() -> dict[str, str]:
    """What each measure is."""
    return {m.id: m.kind for m in sim.scenario(SCENARIO).measures}


def page(draws: int) -> str:
    """The page, in Markdown."""
    eve = Eve()
    names = [c.measure for c in eve.clauses]
    numbers = {
        m.id: m.numbers["home_value"] for m in sim.scenario(SCENARIO).measures if "home_value" in m.numbers
    }
    given = {name: n.value for name, n in numbers.items() if name in names}
    relief = eve.relief()
    lines = [
        "# What measures were worth at home, by what was given up at Busan",
        "",
        f"`python experiments/home_values.py`: `snapback table {SCENARIO} --on {DAY}` for many "
        "home values. All "
        f"{len(names)} measures on the table were given up, so what was really agreed is the "
        "largest package. "
        "Which smaller one the Nash solution prefers says what the numbers would have kept. A "
        "home value counts "
        "in talks alone.",
        "",
        f"![All packages by what they are worth to both sides, on {DAY}](home_values.png)",
        "",
        "## If keeping a control is worth a share of what giving it up spares the other",
        "",
        "| share | the Nash package leaves out | product of the real package, of the largest |",
        "|---:|---|---:|",
    ]
    for share in SHARES:
        best, part = eve.nash({name: share * x for name, x in relief.items()})
        lines.append(f"| {share:.1f} | {left_out(names, best)} | {100 * part:.1f} % |")
    lines += [
        "",
        "## The most that each can have been worth at home",
        "",
        "The largest home value at which a measure is still in the Nash package, with the others as in the "
        "scenario: an upper bound, if what was agreed at Busan was the Nash package. The "
        "scenario has four tenths "
        "of what giving it up spares the other, from a tenth to six tenths. [bn USD a month at level 1]",
        "",
        "| measure | in the scenario | range | at most |",
        "|---|---:|---:|---:|",
    ]
    for name in given:
        n = numbers[name]
        lines.append(f"| `{name}` | {n.value:g} | {n.low:g} to {n.high:g} | {eve.largest(name, given):.2f} |")
    dice = np.random.default_rng(1)
    inside = np.zeros(len(names))
    parts, missing = [], []
    for _ in range(draws):
        best, part = eve.nash({name: dice.uniform(numbers[name].low, numbers[name].high) for name in given})
        inside += eve.bits[best]
        parts.append(part)
        missing.append(len(names) - best.bit_count())
    low, middle = np.quantile(parts, [0.05, 0.5])
    rare = [(name, x) for name, x in zip(names, inside / draws, strict=True) if x < 0.995]
    lines += [
        "",
        "## Over the ranges of all of them",
        "",
        f"In {draws} draws, each home value uniform over its range, the Nash package leaves out "
        f"{np.mean(missing):.1f} of {len(names)} clauses on average (at most {max(missing)}), and "
        "the real package "
        f"has {100 * middle:.1f} % of its product of worths at the median, {100 * low:.1f} % at the low "
        "twentieth. Clauses that are not in nearly every Nash package:",
        "",
        "| measure | part of draws in which the Nash package has it |",
        "|---|---:|",
        *(f"| `{name}` | {100 * x:.0f} % |" for name, x in sorted(rare, key=lambda pair: pair[1])),
        "",
        "## What this is not",
        "",
        "No deal is taken for certain: all that is announced comes into force, and all that is "
        "suspended comes "
        "back. What is changed is taken to last. Tariffs have no home value here but their rent. "
        "The farm duties "
        "are left out by the cost of lifting for good, which counts as giving a threat away: an assumption "
        "(`new_measure_cost`). One deal bounds each number from above; only refusals bound it "
        "from below, and of "
        "what stayed outside the truce the chip rule alone has a number in the scenario.",
        "",
    ]
    return "\n".join(lines)


def left_out(names: list[str], package: int) -> str:
    """The measures that a package leaves out."""
    return ", ".join(f"`{name}`" for k, name in enumerate(names) if not package >> k & 1) or "nothing"


if __name__ == "__main__":
    draw_table(sim.table(SCENARIO, DAY), PAGE.with_suffix(".png"))
    PAGE.write_text(page(int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS), "utf-8")
