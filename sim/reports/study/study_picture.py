"""A picture of a report: what stands above it, its charts' common style, and its bytes."""

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from sim.reports.drawing.layout import wrap_text
from sim.reports.drawing.theme import ALARM, INK, new_figure, png_of
from sim.reports.study.report_data import ReportData

KINDS: Final = ("map", "spread", "curve", "draws", "fan", "dots", "drivers", "clouds", "points")
WIDTH, DPI, TEXT = 8.6, 150, 9.5  # [inches], dots an inch, [points]
LINE = 0.175  # [inches] of a line under the title
ACROSS = 3  # panels beside each other


class Picture(NamedTuple):
    """A picture of a report.

    Attributes:
        name: of its file, without the end.
        outcome: that it shows.
        alt: what it shows, for who cannot see it.
        caption: what must be said beside it.
        png: its bytes.
    """

    name: str
    outcome: str
    alt: str
    caption: str
    png: bytes


class Heading(NamedTuple):
    """What stands above a picture.

    Attributes:
        title: what it shows.
        reading: how to read it.
        missing: what is not there yet, empty if all is.
    """

    title: str
    reading: str
    missing: str


def picture(
    data: ReportData,
    outcome: str,
    kind: str,
    reading: str,
    alt: str,
    tall: float,
    draw: Callable[[Figure], None],
    caption: str = "",
) -> Picture:
    """A picture of an outcome under its heading.

    Args:
        data: of the report.
        outcome: that it shows.
        kind: one of KINDS.
        reading: how to read it, in sentences.
        alt: what it shows, for who cannot see it.
        tall: height of the picture without its heading [inches].
        draw: fills the figure.
        caption: what must be said beside it.
    """
    o = data.study.outcomes[outcome]
    reading = f"{o.spelling}. {reading} {data.runs_text.capitalize()}."
    heading = Heading(f"{outcome}: {o.sentence}", reading, data.missing)
    return Picture(f"{outcome}_{kind}", outcome, alt, caption, draw_png(heading, tall, draw))


def draw_png(heading: Heading, tall: float, draw: Callable[[Figure], None]) -> bytes:
    """A picture as a PNG; the same picture is the same bytes."""
    room = WIDTH - 0.24
    titles = wrap_text(heading.title, 12.5, "bold", room)[:3]
    readings = wrap_text(heading.reading, 9.0, "normal", room)
    missing = wrap_text(heading.missing, 9.0, "bold", room)
    total = tall + 0.22 + 0.24 * len(titles) + LINE * len(readings + missing) + 0.08
    with new_figure(WIDTH, total, DPI, TEXT, layout="constrained") as figure:
        engine = figure.get_layout_engine()
        if engine is not None:
            engine.set(rect=(0.0, 0.0, 1.0, tall / total))  # type: ignore[call-arg]
        down = 0.04
        rows: list[tuple[list[str], float, float, dict[str, Any]]] = [
            (titles, 0.24, 0.0, {"size": 12.5, "weight": "bold", "color": INK}),
            (readings, LINE, 0.03, {"size": 9.0, "color": "#444444"}),
            (missing, LINE, 0.03, {"size": 9.0, "weight": "bold", "color": ALARM}),
        ]
        for lines, step, gap, font in rows:
            for line in lines:
                down += step
                figure.text(0.12 / WIDTH, 1 - (down + gap) / total, line, **font)
        draw(figure)
        return png_of(figure)


def panel_grid(count: int) -> tuple[int, int]:
    """Rows and columns of so many panels."""
    across = 2 if count == 4 else min(count, ACROSS)
    return -(-count // across), across


def add_legend(figure: Figure, handles: Sequence[Artist], columns: int) -> None:
    """Put a legend below a picture."""
    figure.legend(handles=handles, loc="outside lower left", ncols=columns, fontsize=8.8)
