"""A picture of a report: what stands above it, its charts' common style, and its bytes."""

from collections.abc import Callable
from math import isfinite
from typing import Any, Final, NamedTuple

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from sim.reports.drawing.layout import wrap_text
from sim.reports.drawing.theme import ALARM, INK, SteadyLayout, bytes_of, new_figure
from sim.reports.study.report_data import ReportData
from sim.reports.templates.rendering import render

KINDS: Final = ("map", "spread", "curve", "draws", "fan", "dots", "drivers", "clouds", "points")
WIDTH, DPI, TEXT = 8.6, 150, 9.5  # [inches], dots an inch, [points]
LINE = 0.175  # [inches] of a line under the title
ACROSS = 3  # panels beside each other


class Picture(NamedTuple):
    """A picture of a report."""

    name: str  # of its file, without the end
    outcome: str  # that it shows
    alt: str  # what it shows, for who cannot see it
    caption: str  # what must be said beside it
    figure: Figure
    png: bytes  # its bytes

    def __repr__(self) -> str:
        return f"{self.name}: {self.alt}"

    def _repr_png_(self) -> bytes:
        return self.png


def picture(
    data: ReportData, outcome: str, kind: str, tall: float, draw: Callable[[Figure], None], **values: Any
) -> Picture:
    """A picture of an outcome under its heading, with the texts of its kind, one of KINDS.

    `tall` is its height without the heading [inches], `draw` fills the figure, and `values` are those that
    the texts of its kind name, in `study_pictures.md`.
    """
    texts = render("study_pictures.md", data=data, outcome=outcome, kind=kind, finite=isfinite, **values)
    reading, alt, caption = (text.strip() for text in texts.split("\n---\n"))
    o = data.study.outcomes[outcome]
    reading = f"{o.spelling}. {reading} {data.runs_text.capitalize()}."
    figure = draw_picture(f"{outcome}: {o.sentence}", reading, data.missing, tall, draw)
    return Picture(f"{outcome}_{kind}", outcome, alt, caption, figure, bytes_of(figure, "png"))


def draw_picture(
    title: str, reading: str, missing: str, tall: float, draw: Callable[[Figure], None]
) -> Figure:
    """A picture under what it shows, how to read it, and what is not there yet."""
    room = WIDTH - 0.24
    rows: list[tuple[list[str], float, float, dict[str, Any]]] = [  # lines, step, gap [inches], font
        (wrap_text(title, 12.5, "bold", room)[:3], 0.24, 0.0, {"size": 12.5, "weight": "bold", "color": INK}),
        (wrap_text(reading, 9.0, "normal", room), LINE, 0.03, {"size": 9.0, "color": "#444444"}),
        (wrap_text(missing, 9.0, "bold", room), LINE, 0.03, {"size": 9.0, "weight": "bold", "color": ALARM}),
    ]
    total = tall + 0.22 + sum(step * len(lines) for lines, step, _, _ in rows) + 0.08
    with new_figure(WIDTH, total, DPI, TEXT, layout=SteadyLayout()) as figure:
        engine = figure.get_layout_engine()
        assert engine is not None
        engine.set(rect=(0.0, 0.0, 1.0, tall / total))  # type: ignore[call-arg]
        down = 0.04
        for lines, step, gap, font in rows:
            for line in lines:
                down += step
                figure.text(0.12 / WIDTH, 1 - (down + gap) / total, line, **font)
        draw(figure)
        return figure


def add_legend(figure: Figure, columns: int, *more: Artist) -> None:
    """Put a legend below a picture, if there is anything to explain: what its first chart labels, and more.

    It has so many columns; without any, two or, where labels are short, four.
    """
    handles = [*figure.axes[0].get_legend_handles_labels()[0], *more]
    columns = columns or (4 if sum(len(str(handle.get_label())) for handle in handles) < 95 else 2)
    if handles:
        figure.legend(handles=handles, loc="outside lower left", ncols=columns, fontsize=8.8)
