"""The notebooks show what their cells show when they are run now."""

import copy
import json
import re

import pytest
import run_notebooks

MACHINE = re.compile(r"(?<![\w.:<])/(?:home|root|tmp|usr|Users|private|var|work)\b|[A-Z]:\\\\")


def notebooks():
    return [pytest.param(path, id=path.stem) for path in run_notebooks.NOTEBOOKS]


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_there_are_two():
    assert {path.stem for path in run_notebooks.NOTEBOOKS} == {"own_strategy", "why_the_ban"}


@pytest.mark.parametrize("path", notebooks())
def test_every_cell_shows_what_is_stored(path, compiled_once):
    stored = json.loads(path.read_text("utf-8"))
    assert run_notebooks.differences(stored, run_notebooks.run(stored, path.stem)) == []


@pytest.mark.parametrize("path", notebooks())
def test_a_notebook_is_executed_small_and_of_no_machine(path):
    text = path.read_text("utf-8")
    notebook = json.loads(text)
    cells = code_cells(notebook)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert [cell["execution_count"] for cell in cells] == [*range(1, len(cells) + 1)]
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
    assert sum(bool(cell["outputs"]) for cell in cells) >= 5
    kinds = {kind for cell in cells for o in cell["outputs"] for kind in o.get("data", {})}
    assert {"text/html", "image/png", "text/plain"} <= kinds
    assert len(text.encode()) < 300_000
    assert not MACHINE.search(json.dumps(run_notebooks.without_pictures(cells)))


def test_what_is_stored_and_not_shown_any_more_is_found():
    cells = [{"cell_type": "code", "source": ["x = 2\n", "x"], "id": "one", "metadata": {}, "outputs": []}]
    ran = run_notebooks.run({"cells": cells}, "new")
    assert ran["cells"][0]["outputs"][0]["data"] == {"text/plain": ["2"]}
    assert run_notebooks.differences({"cells": cells}, ran) == ["x = 2"]
    old = copy.deepcopy(ran)
    old["cells"][0]["outputs"][0]["data"]["text/plain"] = ["3"]
    assert run_notebooks.differences(old, ran) == ["x = 2"]
