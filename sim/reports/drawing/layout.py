"""Where things stand on a figure, in inches, and what fits there: texts, axes, dates and labels."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from math import ceil
from textwrap import wrap
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.text import Text

from sim.reports.drawing.theme import DPI, SOFT, SteadyLayout, new_figure, place_legend

MARGIN = 0.25  # [inches] left and right of a figure's texts
NEXT = 0.26  # [inches] from one line of a title to the next


def write(
    figure: Figure,
    text: str,
    down: float,
    size: float,
    weight: str = "normal",
    indent: float = MARGIN,
    **more: Any,
) -> Text:
    """Write a line on a figure, cut at the margin on the right.

    `down` goes from the figure's top to the baseline, `indent` from its left side [inches]; `size` is of the
    font [points]; `more` is as Matplotlib's text takes it.
    """
    width, height = figure.get_size_inches()
    line = shorten(text, size, weight, width - indent - MARGIN)
    return figure.text(indent / width, 1 - down / height, line, size=size, weight=weight, **more)


@contextmanager
def titled_figure(
    width: float,
    tall: float,
    title: str,
    notes: Sequence[str] = (),
    marks: Sequence[Artist] = (),
    columns: int = 5,
    foot: str = "",
    dpi: int = DPI,
    constrained: bool = True,
) -> Iterator[Figure]:
    """A figure whose charts stand below a title and notes, and above a legend of marks and a footnote.

    `width` is of all and `tall` of what is between [inches]. Charts that `add_charts` places have no layout.
    """
    lines = wrap(foot, int(16.5 * width))
    below = 0.12 + 0.14 * len(lines) + (0.1 + 0.22 * ceil(len(marks) / columns) if marks else 0.0)
    height = head_height(title, notes) + tall + below
    with new_figure(width, height, dpi, layout=SteadyLayout() if constrained else None) as figure:
        if (engine := figure.get_layout_engine()) is not None:
            engine.set(rect=(0.01, below / height, 0.98, tall / height))  # type: ignore[call-arg]
        for k, line in enumerate(title.splitlines()):
            write(figure, line, 0.38 + NEXT * k, 13.5, "bold")
        for k, note in enumerate(notes):
            write(figure, note, 0.62 + NEXT * title.count("\n") + 0.22 * k, 9.5)
        yield figure
        if marks:
            place_legend(figure, marks, MARGIN, 0.1 + 0.14 * len(lines), columns)
        figure.text(MARGIN / width, 0.1 / height, "\n".join(lines), size=7.6, color=SOFT, va="bottom")


def head_height(title: str, notes: Sequence[str]) -> float:
    """Of a title, whose lines may be several, and notes [inches]."""
    return 0.5 + NEXT * title.count("\n") + 0.22 * len(notes)


def add_charts(
    figure: Figure, down: float, tall: float, rows: int, across: int, indent: float = 0.6, gaps: float = 0.95
) -> list[Axes]:
    """Charts row by row, so far down from the figure's top, with `gaps` between rows, all in inches."""
    width, height = figure.get_size_inches()
    one = (tall - (rows - 1) * gaps) / rows
    place = {"left": indent / width, "right": 1 - 0.75 / width, "top": 1 - down / height}
    grid = figure.add_gridspec(
        rows, across, bottom=1 - (down + tall) / height, hspace=gaps / one, wspace=0.28, **place
    )
    return list(grid.subplots(squeeze=False).flat)


def add_axes(figure: Figure, x: float, y: float, width: float, height: float) -> Axes:
    """New axes on a figure, all in inches from its left lower corner."""
    across, tall = figure.get_size_inches()
    return figure.add_axes((x / across, y / tall, width / across, height / tall))


def size_of(axes: Axes) -> tuple[float, float]:
    """Width and height of axes [inches]."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    width, height = figure.get_size_inches() * axes.get_position().size
    return float(width), float(height)


def date_ticks(first: int, last: int, most: int = 17) -> list[tuple[int, str, str]]:
    """Days to mark on a calendar, each with a short name and, where it is new, the year.

    At most so many, evenly apart, Januaries before others.
    """
    if last - first < 75:
        step = ceil((last - first + 1) / 9)
        days = [date.fromordinal(day) for day in range(first, last + 1, step)]
    else:
        a, b = date.fromordinal(first), date.fromordinal(last)
        months = range(12 * a.year + a.month - (a.day == 1), 12 * b.year + b.month)
        step = next(n for n in (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200) if len(months) <= 16 * n)
        days = [date(m // 12, m % 12 + 1, 1) for m in months if m % step == 0]
    step = ceil(len(days) / most)
    some = (days[k::step] for k in range(step))
    days = max(some, key=lambda part: sum(day.month == 1 for day in part), default=[])
    years = ["", *(f"{day:%Y}" for day in days)]
    form = "{0:%b}" if last - first >= 75 else "{0.day} {0:%b}"
    return [
        (day.toordinal(), form.format(day), year if year != before else "")
        for day, (before, year) in zip(days, pairwise(years), strict=True)
    ]


def label_heights(heights: Sequence[float], gap: float, top: float) -> list[float]:
    """Heights for labels: moved as little as puts them a gap apart and below the top."""
    order = sorted(range(len(heights)), key=lambda k: heights[k])
    result = list(heights)
    for lower, upper in pairwise(order):
        result[upper] = max(result[upper], result[lower] + gap)
    limit = top
    for k in reversed(order):
        result[k] = min(result[k], limit)
        limit = result[k] - gap
    return result


def shorten(text: str, size: float, weight: str, width: float) -> str:
    """A text as it can be drawn: what the font lacks as ?, and cut with an ellipsis to a width.

    `size` is of the font [points], `width` the room for it [inches].
    """
    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
    font.set_size(size, 72)
    glyphs = font.get_charmap()
    text = "".join(c if ord(c) in glyphs else "?" for c in " ".join(text.split()))
    full = text
    while True:
        font.set_text(text)
        if font.get_width_height()[0] / 64 <= 72 * width:
            return text
        full = full[: int(len(full) * 0.98) - 1]
        text = full.rstrip() + "…"


def wrap_text(text: str, size: float, weight: str, width: float, most: int | None = None) -> list[str]:
    """A text in lines that can be drawn, broken between words; a word too long for a line is cut.

    `size` is of the font [points], `width` of a line [inches]; the last of `most` lines is cut if there are
    more.
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and not shorten(longer, size, weight, width).endswith("…"):
            lines[-1] = longer
        else:
            lines.append(word)
    if most is not None and len(lines) > most:
        lines[most - 1 :] = [" ".join(lines[most - 1 :])]
    return [shorten(line, size, weight, width) for line in lines]
