"""Single figures that the prose of the documents shows, each by a name."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import followed_run
import what_snaps_back
from answers import BAN, CONTROLS, WEEK, answers, back

ROOT = Path(__file__).parents[1]


@cache
def many() -> Mapping[str, float]:
    """How often Beijing answers within a week, and by what, with and without a provocation [%]."""
    figures = {}
    for name, case in (("provoked", "the 24 points come back"), ("unprovoked", "unprovoked")):
        played = what_snaps_back.week(what_snaps_back.CASES[case], what_snaps_back.RUNS)
        given = answers(played)
        kinds = sum(len(answer.kinds) > 1 for answer in given)
        figures |= {
            name: 100.0 * len(given) / what_snaps_back.RUNS,
            f"{name}.controls": back(played, WEEK, BAN, CONTROLS),
            f"{name}.ban": back(played, WEEK, BAN),
            f"{name}.kinds": 100.0 * kinds / what_snaps_back.RUNS,
        }
    return figures


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
        "affiliates": figure("what_snaps_back", r"affiliates rule comes back \| [\d.]+ % \| ([\d.]+) %"),
        "half_a_point": figure("what_snaps_back", r"half a point comes back \| ([\d.]+) %"),
        "both_believe": figure("what_snaps_back", r"\| 1, 1 \| ([\d.]+) %"),
        "one_doubts": figure("what_snaps_back", r"\| 1, 0\.1 \| ([\d.]+) %"),
        "outside_2018": figure("facts_history", rf"`phase_one`: {outside}"),
        "outside_2025": figure("facts_history", rf"`spiral_2025`: {outside}"),
        "answers": figure("answers_of_2025", r"\*\*(\d) of 5\*\* answers"),
        "facts": len(re.findall(r"^\| (?!1 |2 |11 )\d+ \|.*\| pass \|$", facts, re.MULTILINE)),
    }


SOURCES: Mapping[str, Callable[[], Mapping[str, float]]] = {
    "answer": followed_run.figures,
    "many": many,
    "page": page,
}


def measured(name: str) -> float:
    """What the runs give for a figure."""
    source, _, key = name.partition(".")
    return SOURCES[source]()[key]
