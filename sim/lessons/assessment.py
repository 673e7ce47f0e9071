"""Whether lessons teach: what a class knew before and after, and how sure it was. No answers, no claim."""

import tomllib
from typing import TYPE_CHECKING, Any, Final

from sim.domain.errors import ResultsError
from sim.lessons.lesson import HERE

if TYPE_CHECKING:
    import pandas as pd

DRAWS: Final = 2000
ALL: Final = "all questions"
WHEN: Final = ("before", "after")
COLUMNS: Final = ("seat", "when", "question", "right", "confidence")
CAUTION: Final = (
    "No class went without lessons: a gain may have other causes. One whose interval holds 0 is none."
)


def questions() -> list[dict[str, Any]]:
    """All questions of both forms: id, about, form (0 or 1), text, choices, and which is right, from 0."""
    table = tomllib.loads((HERE / "questions.toml").read_text("utf-8"))["questions"]
    return [
        {"id": f"{row['about']}{letter}", "about": row["about"], "form": form, **row[letter]}
        for form, letter in enumerate("ab")
        for row in table
    ]


def gains(answers: "pd.DataFrame", seed: int = 1) -> "pd.DataFrame":
    """What those who answered twice knew before and after, in all and by what questions are about.

    Columns before and after are shares of right answers. The gain is the part of what was not known before
    that is known after (Hake 1998). Brier scores, means of (confidence - right)^2, are 0.25 for whoever
    always says 50 %; a change below 0 is for the better. Ends are of 95 % intervals, over students. Raises
    ResultsError if a column is missing, or nobody answered about the same thing before and after.

    Args:
        answers: a row an answer: seat, when ("before", "after"), question (its id), right, confidence.
        seed: of the bootstrap, which draws students, each with all of her answers.
    """
    import pandas as pd

    if missing := [name for name in COLUMNS if name not in answers]:
        raise ResultsError(f"answers: expected columns {', '.join(COLUMNS)}; {', '.join(missing)} missing")
    abouts = {question["id"]: question["about"] for question in questions()}
    rows = answers.assign(about=answers["question"].map(abouts), right=answers["right"].astype(float))
    rows["brier"] = (rows["confidence"] - rows["right"]) ** 2
    pairs = rows.pivot_table(index=["seat", "about"], columns="when", values=["right", "brier"]).dropna()
    if pairs.empty or set(WHEN) - set(rows["when"]):
        raise ResultsError("answers: expected some before and after; nothing can be said of learning yet")
    parts = [(ALL, pairs), *pairs.groupby(level="about")]
    return pd.DataFrame([_gain(about, part, seed) for about, part in parts])


def _gain(about: Any, part: "pd.DataFrame", seed: int) -> dict[str, Any]:
    from sim.statistics.scores import bootstrap_interval

    seats, right, brier = list(part.index.get_level_values("seat")), part["right"], part["brier"]
    change = right["after"] - right["before"]
    gain = bootstrap_interval(change, seats, 1.0 - right["before"], seed=seed, draws=DRAWS)
    brier_change = bootstrap_interval(brier["after"] - brier["before"], seats, seed=seed, draws=DRAWS)
    return {
        **{"about": about, "students": len(set(seats))},
        **{when: right[when].mean() for when in WHEN},
        **dict(zip(("gain", "gain_low", "gain_high"), gain, strict=True)),
        **{f"brier_{when}": brier[when].mean() for when in WHEN},
        **dict(zip(("brier_change", "brier_low", "brier_high"), brier_change, strict=True)),
    }
