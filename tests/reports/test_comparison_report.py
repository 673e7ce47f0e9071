"""What a comparison tells: a story, figures that agree with it, and a picture."""

import json
from importlib.resources import files

import jsonschema
import pytest

import sim
from sim.reports.comparison.comparison_report import write_comparison

PROVOKED = "US:reactivate=us_reciprocal_24@2026-03-02"
SCHEMA = json.loads(files("sim.reports.schemas").joinpath("compare.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def found():
    return sim.compare("busan", force=PROVOKED, runs=6, until="2026-04-30")


@pytest.mark.parametrize(
    "change",
    [
        {"force": PROVOKED},
        {"set": "US.discount=0.98", "runs": 1},
        {"strategy": {"CN": "hold"}, "both": PROVOKED},
        {"scenario": "ipd", "strategy": {"COL": "grim"}, "until": None},
    ],
    ids=str,
)
def test_the_summary_is_what_its_schema_says_and_the_story_is_told(change):
    found = sim.compare(**{"scenario": "busan", "runs": 3, "until": "2026-03-20", **change})
    jsonschema.validate(found.summary, SCHEMA)
    story = found.story()
    assert "## Where the two paths part" in story
    assert story.count("with it: ") <= 1 + (found.then is not None)


def test_story_summary_and_pairs_agree(found):
    mean = found.pairs.cost_economy_US.mean()
    assert found.summary["differences"]["cost_economy_US"]["mean"] == pytest.approx(mean, rel=1e-9)
    assert f"| Washington | +{mean:.2f} |" in found.story()
    assert "6 of 6 pairs part on 2 March 2026." in found.story()
    assert "economy is in dollars; politics" in found.story()
    assert "European Union" in found.story()


def test_pairs_that_never_part_are_told_with_their_share():
    found = sim.compare("busan", set="CN.renewal_belief=0.41", runs=6, until="2026-01-31")
    silent = int(found.pairs.parting_day.isna().sum())
    assert silent > 0
    assert found.summary["never_part"]["share"] == pytest.approx(silent / 6)
    assert "never do" in found.story() or "They never part" in found.story()


def test_a_comparison_marks_the_first_difference(found):
    texts = [text.get_text() for axes in found.plot().figure.axes for text in axes.texts]
    assert any("first difference: 2 Mar 2026" in text for text in texts)


def test_the_same_comparison_is_written_with_the_same_bytes(found, tmp_path):
    for name in ("one", "two"):
        write_comparison(found, tmp_path / name, "svg")
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert names == {
        *("pairs.csv", "summary.json", "story.md", "comparison.svg"),
        *("comparison.html", "manifest.json"),
    }
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
