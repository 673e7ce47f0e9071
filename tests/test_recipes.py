"""Recipes of CONTRIBUTING carried out in a scratch copy of `sim`: the files that each touches are counted.

A recipe is data: for each file of `sim` the texts to replace by others; a file that is not there is
written anew, its text replacing nothing. To add one, write an entry of `RECIPES`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

SIM = Path(__file__).parents[1] / "sim"


class Recipe(NamedTuple):
    """A change: the most files it may touch, its edits by file, and a script that shows that it works."""

    most: int
    edits: dict[str, list[tuple[str, str]]]
    script: str


def carried_out(recipe: Recipe, folder: Path) -> str:
    """What a recipe's script prints in a copy of `sim` with its edits made."""
    shutil.copytree(SIM, folder / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    for name, edits in recipe.edits.items():
        path = folder / "sim" / name
        text = path.read_text("utf-8") if path.exists() else ""
        for old, new in edits:
            assert text.count(old) == 1 or (not old and not text), f"{name}: {text.count(old)} times {old!r}"
            text = text.replace(old, new) if old else new
        path.write_text(text, "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", recipe.script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "NUMBA_CACHE_DIR": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


RECIPES: dict[str, Recipe] = {
    "a strategy": Recipe(
        most=1,
        edits={
            "strategies/patient.py": [
                (
                    "",
                    '"""Patience."""\n\n'
                    "from sim.domain.constants import HOLD, RELAX, Move\n"
                    "from sim.domain.view import View\n"
                    "from sim.strategies.strategy_register import strategy\n\n\n"
                    '@strategy(source="nobody: an example")\n'
                    "def patient(view: View) -> Move:\n"
                    '    """It relaxes after a hundred quiet days."""\n'
                    "    return RELAX if view.quiet_days > 100 and view.can_relax else HOLD\n",
                )
            ]
        },
        script="import sim; print(sim.TradeModel('busan', rng=1, strategy='US=patient').run().costs)",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", RECIPES)
def test_a_recipe_works_and_touches_few_files(what: str, tmp_path: Path) -> None:
    recipe = RECIPES[what]
    assert len(recipe.edits) <= recipe.most
    assert carried_out(recipe, tmp_path).strip()
