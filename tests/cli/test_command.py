"""The command line as its users meet it."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import sim
from sim.cli.app import COMMANDS, command

SHORT = ("--until", "2026-03-20", "--force", "US:escalate@2026-03-02")


def test_a_run_tells_a_story_and_writes_its_folder(snapback):
    code, out, err = snapback("run", "busan", *SHORT)
    assert (code, err) == (0, "")
    assert "2 March 2026. Washington reactivates" in out
    assert "What it cost" in out
    (folder,) = Path("results/runs").iterdir()
    assert folder.name.startswith("busan-")
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "moves.csv",
        "measures.csv",
        "state.csv",
        "timeline.png",
        "story.md",
        "run.html",
        "manifest.json",
        "trace.jsonl",
    }
    moves = pd.read_csv(folder / "moves.csv")
    assert list(moves.columns) == [
        "date",
        "government",
        "partner",
        "move",
        "act",
        "measure",
        "value_escalate",
        "value_hold",
        "value_relax",
        "probability",
        "reason",
    ]
    assert set(moves.reason) <= {"review", "reaction", "sunset", "forced"}
    measures = pd.read_csv(folder / "measures.csv")
    assert list(measures.columns) == [
        "date",
        "measure",
        "issuer",
        "target",
        "status",
        "level",
        "until",
        "cause",
    ]
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["seed"] == 1
    assert "US.renewal_belief" in manifest["assumptions"]
    assert manifest["numbers"]["US.renewal_belief"]["value"] == 0.9


def test_the_same_command_writes_the_same_bytes(snapback):
    for out in ("one", "two"):
        assert snapback("run", "busan", *SHORT, "--out", out)[0] == 0
    for path in Path("one").iterdir():
        assert path.read_bytes() == (Path("two") / path.name).read_bytes(), path.name


def test_json_is_one_object_with_rows_as_in_the_tables(snapback):
    code, out, _ = snapback("run", "busan", *SHORT, "--json", "--out", "here")
    result = json.loads(out)
    assert code == 0
    assert list(result) == ["summary", "moves", "measures"]
    table = pd.read_csv("here/moves.csv", keep_default_na=False)
    assert [row["date"] for row in result["moves"]] == table.date.tolist()
    assert list(result["moves"][0]) == list(table.columns)
    assert {row["status"] for row in result["measures"]} <= {"available", "in_force", "suspended", "lifted"}
    assert result["summary"]["snapped_back"][0]["date"] == "2026-03-02"


def test_a_set_number_and_a_strategy_reach_the_run(snapback):
    code, out, _ = snapback(
        "run",
        "busan",
        *SHORT,
        "--json",
        "--strategy",
        "CN=tit_for_tat:generosity=0.1",
        "--set",
        "US.discount=0.9",
    )
    result = json.loads(out)["summary"]
    assert code == 0
    assert result["strategies"]["CN"] == "tit_for_tat:generosity=0.1"
    manifest = json.loads((Path(result["folder"]) / "manifest.json").read_text("utf-8"))
    assert manifest["numbers"]["US.discount"] == {
        "value": 0.9,
        "unit": "per month",
        "source": "set by the user",
    }


WRONG = {
    "a scenario that is not there": (("run", "bussan"), "did you mean busan"),
    "an unknown government": (("run", "busan", "--force", "UK:escalate@2026-03-02"), "no government 'UK'"),
    "an unknown move": (("run", "busan", "--force", "US:retreat@2026-03-02"), "no move 'retreat'"),
    "a package of two kinds of moves": (
        ("run", "busan", "--force", "US:reactivate=us_port_fees+lift=us_301_exclusions@2026-03-02"),
        "expected acts of one move, got reactivate and lift",
    ),
    "a deal there is not": (
        ("run", "busan", "--set", "deals.busn.CN.stake=0"),
        "mean deals.busan.CN?",
    ),
    "a side that a deal has not": (
        ("run", "busan", "--set", "deals.busan.EU.stake=0"),
        "nothing with numbers called 'deals.busan.EU'",
    ),
    "a tolerance above 1": (("run", "busan", "--set", "deals.busan.tolerance=1.5"), "expected 0 to 1"),
    "a day outside the run": (
        ("run", "busan", "--force", "US:escalate@2028-03-02"),
        "expected a day of the run",
    ),
    "an unknown strategy": (("run", "busan", "--strategy", "CN=tit_for_tta"), "did you mean tit_for_tat"),
    "an unknown parameter": (("run", "busan", "--strategy", "CN=grim:mercy=1"), "no parameter 'mercy'"),
    "a strategy for nobody": (("run", "busan", "--strategy", "UK=grim"), "US, CN"),
    "an unknown number": (("run", "busan", "--set", "US.renewal_beleif=0.5"), "did you mean renewal_belief"),
    "40 meant as 40 %": (("run", "busan", "--set", "cn_reciprocal_24.level=40"), "0.4 means 40 %"),
    "a number that is none": (("run", "busan", "--set", "US.discount=nan"), "US.numbers.discount"),
    "a last day before the first": (("run", "busan", "--until", "2020-01-01"), "until: expected a day from"),
    "a folder with other files": (("run", "busan", "--out", "full"), "expected a new folder"),
    "a seed that is no number": (("run", "busan", "--seed", "abc"), "--seed"),
    "a shelf there is not": (("list", "nosuch"), "nosuch"),
    "an option there is not": (("run", "busan", "--sed", "1"), "--sed"),
    "a number set twice": (("run", "busan", "--set", "US.discount=0.9", "--set", "US.discount=0.8"), "got 2"),
    "two strategies for one": (
        ("run", "busan", "--strategy", "CN=hold", "--strategy", "CN=grim"),
        "two for CN",
    ),
    "the current folder": (("run", "busan", "--out", "."), "full"),
    "no run to explain": (("explain", "full", "2026-03-02"), "expected the folder of a run"),
    "a comparison without a change": (("compare", "busan"), "expected a change"),
    "a forced act that is not possible": (
        ("run", "busan", "--force", "US:reactivate=us_fentanyl@2025-12-02", "--until", "2025-12-10"),
        "not possible in this run: to reactivate us_fentanyl is not legal on that day, when it is in force",
    ),
    "a forced act that is possible in no run": (
        ("compare", "busan", "--force", "US:reactivate=us_fentanyl@2025-12-02", "--until", "2025-12-10"),
        "not possible in any of 20 runs",
    ),
    "a forced act that is possible in none of many runs": (
        ("run", "busan", "--runs", "3", "--force", "US:escalate@2025-12-02", "--until", "2025-12-01"),
        "not possible in any of 3 runs: expected a day of the runs, which end on 2025-12-01",
    ),
    "an engine there is not": (
        ("compare", "busan", "--set", "US.discount=0.9", "--engine", "msa"),
        "is not one of 'mesa', 'ensemble'",
    ),
    "a page in no folder": (("facts", "--out", "none/page.md"), "in a folder that exists"),
    "facts of two kinds": (("facts", "--history", "--talks"), "--history and --talks do not go together"),
    "a page in a folder's place": (("facts", "--out", "full"), "expected a file, got a folder"),
    "a strategy's name that is none": (("new", "strategy", "My-Idea"), "expected a name such as"),
    "a strategy's name that is taken": (("new", "strategy", "grim"), "taken already"),
}


@pytest.mark.parametrize("what", WRONG)
def test_bad_input_gets_one_sentence_exit_code_2_and_writes_nothing(snapback, what):
    Path("full").mkdir()
    Path("full/precious.txt").write_text("mine")
    words, expected = WRONG[what]
    code, out, err = snapback(*words)
    assert code == 2
    assert out == ""
    assert err.startswith("snapback: ")
    assert err.count("\n") == 1
    assert expected in err
    assert [str(path) for path in Path().rglob("*")] == ["full", "full/precious.txt"]


def test_explain_says_why(snapback):
    snapback("run", "busan", *SHORT, "--out", "here")
    code, out, _ = snapback("explain", "here", "2026-03-04")
    assert code == 0
    for word in (
        "Why a decision",
        "What Beijing saw",
        "What it compared",
        "The rule",
        "The draw",
        "in force",
    ):
        assert word in out
    code, _, err = snapback("explain", "here", "2026-03-06")
    assert code == 2
    assert "2026-03-04" in err


def test_list_check_and_help_teach(snapback):
    measures = [m.id for m in sim.scenario("busan").measures]
    listed = {"strategies": sim.strategy_names(), "scenarios": sim.scenario_names(), "measures": measures}
    for kind, names in listed.items():
        _, out, _ = snapback("list", kind)
        assert all(name in out for name in names)
    assert "suspended until 27 November 2026" in " ".join(snapback("check", "busan")[1].split())


def test_list_alone_shows_the_scenarios_and_what_else_can_be_listed(snapback):
    code, out, _ = snapback("list")
    assert code == 0
    assert all(
        name in out for name in (*sim.scenario_names(), "strategies", "outcomes", "measures", "numbers")
    )
    assert "tit_for_tat" not in out


@pytest.mark.parametrize("name", [name for names in COMMANDS.values() for name in names])
def test_a_command_s_line_is_the_first_of_its_help(snapback, name):
    line = command(name).__doc__.splitlines()[0]
    code, out, _ = snapback(name, "--help")
    assert code == 0
    assert f"snapback {name}" in out
    assert line in snapback("--help")[1]


def test_the_version_is_printed(snapback):
    assert snapback("--version") == (0, f"snapback {sim.__version__}\n", "")


def test_help_imports_no_command_and_no_numbers():
    program = """
import sys
from sim.cli.app import main
sys.argv = ["snapback", "--help"]
try:
    main()
except SystemExit:
    print([name for name in ("numpy", "pydantic", "mesa", "sim.cli.run_command") if name in sys.modules])
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_a_new_strategy_runs_at_once(snapback):
    code, out, _ = snapback("new", "strategy", "my_idea", "--dir", ".")
    assert code == 0
    assert "CN=my_idea.py" in out
    code, out, _ = snapback("run", "busan", *SHORT, "--strategy", "CN=my_idea.py", "--json")
    assert code == 0
    assert json.loads(out)["summary"]["strategies"]["CN"] == "my_idea:patience=0.5"


def test_the_installed_command_runs_without_a_warning(tmp_path):
    process = subprocess.run(
        [sys.executable, "-W", "error", "-m", "sim", "run", "busan", "--until", "2025-12-31"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (process.returncode, process.stderr) == (0, "")
