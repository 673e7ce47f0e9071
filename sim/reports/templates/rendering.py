"""Templates filled: the same values give the same text, and a value that is missing is an error."""

import re
from base64 import b64encode
from datetime import date
from functools import cache
from html import escape
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from sim.domain.dates import spoken
from sim.domain.terms import HEADINGS, TERMS
from sim.record.months import month_name
from sim.reports.text.formats import decimal, percent, rounded

TEX = {letter: f"\\{letter}" for letter in "&%$#_{}"} | {
    **{"[": "{[}", "*": "{*}", "|": r"\textbar{}"},  # of which the first two mean something after \\
    **{"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"},
    **{"\N{MINUS SIGN}": "$-$", "\u00b1": r"$\pm$", "\u00d7": r"$\times$", "<": "$<$", ">": "$>$"},
}


class Markdown(str):
    """A text in Markdown that a notebook shows as a page, and Python without quotation marks."""

    __slots__ = ()
    __repr__ = str.__str__
    _repr_markdown_ = str.__str__


def render(template: str, **values: Any) -> str:
    """The text of a template of this folder, filled.

    In one that ends in .html values are escaped; in one that ends in .md the filter `plain` says which of
    them are text and no Markdown.
    """
    return _environment().get_template(template).render(**values)


def plain(text: str) -> str:
    """A text that Markdown shows as it is."""
    escaped = escape(" ".join(text.split()), quote=False)
    return re.sub(r"([\\`*|#]|(?<!\w)_|_(?!\w)|\](?=[(\[]))", r"\\\1", escaped)


def tex(text: str) -> str:
    """A text that LaTeX shows as it is."""
    text = re.sub(r"(?<![\w.])-(?=\d)", "\N{MINUS SIGN}", " ".join(text.split()))
    return re.sub("[" + re.escape("".join(TEX)) + "]", lambda letter: TEX[letter[0]], text)


def _html(text: str) -> Markup:
    """Markdown as HTML; tables can be scrolled by keyboard."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return Markup(html.replace("<table>", '<table tabindex="0">'))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sim.reports.templates", ""),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "plain": plain,
        "tex": tex,
        "html": _html,
        "base64": lambda data: b64encode(data).decode("ascii"),
        "percent": percent,
        "spoken": spoken,
        "day": lambda text: spoken(date.fromisoformat(text).toordinal()),
        "month": month_name,
        "rounded": rounded,
        "decimal": decimal,
        "long_date": lambda day: spoken(day.toordinal()),
        "loss": lambda nats: f"{nats:.3f}",
        "thousands": lambda count: f"{count:,}",
    }
    environment.globals |= {"HEADINGS": HEADINGS, "TERMS": TERMS}
    return environment
