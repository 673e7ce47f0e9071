"""Names that users give collide with none of ours, and paths are data: spaces, colons, equal names."""

import csv
import shutil
import sys
from pathlib import Path, PureWindowsPath

import pytest
from calling import called

from sim.domain.errors import SnapbackError
from sim.outcomes import outcome_register as outcomes
from sim.scenarios.load import HERE
from sim.studies import user_files
from sim.studies.store import runs_of
from sim.studies.study_file import study
from sim.studies.study_schema import ANSWER_COLUMNS, DIFFERENCE_COLUMNS
from sim.studies.user_files import full_path, with_path, with_strategy_path

NAMED = """
title = "x"
question = "q?"
scenario = "ipd"
engine = "mesa"
runs = 2
design.kind = "grid"
levers.{lever} = {{ number = "game.error", values = [0.01, 0.05] }}
outcomes.{outcome} = "points:government=ROW"
"""


@pytest.mark.parametrize("column", [*ANSWER_COLUMNS, *DIFFERENCE_COLUMNS])
def test_a_lever_named_like_a_column_of_answers_is_refused(column, tmp_path):
    path = tmp_path / "s.toml"
    path.write_text(NAMED.format(lever=column, outcome="cost"), "utf-8")
    with pytest.raises(SnapbackError, match=f"{column}: expected a name of its own, got one that is taken"):
        study(path)


OUTCOMES = ("mean", "low", "outcome", "unit", "difference", "index", "name", "level_0")
LEVERS = ("index", "level_0", "name", "values", "row", "setting", "count", "size")


