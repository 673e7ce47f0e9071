"""What all pictures of a study share: size, heading, colours, and how numbers and levers are written."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, Final, NamedTuple

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.reports.drawing.colours import GOVERNMENTS, LineStyle
from sim.reports.drawing.layout import shorten, wrap_text
from sim.reports.drawing.theme import INK, PALE, STYLE
from sim.reports.study.study_terminal import number
from sim.studies.factors import Factor
from sim.studies.theory_lines import TheoryLine

WIDTH, DPI = 8.6, 150  # [inches], dots an inch
TEXT: Final = {**STYLE, "font.size": 9.5}
BLUE, ORANGE, GREEN = (GOVERNMENTS[code].colour for code in ("US", "CN", "EU"))
GREY, ALARM = "#777777", "#b00020"
LOOKS: Final = (
    *GOVERNMENTS.values(),
    LineStyle("#cc79a7", (0, (1.5, 1.2))),  # of the same palette
    LineStyle("#d55e00", (0, (3.0, 1.2, 1.0, 1.2, 1.0, 1.2))),
    LineStyle(INK, (0, (9.0, 2.5))),
)
LINE = 0.175  # [inches] of a line under the title


SMALL: Final[dict[str, Any]] = {"fontsize": 9.0, "loc": "left"}  # titles of panels
ACROSS = 3  # panels beside each other


class Head(NamedTuple):
    """What stands above a picture.

    Attributes:
        title: what is shown.
        told: how to read it.
        missing: what is not there yet, empty if all is.
    """

    title: str
    told: str
    missing: str = ""


def drawn(head: Head, tall: float, draw: Callable[[Figure], None], width: float = WIDTH) -> bytes:
    """A picture as a PNG; the same picture is the same bytes.

    Args:
        head: what stands above it.
        tall: height of the picture without that [inches].
        draw: fills the figure.
        width: of all [inches].
    """
    room = width - 0.24
    titles = wrap_text(head.title, 12.5, "bold", room)[:3]
    late = wrap_text(head.missing, 9.0, "bold", room)
    lines = [*wrap_text(head.told, 9.0, "normal", room), *late]
    above = 0.22 + 0.24 * len(titles) + LINE * len(lines) + 0.08
    with style.context(["default", TEXT]):
        figure = Figure(figsize=(width, tall + above), dpi=DPI, layout="constrained")
        canvas = FigureCanvasAgg(figure)
        engine = figure.get_layout_engine()
        if engine is not None:
            engine.set(rect=(0.0, 0.0, 1.0, tall / (tall + above)))  # type: ignore[call-arg]
        down = 0.04
        for k, line in enumerate([*titles, *lines]):
            heading, gone = k < len(titles), k >= len(titles) + len(lines) - len(late)
            size, weight = (12.5, "bold") if heading else (9.0, "bold" if gone else "normal")
            down += 0.24 if heading else LINE
            colour = INK if heading else ALARM if gone else "#444444"
            y = 1 - down / (tall + above) - (0.0 if heading else 0.03 / (tall + above))
            figure.text(0.12 / width, y, line, size=size, weight=weight, color=colour)
        draw(figure)
        kept = BytesIO()
        canvas.print_png(kept, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return kept.getvalue()


def plain(axes: Axes, grid: str = "both") -> None:
    """Give a chart its grid, behind what it shows, and no frame above and right."""
    axes.grid(axis=grid, color=PALE, lw=0.8)  # type: ignore[arg-type]
    axes.set_axisbelow(True)
    axes.tick_params(length=3, color="#888888")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def labelled(factor: Factor, room: float = 5.5, lines: int = 1) -> str:
    """A lever as an axis names it: in words, with its unit, in so many lines at most."""
    unit = f" [{factor.unit}]" if factor.unit and factor.unit != "parameter" else ""
    parts = wrap_text(f"{factor.what}{unit}", 9.5, "normal", room)
    if len(parts) <= lines:
        return "\n".join(parts)
    return "\n".join([*parts[: lines - 1], shorten(" ".join(parts[lines - 1 :]), 9.5, "normal", room)])


def layout(count: int) -> tuple[int, int]:
    """Rows and columns of so many panels."""
    across = 2 if count == 4 else min(count, ACROSS)
    return -(-count // across), across


def told_line(line: TheoryLine) -> str:
    """A line of theory in a legend, in two lines at most: its value, and the world that it is of."""
    least = "each " if len(line.levers) > 1 else ""
    told = f"theory: {least}at least {line.value:.3g}; of {line.of}"
    first, *rest = wrap_text(told, 8.8, "normal", WIDTH - 0.9)
    return "\n".join([first, shorten(" ".join(rest), 8.8, "normal", WIDTH - 0.9)] if rest else [first])


def level(factor: Factor, value: float, unit: bool = False) -> str:
    """What a lever is put to, as people read it."""
    if factor.options:
        return factor.options[int(value)].label
    more = f" {factor.unit}" if unit and factor.unit not in ("", "probability", "parameter") else ""
    return f"{value:g}{more}"


def setting(factors: Sequence[Factor], values: Sequence[float]) -> str:
    """What some levers are put to, in one line; options that two levers share are told with their lever."""
    labels = [option.label for f in factors for option in f.options]
    told = []
    for f, v in zip(factors, values, strict=True):
        shared = any(labels.count(option.label) > 1 for option in f.options)
        name = f.what if not f.options else f.name if shared else ""
        told.append(f"{name} {level(f, v, unit=not f.options)}".strip())
    return ", ".join(told)


def titled(factors: Sequence[Factor], values: Sequence[float], room: float) -> str:
    """What the levers of a panel are put to, in two lines at most."""
    first, *rest = wrap_text(setting(factors, values), 9.0, "normal", room)
    return "\n".join([first, shorten(" ".join(rest), 9.0, "normal", room)] if rest else [first])


def with_unit(value: float, chance: bool, unit: str, sign: bool = False) -> str:
    """A mean with its unit, chances in per cent."""
    text = number(value, chance, sign=sign)
    return f"{text} {'%' if chance else unit}" if text else "nothing"
