"""Numbers named together: what a pattern matches, what wins, and what is said if nothing matches."""

import pytest

import sim
from sim.domain.errors import ScenarioError, StudyError
from sim.scenarios.assumptions import numbers_of
from sim.studies.study_file import study

BUSAN = sim.scenario("busan")
STUDY = """
title = "Stocks"
question = "Do they matter?"
scenario = "busan"
until = 2026-01-31
runs = 2
levers.stock = {{ number = "{pattern}", values = [3, 6] }}
outcomes = {{ cost = "cost:government=US" }}
design = {{ kind = "grid" }}
"""


def until(source):
    return {m.id: m.until for m in source.measures}


def test_a_pattern_sets_every_number_that_it_matches_and_no_other():
    changed = dict(numbers_of(sim.scenario("busan", ["US.*.stock=7"])))
    for path, number in numbers_of(BUSAN):
        matched = path.startswith("US.") and path.endswith(".stock")
        assert changed[path].value == (7 if matched else number.value), path
    assert sum(path.endswith(".stock") for path in changed) > 3


def test_a_status_before_it_means_the_measures_that_have_it_on_the_first_morning():
    changed = until(sim.scenario("busan", ["suspended.*.until=2026-06-01"]))
    for m in BUSAN.measures:
        assert str(changed[m.id]) == ("2026-06-01" if m.status == "suspended" else "None")


def test_a_number_that_is_named_wins_over_a_pattern_and_a_later_pattern_over_an_earlier():
    texts = ["US.gallium.stock=2", "*.stock=7", "US.*.stock=5"]
    numbers = dict(numbers_of(sim.scenario("busan", texts)))
    assert numbers["US.gallium.stock"].value == 2
    assert numbers["US.rare_earths.stock"].value == 5


def test_naming_all_of_them_is_the_same_world():
    paths = [p for p, _ in numbers_of(BUSAN) if p.endswith(".stock")]
    assert (
        sim.scenario("busan", ["*.stock=7"]).digest == sim.scenario("busan", [f"{p}=7" for p in paths]).digest
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("*.stok=3", "set: no number matches '*.stok'; did you mean stock?"),
        ("UX.*=3", "set: no number matches 'UX.*'; expected one of CN, US,"),
        ("*.suspension_days=x y", "expected a number"),
        ("US.*=3", "expected 0 to 1 share"),
    ],
)
def test_a_pattern_that_matches_nothing_or_too_much_is_told(text, says):
    with pytest.raises(ScenarioError) as error:
        sim.scenario("busan", [text])
    assert says in str(error.value)


def test_levers_of_studies_take_patterns_of_numbers_of_one_unit(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(STUDY.format(pattern="US.*.stock"), "utf-8")
    (factor,) = study(file).spec.cells.factors
    assert set(factor.paths) == {
        p for p, _ in numbers_of(BUSAN) if p.startswith("US.") and p.endswith(".stock")
    }
    file.write_text(STUDY.format(pattern="*.suspension_days"), "utf-8")
    (factor,) = study(file).spec.cells.factors
    assert {m.id for m in BUSAN.measures if m.suspension_days} == {p.split(".")[0] for p in factor.paths}
    for pattern, says in (("US.*", "numbers of one unit"), ("US.*.stok", "did you mean stock?")):
        file.write_text(STUDY.format(pattern=pattern), "utf-8")
        with pytest.raises(StudyError, match=says.replace("?", r"\?")):
            study(file)


def test_a_study_of_a_pattern_plays_the_worlds_of_a_run_with_that_number_set(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(STUDY.format(pattern="suspended.*.suspension_days"), "utf-8")
    runs = study(file).run()
    model = sim.TradeModel(
        "busan", rng=1, run=1, until="2026-01-31", set="suspended.*.suspension_days=6"
    ).run()
    cost = runs[(runs["stock"] == 6) & (runs["run"] == 1)]["cost"].item()
    assert cost == pytest.approx(model.costs["US"]["economy"], abs=0.01)
