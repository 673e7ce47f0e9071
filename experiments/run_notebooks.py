"""Run the notebooks of this folder and store what their cells show; no Jupyter is needed.

    python experiments/run_notebooks.py            run all and store text, tables and pictures
    python experiments/run_notebooks.py NAME       one, such as own_strategy
    python experiments/run_notebooks.py --check    say which cells show something else now, and change nothing

A cell shows what it prints and the value of its last line, as Jupyter does. Pictures are stored with few
colours. Each notebook runs in an empty folder, so that no path of a machine is in it.
"""

import ast
import contextlib
import io
import json
import linecache
import re
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from PIL import Image

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted(Path(__file__).parent.glob("*.ipynb"))
COLOURS = 48  # of a stored picture
ADDRESS = re.compile(r" at 0x[0-9a-f]+")
FORMS = {"text/html": "_repr_html_", "text/markdown": "_repr_markdown_", "image/png": "_repr_png_"}


def outputs_of(source: str, name: str, names: dict[str, Any]) -> list[dict[str, Any]]:
    """What a cell shows when it is run with the names of the cells before it, as a notebook stores it."""
    linecache.cache[name] = (
        len(source),
        None,
        source.splitlines(keepends=True),
        name,
    )  # for its own functions
    tree = ast.parse(source, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    value = None
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(tree, name, "exec"), names)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), name, "eval"), names)
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        outputs.append({"output_type": "stream", "name": "stdout", "text": lines(printed.getvalue())})
    if value is not None:
        outputs.append({"output_type": "display_data", "metadata": {}, "data": dict(forms(value))})
    return outputs


def forms(value: Any) -> Iterator[tuple[str, Any]]:
    """The forms in which a value shows itself."""
    for kind, method in FORMS.items():
        content = getattr(value, method, lambda: None)()
        if content is not None:
            picture = kind == "image/png"
            yield kind, b64encode(few_colours(content)).decode("ascii") if picture else lines(content)
    yield "text/plain", lines(ADDRESS.sub("", repr(value)))


def few_colours(png: bytes) -> bytes:
    """A picture with few colours, so that it is small."""
    small = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS).save(small, "png", optimize=True)
    return small.getvalue()


def lines(text: str) -> list[str]:
    """A text as a notebook stores it."""
    return text.splitlines(keepends=True)


def run(notebook: dict[str, Any], title: str) -> dict[str, Any]:
    """A notebook with what its cells show now, run from the first to the last in an empty folder."""
    names: dict[str, Any] = {"__name__": "__main__"}
    cells, count = [], 0
    wide = pd.option_context("display.width", 110, "display.max_columns", 20)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), wide:
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                count += 1
                outputs = outputs_of("".join(cell["source"]), f"<{title}-{count}>", names)
                cell = {**cell, "execution_count": count, "outputs": outputs}
            cells.append(cell)
    return {**notebook, "cells": cells}


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Which cells show something else: other text, other tables, or other kinds of things."""
    wrong = []
    for before, now in zip(old["cells"], new["cells"], strict=True):
        texts = [json.dumps(without_pictures(cell.get("outputs"))) for cell in (before, now)]
        if texts[0] != texts[1]:
            wrong.append("".join(now["source"]).splitlines()[0])
    return wrong


def without_pictures(outputs: Any) -> Any:
    """What is shown, with every picture by its kind alone."""
    if isinstance(outputs, dict):
        return {k: "" if k == "image/png" else without_pictures(x) for k, x in outputs.items()}
    return [without_pictures(x) for x in outputs] if isinstance(outputs, list) else outputs


def main() -> int:
    """Run the notebooks, and store or check what they show."""
    names = [word for word in sys.argv[1:] if word[0] != "-"]
    status = 0
    for path in NOTEBOOKS:
        if names and path.stem not in names:
            continue
        old = json.loads(path.read_text("utf-8"))
        new = run(old, path.stem)
        if "--check" in sys.argv:
            for cell in differences(old, new):
                print(f"{path.stem}: {cell}")
                status = 1
        else:
            path.write_text(json.dumps(new, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
