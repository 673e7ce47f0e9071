"""A run, many runs or a comparison as one page that needs nothing else, and its picture beside it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup
from matplotlib.figure import Figure

from sim.reports.drawing.theme import bytes_of
from sim.reports.templates.rendering import render
from sim.reports.text.formats import assumption_row
from sim.scenarios.numbers import Number
from sim.storage.results_folder import write_text


def write_page(
    story: str,
    figure: Figure,
    picture: Path,
    manifest: Mapping[str, Any],
    page: str = "run.html",
    live: Markup | None = None,
) -> None:
    """Write a picture as its name says, and beside it a page that shows it within a story in Markdown.

    Below are its world to explore, if it is given, the assumptions of the manifest and its command.
    """
    content = bytes_of(figure, picture.suffix[1:])
    picture.write_bytes(content)
    head, _, rest = story.partition("\n## ")
    rows = [assumption_row(path, Number(**manifest["numbers"][path])) for path in manifest["assumptions"]]
    png = content if picture.suffix == ".png" else bytes_of(figure, "png")
    text = render("run.html", head=head, rest=f"## {rest}", png=png, rows=rows, manifest=manifest, live=live)
    write_text(text, picture.with_name(page))
