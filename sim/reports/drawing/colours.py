"""Colours and line styles: a government has the same in every figure.

The colours differ in lightness as well as in hue, so that they stay apart in grey print
and for colour-blind readers, and the line styles differ besides.
"""

from colorsys import hls_to_rgb
from typing import NamedTuple, TypeAlias

from matplotlib.colors import to_rgb

Dashes: TypeAlias = str | tuple[int, tuple[float, ...]]
GOLDEN = 0.6180339887498949  # multiples of it, modulo 1, evenly apart
LIGHTNESS = (0.20, 0.32, 0.44)  # dark enough for white paper, whatever the hue


class LineStyle(NamedTuple):
    """A government's colour, as #rrggbb, and line style, as Matplotlib takes it."""

    colour: str
    line: Dashes


GOVERNMENTS = {  # blue, orange and bluish green of Okabe and Ito (2008)
    "US": LineStyle("#0072b2", "solid"),
    "CN": LineStyle("#e69f00", (0, (5.0, 1.5))),
    "EU": LineStyle("#009e73", (0, (7.0, 1.5, 1.5, 1.5))),
}
BLUE, ORANGE, GREEN = (line.colour for line in GOVERNMENTS.values())
SERIES = (  # of lines that are no governments
    *GOVERNMENTS.values(),
    LineStyle("#cc79a7", (0, (1.5, 1.2))),  # of the same palette
    LineStyle("#d55e00", (0, (3.0, 1.2, 1.0, 1.2, 1.0, 1.2))),
    LineStyle("#222222", (0, (9.0, 2.5))),
)
OTHER_LINES = tuple(style.line for style in SERIES[len(GOVERNMENTS) :])  # of other governments


def government_style(code: str) -> LineStyle:
    """The style of a government, from its code alone, so the same in every scenario."""
    if code in GOVERNMENTS:
        return GOVERNMENTS[code]
    number = int.from_bytes(code.encode(), "big")
    red, green, blue = hls_to_rgb(number * GOLDEN % 1.0, LIGHTNESS[number % 3], 0.7)
    colour = f"#{round(255 * red):02x}{round(255 * green):02x}{round(255 * blue):02x}"
    return LineStyle(colour, OTHER_LINES[number // 3 % 3])


def government_colour(code: str) -> str:
    """The colour of a government, as #rrggbb."""
    return government_style(code).colour


def with_white(colour: str, share: float) -> tuple[float, float, float]:
    """A colour mixed with a share of white."""
    red, green, blue = (x + (1.0 - x) * share for x in to_rgb(colour))
    return red, green, blue
