"""`snapback page` as its users meet it."""

import pytest


def test_a_page_is_written_where_it_is_wanted(snapback, tmp_path):
    code, out, err = snapback("page", "ipd", "--out", "game.html")
    assert (code, err) == (0, "")
    assert out.startswith("game.html: ")
    assert (tmp_path / "game.html").read_text("utf-8").startswith("<!doctype html>")


def test_without_a_file_it_goes_among_results(snapback, tmp_path):
    assert snapback("page", "ipd")[0] == 0
    assert (tmp_path / "results" / "pages" / "ipd.html").is_file()


def test_all_pages_go_into_a_folder(snapback, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.scenarios.scenario_names", lambda: ["ipd", "linear_game"])
    assert snapback("page", "--all", "stick")[0] == 0
    assert sorted(path.name for path in (tmp_path / "stick").iterdir()) == ["ipd.html", "linear_game.html"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "expected a scenario, such as busan, --lesson with a number or --all with a folder"),
        (
            ("busan", "--all", "stick"),
            "expected a scenario, such as busan, --lesson with a number or --all with a folder",
        ),
        (
            ("--all", "stick", "--out", "x.html"),
            "expected a scenario, such as busan, --lesson with a number or --all with a folder",
        ),
        (("busan", "--lesson", "2"), "--lesson with a number"),
        (("--lesson", "9"), "lesson: expected a number from 1 to "),
        (("busann",), "busan"),
        (("ipd", "--out", "nowhere/x.html"), "nowhere"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(snapback, tmp_path, words, sentence):
    code, out, err = snapback("page", *words)
    assert (code, out) == (2, "")
    assert sentence in err and err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_rules_that_pages_do_not_have_yet_are_named(snapback, monkeypatch):
    monkeypatch.setattr("sim.reports.page.page_file.is_current", lambda: False)
    code, _, err = snapback("page", "ipd")
    assert code == 2
    assert "run python experiments/build_page_rules.py" in err


@pytest.mark.parametrize(
    ("there", "words", "sentence"),
    [
        ({"Playwright": None}, (), "expected Playwright"),
        ({"Chromium": None}, (), "expected Chromium"),
        ({}, ("--json",), "expected text, not --json"),
        ({"Playwright": None, "Chromium": None}, (), "expected Playwright and Chromium"),
    ],
)
def test_what_measuring_a_page_lacks_is_said(snapback, monkeypatch, there, words, sentence):
    monkeypatch.setattr("sim.cli.bench_command.find_spec", lambda name: there.get("Playwright", name))
    monkeypatch.setattr("sim.cli.bench_command.which", lambda name: there.get("Chromium", name))
    code, out, err = snapback("bench", "--page", *words)
    assert (code, out, err) == (2, "", f"snapback: bench --page: {sentence}\n")


def test_a_page_is_measured_by_the_script_of_the_checkout(snapback, monkeypatch):
    monkeypatch.setattr("sim.cli.bench_command.find_spec", lambda name: name)
    monkeypatch.setattr("sim.cli.bench_command.which", lambda name: name)
    scripts = []
    monkeypatch.setattr(
        "sim.cli.bench_command.run_path", lambda path: scripts.append(path) or {"main": lambda: print("fast")}
    )
    assert snapback("bench", "--page") == (0, "fast\n", "")
    assert scripts[0].endswith("experiments/page_figures.py")


def test_the_page_of_a_lesson_is_written_and_opened(snapback, monkeypatch, tmp_path):
    addresses = []
    monkeypatch.setattr("webbrowser.open", lambda address: addresses.append(address) or True)
    code, _, err = snapback("page", "--lesson", "2")
    assert (code, err) == (0, "")
    path = tmp_path / "results" / "pages" / "lesson_2.html"
    assert addresses == [path.as_uri()]
    assert "The threat that snaps back" in path.read_text("utf-8")
