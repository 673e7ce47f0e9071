"""How every figure looks: inks, text, axes, marks, and how it becomes a file: PNG, SVG or PDF."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.style import context
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from sim.storage.atomic_write import write_file

DPI = 120
TEXT = 8.2  # [points]
INK, SOFT, GREY, EDGE, PALE = "#222222", "#555555", "#777777", "#888888", "#ececec"  # dark to light
ALARM = "#b00020"
STYLE: Final[dict[str, Any]] = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": EDGE,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": PALE,
    "grid.linewidth": 0.8,
    "hatch.linewidth": 1.0,
    "legend.frameon": False,
    "pdf.fonttype": 42,  # text that journals and search take
    "svg.hashsalt": "snapback",  # the same names, and so the same bytes, each time
    **{
        f"{axis}tick.{key}": value
        for axis in "xy"
        for key, value in (("color", EDGE), ("labelcolor", "black"), ("major.size", 3))
    },
}
MARKS: Final[dict[str, dict[str, Any]]] = {  # of moves and events on a calendar
    "escalate": {"marker": "^", "ms": 8.0, "mec": INK, "mew": 0.6},
    "relax": {"marker": "v", "ms": 8.0, "mec": INK, "mew": 0.6},
    "forced": {"marker": "o", "ms": 13.5, "mfc": "none", "mec": INK, "mew": 1.1},
    "sunset": {"marker": "D", "ms": 5.4, "mfc": INK, "mec": "white", "mew": 0.8},
    "extended": {"marker": "D", "ms": 4.8, "mfc": "white", "mec": INK, "mew": 1.1},
    "lifted": {"marker": "X", "ms": 7.5, "mfc": INK, "mec": "white", "mew": 0.7},
    "slip": {"marker": "D", "ms": 4.4, "mfc": "white", "mec": INK, "mew": 1.0},
    "event": {"marker": "s", "ms": 5.0, "mfc": INK, "mec": INK},
}


UNDATED: Final = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
Style: TypeAlias = dict[str, Any] | str | Path | None  # as Matplotlib takes one, over that of the house
USER_STYLE: ContextVar[Style] = ContextVar("USER_STYLE", default=None)


class HouseFigure(Figure):
    """A figure that has the style of the house whenever it is drawn, also by a notebook that shows it."""

    styles: Sequence[Any] = ()

    def draw(self, renderer: Any) -> None:
        """Draw it, as Matplotlib calls it."""
        with context(self.styles):
            super().draw(renderer)

    def _repr_png_(self) -> bytes:
        return bytes_of(self, "png")


class SteadyLayout(ConstrainedLayoutEngine):
    """Constrained layout to a millionth of the figure: last digits of its solver differ each time."""

    def execute(self, fig: Figure) -> Any:
        """Place the axes of a figure, as Matplotlib calls it."""
        grids = super().execute(fig)
        for axes in fig.axes:
            if axes.get_in_layout():
                axes.set_position(Bbox(axes.get_position(original=True).get_points().round(6)))
                axes.set_in_layout(True)  # whoever sets a position takes axes out
        return grids


@contextmanager
def drawing_style(style: Style) -> Iterator[None]:
    """Draw all figures of the block in a style over that of the house, such as `{"font.size": 7}`."""
    token = USER_STYLE.set(style or USER_STYLE.get())
    try:
        yield
    finally:
        USER_STYLE.reset(token)


def picture(chart: Callable[[Axes, Any], None]) -> Callable[[Callable[[Any], Figure]], Callable[..., Figure]]:
    """Let what draws a figure take `path`, a file; `style`; and `ax`, to draw its main chart there alone."""

    def decorator(draw: Callable[[Any], Figure]) -> Callable[..., Figure]:
        @wraps(draw)
        def draw_or_chart(
            what: Any, path: str | Path | None = None, *, ax: Axes | None = None, style: Style = None
        ) -> Figure:
            with drawing_style(style), context([STYLE, USER_STYLE.get() or {}]):
                if ax is not None:
                    chart(ax, what)
                figure = draw(what) if ax is None else cast(Figure, ax.get_figure(root=True))
                save_figure(figure, path)
            return figure

        return draw_or_chart

    return decorator


@contextmanager
def new_figure(
    width: float, height: float, dpi: int = DPI, text: float = TEXT, **more: Any
) -> Iterator[Figure]:
    """An empty figure; what is drawn while the block lasts has the style of the house.

    `width` and `height` are of all [inches], `dpi` dots an inch, `text` the size of text that names no other
    [points]; `more` is as Matplotlib's Figure takes it.
    """
    styles: list[Any] = ["default", STYLE, {"font.size": text}, USER_STYLE.get() or {}]
    with context(styles):
        figure = HouseFigure(figsize=(width, height), dpi=dpi, **more)
        figure.styles = styles
        FigureCanvasAgg(figure)
        yield figure


def bytes_of(figure: Figure, kind: str) -> bytes:
    """A figure as a file of a kind of `sim.storage.results_folder.PICTURES`; the same bytes each time."""
    content, metadata = BytesIO(), UNDATED[kind]
    with context(["default", STYLE]):
        if kind == "png":  # which savefig would draw twice
            FigureCanvasAgg(figure).print_png(content, metadata=metadata)  # type: ignore[no-untyped-call]
        else:
            figure.savefig(content, format=kind, metadata=metadata)
    return content.getvalue()


def save_figure(figure: Figure, path: str | Path | None) -> None:
    """Write a figure as what its name ends in, replacing what was there; without a path do nothing."""
    if path is not None:
        write_file(Path(path), bytes_of(figure, Path(path).suffix[1:]))


def number_axis(axis: Axis, ticks: int, **more: Any) -> None:
    """Give an axis plain numbers, with commas, at so many ticks at most; more as MaxNLocator takes it."""
    axis.set_major_locator(MaxNLocator(ticks, **more))
    axis.set_major_formatter("{x:,g}")


def mark_handle(mark: str, label: str, **more: Any) -> Line2D:
    """What a legend shows of a mark, in grey where marks have the colour of a government."""
    return Line2D([], [], ls="none", label=label, **{"mfc": GREY, **MARKS[mark], **more})


def place_legend(
    figure: Figure,
    handles: Sequence[Any],
    x: float,
    y: float,
    columns: int,
    corner: Any = "lower left",
    **more: Any,
) -> None:
    """Explain marks on a figure.

    `x` and `y` go from the figure's left lower corner to a corner of the legend [inches], which Matplotlib
    calls so; `more` is as its legend takes it.
    """
    width, height = figure.get_size_inches()
    anchor = (x / width, y / height)
    figure.legend(handles=handles, loc=corner, bbox_to_anchor=anchor, ncols=columns, **more)
