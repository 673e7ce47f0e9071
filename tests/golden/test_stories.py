"""Golden stories: a change of behaviour shows as a change of a text.

Renew them with: pytest tests/golden --renew
"""

from pathlib import Path

import pytest

import sim
from sim.reports.run.story import run_story

HERE = Path(__file__).parent
STORIES = {
    "busan_provoked": {"scenario": "busan", "rng": 1, "force": "US:escalate@2026-03-02"},
    "spiral_2025": {
        "scenario": "spiral_2025",
        "rng": 1,
        "run": 2,
    },  # the first that spirals: more than half do
    "busan_eve": {"scenario": "busan_eve", "rng": 2},
    "triangle": {"scenario": "triangle", "rng": 1, "until": "2026-12-31"},
    "busan_doubtful": {
        "scenario": "busan",
        "rng": 3,
        "set": ["US.renewal_belief=1", "CN.renewal_belief=0.1"],
    },
}


@pytest.mark.parametrize("name", STORIES)
def test_the_story_is_the_golden_one(name, request):
    story = run_story(sim.TradeModel(**STORIES[name]).run())
    path = HERE / f"{name}.md"
    if request.config.getoption("--renew"):
        path.write_text(story, "utf-8")
    assert story == path.read_text("utf-8")


def test_every_golden_story_is_told():
    assert {path.stem for path in HERE.glob("*.md")} == set(STORIES)
