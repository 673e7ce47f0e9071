"""The questions in `experiments/` are in order, and their pages in `results/` answer what they ask now."""

import tomllib
from pathlib import Path

import pytest

from sim.studies.study_file import study

ROOT = Path(__file__).parents[2]
ASKED = sorted(
    path
    for path in (ROOT / "experiments").glob("*.toml")
    if "design" in tomllib.loads(path.read_text("utf-8"))
)
ANSWERED = [path for path in ASKED if path.stem != "cost_of_runs"]


@pytest.mark.parametrize("path", ASKED, ids=lambda path: path.stem)
def test_a_question_is_in_order_and_its_page_answers_it(path: Path) -> None:
    asked = study(path)
    assert len(asked.spec.cells) > 0
    if path in ANSWERED:
        page = (ROOT / "results" / f"{path.stem}.md").read_text("utf-8")
        assert f"study {asked.identity['study'][:12]}" in page
        assert asked.spec.file.answer
        assert all(picture.is_file() for picture in pictures(page))


def pictures(page: str) -> list[Path]:
    """The pictures that a page shows."""
    return [ROOT / "results" / part.partition(")")[0] for part in page.split("](")[1:]]


def test_the_beliefs_at_the_sunset_are_asked_over_21_by_21_cells_of_2000_runs() -> None:
    asked = study(ROOT / "experiments" / "sunset_beliefs.toml")
    assert len(asked.spec.cells) == 21 * 21
    assert asked.spec.file.runs >= 2000
