"""Whether lessons teach: what a class knew before and after, and how sure it was. No answers, no claim."""

import tomllib
from typing import Any, Final, NamedTuple

import pandas as pd

from sim.domain.errors import ResultsError
from sim.lessons.lesson import HERE
from sim.statistics.intervals import Interval
from sim.statistics.scores import bootstrap_interval

DRAWS: Final = 2000
ALL: Final = "all questions"
FORMS: Final = ("a", "b")
COLUMNS: Final = ("seat", "when", "question", "right", "confidence")
CAUTION: Final = (
    "A gain says what has changed, not what changed it: there was no class without lessons. "
    "An interval that holds 0 shows no learning."
)


class Gain(NamedTuple):
    """What those who answered twice knew of something, and how sure they were."""

    about: str  # a lesson, a transfer, or all
    students: int  # with an answer before and one after
    before: float  # share of right answers [0 to 1]
    after: float
    gain: Interval  # part of what was not known before that is known after (Hake 1998): 1 is all of it
    brier_before: float  # mean of (confidence - right)^2 [0 to 1]; 0.25 is what always saying 50 % gets
    brier_after: float
    brier_change: Interval  # below 0: surer where right, less sure where wrong


def questions() -> list[dict[str, Any]]:
    """All questions of both forms: id, about, form (0 or 1), text, choices, and which is right, from 0."""
    table = tomllib.loads((HERE / "questions.toml").read_text("utf-8"))["questions"]
    return [
        {"id": f"{row['about']}{letter}", "about": row["about"], "form": form, **row[letter]}
        for form, letter in enumerate(FORMS)
        for row in table
    ]


def gains(answers: pd.DataFrame, seed: int = 1) -> list[Gain]:
    """Gains in all questions, and by what they are about, with 95 % intervals over students.

    Args:
        answers: a row an answer: seat, when ("before", "after"), question (its id), right, confidence.
        seed: of the bootstrap, which draws students, each with both of her answers.

    Raises:
        ResultsError: a column is missing, or nobody answered the same question before and after.
    """
    if missing := [name for name in COLUMNS if name not in answers]:
        raise ResultsError(f"answers: expected columns {', '.join(COLUMNS)}; {', '.join(missing)} missing")
    abouts = {question["id"]: question["about"] for question in questions()}
    rows = answers.assign(about=answers["question"].map(abouts), right=answers["right"].astype(float))
    rows["brier"] = (rows["confidence"] - rows["right"]) ** 2
    pairs = rows.pivot_table(index=["seat", "about"], columns="when", values=["right", "brier"]).dropna()
    if pairs.empty or {"before", "after"} - set(rows["when"]):
        raise ResultsError("answers: expected some before and after; nothing can be said of learning yet")
    parts = [(ALL, pairs), *pairs.groupby(level="about")]
    return [_gain(str(about), part, seed) for about, part in parts]


def _gain(about: str, part: pd.DataFrame, seed: int) -> Gain:
    seats = list(part.index.get_level_values("seat"))
    right, brier = part["right"], part["brier"]
    change = brier["after"] - brier["before"]
    return Gain(
        about,
        len(set(seats)),
        right["before"].mean(),
        right["after"].mean(),
        bootstrap_interval(
            right["after"] - right["before"], seats, 1.0 - right["before"], seed=seed, draws=DRAWS
        ),
        brier["before"].mean(),
        brier["after"].mean(),
        bootstrap_interval(change, seats, seed=seed, draws=DRAWS),
    )
