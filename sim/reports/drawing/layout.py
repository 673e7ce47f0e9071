"""What fits where on a chart: days to mark on a calendar, labels kept apart, text cut to a width."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import ceil

from matplotlib.font_manager import FontProperties, findfont, get_font


def date_ticks(first: int, last: int) -> list[tuple[int, str, str]]:
    """Days to mark on a calendar, each with a short name and, where it is new, the year."""
    if last - first < 75:
        step = ceil((last - first + 1) / 9)
        days = [date.fromordinal(day) for day in range(first, last + 1, step)]
    else:
        a, b = date.fromordinal(first), date.fromordinal(last)
        months = range(12 * a.year + a.month - (a.day == 1), 12 * b.year + b.month)
        step = next(n for n in (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200) if len(months) <= 16 * n)
        days = [date(m // 12, m % 12 + 1, 1) for m in months if m % step == 0]
    years = ["", *(f"{day:%Y}" for day in days)]
    form = "{0:%b}" if last - first >= 75 else "{0.day} {0:%b}"
    return [
        (day.toordinal(), form.format(day), year if year != before else "")
        for day, (before, year) in zip(days, pairwise(years), strict=True)
    ]


def spread(heights: Sequence[float], gap: float, top: float) -> list[float]:
    """The heights moved as little as puts them a gap apart and below the top."""
    order = sorted(range(len(heights)), key=lambda k: heights[k])
    placed = list(heights)
    for lower, upper in pairwise(order):
        placed[upper] = max(placed[upper], placed[lower] + gap)
    limit = top
    for k in reversed(order):
        placed[k] = min(placed[k], limit)
        limit = placed[k] - gap
    return placed


def fitted(text: str, size: float, weight: str, width: float) -> str:
    """A text as it can be drawn: what the font lacks as ?, and cut with an ellipsis to a width.

    Args:
        text: any.
        size: of the font [points].
        weight: of the font.
        width: room for it [inches].
    """
    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
    font.set_size(size, 72)
    known = font.get_charmap()
    text = "".join(c if ord(c) in known else "?" for c in " ".join(text.split()))
    full = text
    while True:
        font.set_text(text)
        if font.get_width_height()[0] / 64 <= 72 * width:
            return text
        full = full[: int(len(full) * 0.98) - 1]
        text = full.rstrip() + "…"


def broken(text: str, size: float, weight: str, width: float) -> list[str]:
    """A text in lines that can be drawn, broken between words; a word too long for a line is cut.

    Args:
        text: any.
        size: of the font [points].
        weight: of the font.
        width: of a line [inches].
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and not fitted(longer, size, weight, width).endswith("…"):
            lines[-1] = longer
        else:
            lines.append(word)
    return [fitted(line, size, weight, width) for line in lines]