@pytest.mark.parametrize(("outcome", "lever"), [*zip(OUTCOMES, LEVERS, strict=True)])
def test_an_outcome_and_a_lever_may_have_the_names_that_tables_use(outcome, lever, tmp_path):
    path = tmp_path / "s.toml"
    path.write_text(NAMED.format(lever=lever, outcome=outcome), "utf-8")
    runs = study(path).run(tmp_path / "out")
    assert runs.groupby(lever).size().to_dict() == {0.01: 2, 0.05: 2}
    with (tmp_path / "out" / "answers.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == (lever, *ANSWER_COLUMNS, *DIFFERENCE_COLUMNS)
    assert [row[lever] for row in rows] == ["0.01", "0.05"]
    assert {row["outcome"] for row in rows} == {outcome}
    assert all(float(row["mean"]) for row in rows)


STRATEGY = """
from sim.domain.view import View
from sim.domain.constants import HOLD, Move
from sim.strategies.strategy_register import strategy


@strategy(source="mine")
def NAME(view: View, patience: float = 0.5) -> Move:
    '''Hold.'''
    return HOLD
"""


PLACES = ("my summit", "runs=20/summit", "a:b/summit", "it's 100 %/summit", "x.py/su mmit", "Ünïcode/高峰")


@pytest.mark.parametrize("place", PLACES)
def test_a_file_beside_a_study_is_found_from_anywhere(place, tmp_path, monkeypatch):
    scenario, rule = tmp_path / f"{place}.toml", tmp_path / f"{place}.py"
    scenario.parent.mkdir(exist_ok=True)
    scenario.write_text('extends = "ipd"\n', "utf-8")
    rule.write_text(STRATEGY.replace("NAME", f"beside_{PLACES.index(place)}"), "utf-8")
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(tmp_path, elsewhere)  # other files of the same names, where one stands
    (elsewhere / f"{place}.toml").write_text('extends = "linear_game"\n', "utf-8")
    text = NAMED.format(lever="error_rate", outcome="points").replace('"ipd"', f'"{place}.toml"')
    text += f"""strategy = ["ROW=./{place}.py:patience=0.25"]\n"""
    path = tmp_path / "s.toml"
    path.write_text("\n".join(sorted(text.splitlines(), key=lambda line: "levers" in line)), "utf-8")
    monkeypatch.chdir(elsewhere)
    (setting,) = study(path).settings
    assert setting.name == str(scenario)
    assert setting.strategy == (f"ROW={rule}:patience=0.25",)
    assert study(path).run()["points"].notna().all()


def test_a_scenario_beside_another_of_its_last_word_is_the_right_one(tmp_path, monkeypatch):
    for name in ("my summit.toml", "summit.toml"):
        (tmp_path / name).write_text('extends = "ipd"\n', "utf-8")
    (tmp_path / "s.toml").write_text(
        NAMED.format(lever="err", outcome="points").replace('"ipd"', '"my summit.toml"'), "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    assert study("s.toml").settings[0].name == str(tmp_path / "my summit.toml")


def test_a_shipped_name_is_the_shipped_scenario(tmp_path):
    shutil.copy(HERE / "linear_game.toml", tmp_path / "ipd")
    assert full_path("ipd", tmp_path) == "ipd"
    assert full_path("./ipd", tmp_path) == str(tmp_path / "ipd")


@pytest.mark.parametrize(
    "drive", ["C:/worlds/mine.py", "C:\\worlds\\mine.py", "\\\\server\\my share\\mine.py"]
)
def test_drive_letters_are_part_of_a_path(drive):
    seen = []

    def full(path):
        seen.append(path)
        return str(PureWindowsPath(path))

    whole = str(PureWindowsPath(drive))
    assert with_path(drive, full) == whole
    assert with_path(f"{drive}:days=7,government=CN", full) == f"{whole}:days=7,government=CN"
    assert with_strategy_path(f"CN={drive}:patience=2", full) == f"CN={whole}:patience=2"
    assert set(seen) == {drive}


@pytest.mark.parametrize("text", ["cost:of=economy,government=CN", "tit_for_tat:generosity=0.1", "mine"])
def test_what_names_no_file_stays(text):
    assert with_path(text, lambda _: pytest.fail("no path")) == text


def test_files_of_equal_names_are_sent_to_places_of_their_own(tmp_path, monkeypatch):
    """Where one path ends like another, each is still replaced by its own."""
    inner, outer = tmp_path / "b.py", tmp_path / "x" / str(tmp_path).lstrip("/") / "b.py"
    places = user_files.local_copies(((str(inner), "one = 1\n"), (str(outer), "two = 2\n")))
    for path, text in ((inner, "one = 1\n"), (outer, "two = 2\n")):
        _, _, copy = with_strategy_path(f"CN={path}", lambda p: places[p]).partition("=")
        assert Path(copy).read_text("utf-8") == text
    user_files.local_copies.cache_clear()


def test_a_file_that_has_changed_between_two_studies_of_a_process_is_read_again(tmp_path):
    (tmp_path / "w.toml").write_text('extends = "ipd"\n', "utf-8")
    path = tmp_path / "s.toml"
    path.write_text(NAMED.format(lever="err", outcome="points").replace('"ipd"', '"w.toml"'), "utf-8")
    one = study(path).run()["points"].mean()
    changed = 'extends = "ipd"\n[game]\nrounds = 100\n'
    (tmp_path / "w.toml").write_text(changed, "utf-8")
    assert study(path).run()["points"].mean() != one


def test_check_finds_the_file_of_a_study_in_another_folder(tmp_path, monkeypatch, capsys):
    worlds = tmp_path / "worlds"
    worlds.mkdir()
    (worlds / "my summit.toml").write_text('extends = "ipd"\n', "utf-8")
    text = NAMED.format(lever="err", outcome="points").replace('"ipd"', '"my summit.toml"')
    (worlds / "study.toml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert called("study", "worlds/study.toml", "--check") == 0


IMPORTING = """
from sim.outcomes import RunRecord, outcome
from constants_elsewhere import SCALE

@outcome(unit="points", example="scaled")
def scaled(run: RunRecord) -> float:
    '''Moves, scaled.'''
    return len(run.moves) * float(SCALE[0])
"""


def test_results_of_a_constant_that_was_imported_are_not_those_of_another(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    Path("mine.py").write_text(IMPORTING, "utf-8")
    text = NAMED.format(lever="err", outcome="scaled").replace('"points:government=ROW"', '"./mine.py"')
    Path("s.toml").write_text(text, "utf-8")
    for value in (1, 2):
        Path("constants_elsewhere.py").write_text(
            f"import numpy as np\nSCALE = np.array([{value}])\n", "utf-8"
        )
        sys.modules.pop("constants_elsewhere", None)
        shutil.rmtree("__pycache__", ignore_errors=True)
        outcomes.REGISTER.files.clear()
        code = called("study", "s.toml", "--out", "out", "--workers", "1")
        assert code == (0 if value == 1 else 2)
    assert "a value that a strategy or an outcome of yours takes from elsewhere" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["runs=20", "a**b", "[a]", "x?#%", "it's"])
def test_results_go_into_folders_of_any_name(name, tmp_path, monkeypatch):
    if sys.platform == "win32" and set("*?") & set(name):
        pytest.skip("no name there")
    path = tmp_path / "s.toml"
    path.write_text(NAMED.format(lever="err", outcome="points"), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert called("study", "s.toml", "--out", name, "--workers", "1") == 0
    assert called("report", name) == 0
    assert list(runs_of(name).columns) == ["cell", "err", "run", "points", "error"]
    for _ in range(2):  # the second in the place of the first
        assert called("run", "ipd", "--out", f"{name}-run") == 0
