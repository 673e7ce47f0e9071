"""How things show themselves: a few lines of text, a small table in a notebook, and never a flood."""

from collections.abc import Callable
from html import escape
from importlib import import_module
from textwrap import fill, shorten
from typing import Any

MOST, WIDTH = 300, 100  # letters of a fact, and of a line
NAME = ' style="text-align: left; vertical-align: top"'
FACT = ' style="text-align: left; overflow-wrap: anywhere"'


class Overview:
    """What shows itself by a heading and some facts: `reports/templates/overviews.txt` has them by class."""

    def __repr__(self) -> str:
        (kind, title), *facts = self._facts()
        wide = max((len(name) for name, _ in facts), default=0) + 4
        form: dict[str, Any] = {"width": WIDTH, "subsequent_indent": " " * wide}
        lines = (fill(f"{'  ' + name:{wide}}{fact}", **form) for name, fact in facts)
        return "\n".join([f"{kind}: {title}", *lines])

    __str__ = __repr__

    def _repr_html_(self) -> str:
        (kind, title), *facts = self._facts()
        rows = "".join(f"<tr><th{NAME}>{escape(n)}</th><td{FACT}>{escape(x)}</td></tr>" for n, x in facts)
        return f"<table><caption{NAME}><b>{escape(kind)}</b>: {escape(title)}</caption>{rows}</table>"

    def _facts(self) -> list[tuple[str, str]]:
        kinds = [kind.__name__ for kind in type(self).__mro__]
        render = import_module("sim.reports.templates.rendering").render
        lines = (line.partition(": ") for line in render("overviews.txt", it=self, kinds=kinds).splitlines())
        return [(name.strip(), shorten(x, MOST, placeholder=" ...")) for name, _, x in lines if x.strip()]


def later_method(name: str, text: str) -> Callable[..., Any]:
    """A method that calls a function of a room read later: what an object offers whoever explores it.

    The name is that of module and function, such as `reports.run.story.run_story`; the text is for `help`.
    """
    module, _, function = name.rpartition(".")

    def method(self: Any, *more: Any, **named: Any) -> Any:
        return getattr(import_module(f"sim.{module}"), function)(self, *more, **named)

    method.__doc__ = text
    return method
