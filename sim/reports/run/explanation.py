"""The decisions of a day in sentences, from a run's trace."""

from datetime import date
from typing import Any

from sim.domain.constants import MOVES, NEVER
from sim.domain.dates import spoken
from sim.domain.errors import ResultsError
from sim.reports.templates.rendering import render


def day_explanation(trace: list[dict[str, Any]], day: date) -> str:
    """All decisions of a day in sentences, in Markdown.

    Raises:
        ResultsError: nobody decided on that day; the message names the nearest days.
    """
    rows = [row for row in trace if row["date"] == day.isoformat()]
    if not rows:
        days = sorted({date.fromisoformat(row["date"]) for row in trace}, key=lambda d: abs((d - day).days))
        nearest = ", ".join(str(d) for d in sorted(days[:4])) or "none at all"
        raise ResultsError(f"{day}: nobody decided on that day; the nearest are {nearest}")
    template = "game_explanation.md" if "game" in rows[0] else "explanation.md"
    words = {"day": spoken(day.toordinal()), "moves": MOVES, "never": NEVER}
    return "\n".join(render(template, row=row, **words) for row in rows)
