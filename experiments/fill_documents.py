"""Fill the figures of the documents from runs: no figure in prose is typed by hand.

    python experiments/fill_documents.py            write every figure anew
    python experiments/fill_documents.py --check    say which differ, and change nothing

A figure stands before its name in an HTML comment, which pages do not show: 99.8 %<!--answer.escalates-->.
The digits after the point stay as many as they were; a test holds each to its tolerance.
"""

import math
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import what_snaps_back

import sim
from sim.domain.constants import ESCALATE, HOLD

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "sim/README.md", "sim/validation/README.md")
FIGURE = re.compile(r"(?P<number>[-+]?[\d,]+(?:\.\d+)?)(?P<unit> %)?<!--(?P<name>[a-z_0-9.]+)-->")
PROVOCATION = "US:escalate@2026-03-02"


class Difference(NamedTuple):
    """A figure that is not what the runs give."""

    document: str
    name: str
    written: float
    measured: float


@cache
def answer() -> Mapping[str, float]:
    """Beijing's answer of 4 March 2026 in the run of the first page: seed 1, run 0."""
    model = sim.TradeModel("busan", rng=1, force=PROVOCATION).run()
    decision = next(d for d in model.decisions if d.move == ESCALATE and d.government == 1)
    names = ("escalate", "hold", "relax")
    figures = dict(zip((f"{name}.probability" for name in names), decision.probabilities, strict=True))
    for name, candidate in zip(names, decision.candidates, strict=True):
        figures |= {f"{name}.now": candidate.now, f"{name}.later": candidate.later}
        figures[f"{name}.value"] = candidate.now + candidate.later
    view = decision.view
    best = max(figures[f"{name}.value"] for name in names)
    return {
        **{key: 100.0 * x if key.endswith("probability") else x for key, x in figures.items()},
        **{f"{name}.weight": math.exp(0.5 * (figures[f"{name}.value"] - best)) for name in names},
        "luck": view.luck,
        "pressure.own": view.my_pressure,
        "pressure.partner": view.their_pressure,
        "sunset.days": view.days_to_my_sunset,
        "belief": 100.0 * view.renewal_belief,
        "measures.in_force": view.my_in_force,
        "measures.suspended": view.my_suspended,
        "decisions": len(model.decisions),
        "decisions.hold": sum(d.move == HOLD for d in model.decisions),
        **{f"{account}.us": cost for account, cost in model.costs["US"].items()},
        **{f"{account}.cn": cost for account, cost in model.costs["CN"].items()},
    }


@cache
def many() -> Mapping[str, float]:
    """How often Beijing answers by reactivating a suspended measure within a week, with and without [%]."""
    cases = {
        "provoked": what_snaps_back.CASES["as shipped"],
        "unprovoked": what_snaps_back.CASES["unprovoked"],
    }
    return {name: what_snaps_back.percent(case) for name, case in cases.items()}


@cache
def page() -> Mapping[str, float]:
    """Figures of the pages in `results/`, each made by the command that the page names."""

    def figure(name: str, pattern: str) -> float:
        text = (ROOT / "results" / f"{name}.md").read_text("utf-8")
        return float(re.search(pattern, text)[1])

    rows = {
        "model": "the model",
        "uniform": "uniform: a third each",
        "same_month": r"partner's move of the same month \*",
        "both": "both last moves",
        "partner": "partner's last move",
        "own": "own last move",
        "logit": "multinomial logit on both last moves",
        "base_rates": "base rates",
    }
    facts = (ROOT / "results" / "facts.md").read_text("utf-8")
    outside = r"of 36 quantities (?:of the record|\d+ agree,) (\d+)"
    return {
        **{name: figure("history", rf"\| {row} \| ([\d.]+) ") for name, row in rows.items()},
        "points": figure("what_snaps_back", r"\| the 24 points come back \| ([\d.]+) %"),
        "points_free": figure("what_snaps_back", r"24 points, a broken threat costs nothing \| ([\d.]+) %"),
        "both_believe": figure("what_snaps_back", r"\| 1, 1 \| ([\d.]+) %"),
        "one_doubts": figure("what_snaps_back", r"\| 1, 0\.1 \| ([\d.]+) %"),
        "outside_2018": figure("facts_history", rf"`phase_one`: {outside}"),
        "outside_2025": figure("facts_history", rf"`spiral_2025`: {outside}"),
        "facts": len(re.findall(r"^\| (?!1 |2 |11 )\d+ \|.*\| pass \|$", facts, re.MULTILINE)),
    }


SOURCES = {"answer": answer, "many": many, "page": page}


def measured(name: str) -> float:
    """What the runs give for a figure."""
    source, _, key = name.partition(".")
    return SOURCES[source]()[key]


def figures(text: str) -> Iterator[re.Match[str]]:
    """The figures of a document."""
    return FIGURE.finditer(text)


def filled(text: str) -> str:
    """A document with every figure as the runs give it, with as many digits as it had."""

    def fill(match: re.Match[str]) -> str:
        number = match["number"]
        digits = len(number.partition(".")[2])
        sign = "+" if number.startswith("+") else ""
        return f"{measured(match['name']):{sign},.{digits}f}{match['unit'] or ''}<!--{match['name']}-->"

    return FIGURE.sub(fill, text)


def differences(document: str) -> list[Difference]:
    """The figures of a document that are off by more than one in their last digit, or one in a hundred."""
    wrong = []
    for match in figures((ROOT / document).read_text("utf-8")):
        number = match["number"].replace(",", "")
        last_digit = 10.0 ** -len(number.partition(".")[2])
        real = measured(match["name"])
        if abs(float(number) - real) > max(last_digit, 0.01 * abs(real)):
            wrong.append(Difference(document, match["name"], float(number), real))
    return wrong


def main() -> int:
    """Fill all documents, or say what differs."""
    if "--check" in sys.argv:
        wrong = [difference for document in DOCUMENTS for difference in differences(document)]
        for difference in wrong:
            print(*difference)
        return 1 if wrong else 0
    for document in DOCUMENTS:
        path = ROOT / document
        path.write_text(filled(path.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
