"""`snapback compare` and the pages and pictures of runs as their users meet them."""

import json
import re
import webbrowser
from pathlib import Path

import pytest

PROVOKED = ("--force", "US:escalate@2026-03-02", "--until", "2026-03-20")


def test_a_comparison_is_told_and_written_into_results(snapback):
    code, out, _ = snapback("compare", "busan", *PROVOKED, "--runs", 3)
    assert code == 0
    assert "3 of 3 pairs part on 2 March 2026" in out
    (folder,) = Path("results/runs").iterdir()
    assert folder.name.startswith("compare-busan-3-runs-")
    assert {path.name for path in folder.iterdir()} == {
        *("pairs.csv", "summary.json", "story.md", "manifest.json"),
        *("comparison.png", "comparison.html"),
    }


def test_json_is_the_summary_and_its_folder(snapback):
    code, out, _ = snapback("compare", "busan", *PROVOKED, "--runs", 2, "--out", "here", "--json")
    result = json.loads(out)
    assert (code, result.pop("folder")) == (0, "here")
    assert result == json.loads(Path("here/summary.json").read_text("utf-8"))


def test_the_command_on_the_page_gives_the_same_comparison(snapback):
    given, until = PROVOKED[1], PROVOKED[3]
    words = ("--both", given, "--set", "US.discount=0.97", "--until", until)
    snapback("compare", "busan", *words, "--out", "a")
    command = json.loads(Path("a/manifest.json").read_text("utf-8"))["command"]
    assert snapback(*command.split()[1:], "--out", "b")[0] == 0
    assert Path("a/pairs.csv").read_bytes() == Path("b/pairs.csv").read_bytes()


def test_a_run_has_a_page_that_needs_nothing_else_and_opens(snapback, monkeypatch):
    opened = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or True)
    code, _, err = snapback("run", "busan", *PROVOKED, "--out", "here", "--open")
    assert (code, err) == (0, "")
    assert opened == [Path("here/run.html").resolve().as_uri()]
    page = Path("here/run.html").read_text("utf-8")
    assert "2 March 2026" in page and "Washington reactivates" in page
    assert "snapback run busan --runs 1 --seed 1" in page
    assert "<code>snapback page busan</code>" in page
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert re.findall(r'<script[^>]* id="(\w+)"', page) == ["style", "data", "rules", "code"]
    assert "default-src 'none'" in page
    snapback("compare", "busan", *PROVOKED, "--runs", 2, "--out", "pair")
    assert "<script" not in Path("pair/comparison.html").read_text("utf-8")


def test_who_has_no_browser_is_told_where_the_page_is(snapback, monkeypatch):
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    code, _, err = snapback("run", "busan", "--runs", 2, *PROVOKED, "--out", "here", "--open")
    assert code == 0
    assert err.endswith("No browser could be opened; the page is here/run.html.\n")


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_pictures_come_as_vectors_too_and_replace_what_was_there(snapback, kind, start):
    for words in (("--format", kind), ("--format", kind, "--runs", 2)):
        assert snapback("run", "busan", *PROVOKED, "--out", f"here{len(words)}", *words)[0] == 0
    assert Path(f"here2/timeline.{kind}").read_bytes().startswith(start)
    assert Path(f"here4/spread.{kind}").read_bytes().startswith(start)
    assert not Path("here2/timeline.png").exists()
    assert "data:image/png" in Path("here2/run.html").read_text("utf-8")


def test_many_runs_say_in_how_many_a_forced_act_was_possible(snapback):
    given = "US:reactivate=us_reciprocal_24@2026-03-02"
    ban = "CN:reactivate=cn_ga_ge_sb_ban@2026-03-06"
    words = ("--force", given, "--force", ban, "--runs", 30, "--until", "2026-03-10")
    code, out, _ = snapback("run", "busan", *words, "--json")
    counts = json.loads(out)["forced"]
    assert (code, counts[given]) == (0, 30)
    assert 0 < counts[ban] < 30
    (folder,) = Path("results/runs").iterdir()
    assert f"(possible in {counts[ban]} of 30 runs)" in (folder / "spread.md").read_text("utf-8")
