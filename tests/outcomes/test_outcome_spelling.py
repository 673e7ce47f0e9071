"""How outcomes are asked for, and what is said of those that cannot be."""

from pathlib import Path

import pytest
from living import PLAYED, played

import sim
from sim.domain.errors import OutcomeError
from sim.outcomes import ANY, find, outcome, parse

MINE = '''"""Mine."""

from sim.outcomes import ANY, Government, RunRecord, outcome


@outcome(unit="decisions", example="decisions_in_all:government=CN")
def decisions_in_all(run: RunRecord, government: Government = ANY) -> float:
    """Decisions that a government takes.

    Args:
        government: whose.
    """
    return float(sum(government in (ANY, m.government) for m in run.moves))
'''


def parsed(text):
    source = sim.scenario("busan")
    return parse(text, source, source.end.toordinal())


def test_names_and_dates_become_numbers():
    known = parsed("in_force:measure=cn_ga_ge_sb_ban, on=2026-11-28,government=CN")
    ids = [m.id for m in sim.scenario("busan").measures]
    day = sim.scenario("busan").end.replace(2026, 11, 28).toordinal()
    assert known.parameters == {"government": 1, "measure": ids.index("cn_ga_ge_sb_ban"), "on": day}
    assert known.spelling == "in_force:measure=cn_ga_ge_sb_ban, on=2026-11-28,government=CN"


def test_a_cost_is_in_dollars_unless_politics_is_asked_for_and_has_the_unit_of_its_account():
    assert parsed("cost:government=CN").parameters == parsed("cost:of=economy,government=CN").parameters
    units = [parsed(f"cost{of}").unit for of in ("", ":of=economy", ":of=politics")]
    assert units == ["bn USD", "bn USD", "bn USD equivalents"]
    assert parsed("cost").sentence.endswith("going on: economy.")
    assert parsed("cost:of=politics").sentence.endswith("going on: politics.")


def test_what_is_not_given_is_anybody():
    assert parsed("snapback_within").parameters == {
        "government": ANY,
        "partner": ANY,
        "days": 7,
        "since": ANY,
        "measure": ANY,
    }


def test_an_outcome_of_the_user_s_own_takes_fewer_than_20_lines(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(MINE.splitlines()) < 20
    Path("mine.py").write_text(MINE, "utf-8")
    source, life = played(*PLAYED[0])
    known = parse("mine.py:government=CN", source, life.end)
    assert known(life) == sum(m.government == 1 for m in life.moves)
    assert known.unit == "decisions"


WRONG = {
    "cots": "no outcome 'cots'; did you mean cost",
    "": "no outcome ''",
    "nowhere.py": "no outcome file 'nowhere.py'",
    "cost:who=CN": "no parameter 'who'",
    "cost:goverment=CN": "did you mean government",
    "cost:of=both": "no account 'both'; expected one of economy, politics",
    "cost:of=economics": "no account 'economics'; did you mean economy",
    "cost:government": "expected government=VALUE",
    "cost:government=UK": "no government 'UK'; expected one of CN, US",
    "cost:government=CN,government=US": "expected one value for government",
    "snapback_within:days=7.5": "expected a whole number from 0, got '7.5'",
    "snapback_within:days=-1": "expected a whole number from 0",
    "snapback_within:days=soon": "expected a number, got 'soon'",
    "snapback_within:days=nan": "expected a number, got 'nan'",
    "snapback_within:since=March": "expected a date as YYYY-MM-DD",
    "in_force:measure=cn_ga_ge_ban": "no measure 'cn_ga_ge_ban'; did you mean",
    "in_force:on=2030-01-01": "expected a day of the run (2025-11-10 to 2027-01-31)",
    "spiral_length:government=CN,partner=CN": "expected two governments, got one",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_spelling_is_one_clear_sentence(text):
    with pytest.raises(OutcomeError) as caught:
        parsed(text)
    assert WRONG[text] in str(caught.value)
    assert "\n" not in str(caught.value)


FILES = {
    "none.py": ("x = 1\n", "expected one function under @outcome, got 0"),
    "broken.py": ("import nosuchmodule\n", "cannot be run as Python: ModuleNotFoundError"),
    "taken.py": (MINE.replace("decisions_in_all", "cost"), "the name is taken already"),
    "text.py": (MINE.replace("Government = ANY", "str = 'CN'"), "needs a number as its default"),
    "kind.py": (
        MINE.replace("Government = ANY", "'RunRecord' = 3"),
        "expected one of Account, Government, Measure, Day",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_outcome_says_why(name, tmp_path):
    text, expected = FILES[name]
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(OutcomeError, match=expected):
        find(str(tmp_path / name))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1 / 0", "failed with ZeroDivisionError"),
        ("float('inf')", "expected a finite number or nan, got inf"),
        ("'a lot'", "failed with ValueError"),
    ],
)
def test_an_outcome_that_fails_or_gives_no_number_says_so(body, expected, tmp_path):
    name = f"fails_{len(body)}"
    text = MINE.replace("decisions_in_all", name).partition("    return")[0] + f"    return {body}\n"
    (tmp_path / f"{name}.py").write_text(text, "utf-8")
    known = find(str(tmp_path / f"{name}.py"))
    with pytest.raises(OutcomeError, match=expected):
        known(played(*PLAYED[0])[1])


def test_the_decorated_function_stays_what_it_was():
    def fresh(life, days: int = 3):
        return 1.0

    assert outcome(unit="days", example="fresh")(fresh) is fresh
    from sim.outcomes.outcome_register import REGISTER

    assert REGISTER.pop("fresh").kinds == {"days": "whole"}
