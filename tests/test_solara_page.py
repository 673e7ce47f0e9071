"""The example for Mesa's own page: it compiles anywhere, and plays where Solara is."""

import runpy
import warnings
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "experiments" / "solara_page.py"


def test_it_compiles_and_is_as_short_as_is_said():
    text = SCRIPT.read_text("utf-8")
    compile(text, SCRIPT.name, "exec")
    assert len([line for line in text.splitlines()[1:] if line.strip()]) <= 12


def test_its_button_plays_a_day_and_the_picture_follows():
    with warnings.catch_warnings():  # of what Solara brings along
        warnings.simplefilter("ignore")
        solara = pytest.importorskip("solara", reason="Mesa's own page is tried where Solara is")
        from ipyvuetify import Btn, Select
        from solara.widgets import GridLayout

        example = runpy.run_path(str(SCRIPT))
        shell = solara.AppLayout(children=[example["page"]])
        _, page = solara.render(shell, handle_error=False)

        def picture():
            return bytes(page.find(GridLayout).widget.items[0].value)

        before = picture()
        (step,) = (button for button in page.find(Btn).widgets if button.children == ["Step"])
        step.click()
        assert example["model"].steps == 1
        assert picture() != before
        assert page.find(Select).widget.items == example["choices"]
        page.close()
