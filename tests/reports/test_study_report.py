"""The report on a study: what it says, of whatever there is, from the folder alone."""

import base64
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from synthetic_study import (
    BEIJING,
    COST,
    DRAWN,
    GRID,
    HEAD,
    LATIN,
    NESTED,
    SOBOL,
    STYLE,
    THRESHOLD,
    WASHINGTON,
    played,
    text,
)

from sim.domain.errors import ResultsError
from sim.reports.study.facets import lattice, outcome_plot, row_means
from sim.reports.study.lever_text import axis_label, panel_title, setting
from sim.reports.study.report_data import load_report
from sim.reports.study.study_figures import pictures
from sim.reports.study.study_page import html_page, markdown_page, write_report
from sim.reports.study.study_tables import crossed_table, drivers_table
from sim.reports.study.study_text import key_sentences
from sim.studies.factors import Factor, LeverOption
from sim.studies.store import FILES


@pytest.fixture(autouse=True)
def small_pictures(monkeypatch):
    """Draw with fewer dots, which is quicker."""
    monkeypatch.setattr("sim.reports.study.study_picture.DPI", 40)


class Reader(HTMLParser):
    """Tags with their attributes, and the text between them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words, self.code = [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.cdata_elem == "script":
            self.code += data
        else:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def test_the_answer_comes_in_numbers_that_are_those_of_the_runs(tmp_path):
    data = load_report(played(tmp_path / "a", text(WASHINGTON, GRID)))
    highest, lowest, gap = key_sentences(data, "cost")
    rows = data.rows("cost")
    assert f"{rows[0].mean:.1f} bn USD (95 %: {rows[0].low:.1f} to {rows[0].high:.1f}, 20 runs)" in highest
    assert "Washington's belief 0." in highest
    assert "Washington's belief 1." in lowest
    assert "of 5 others 0 are higher and 5 lower beyond luck" in gap
    assert "-20.0 bn USD (in every run)" in gap


def test_rows_that_luck_may_have_made_differ_are_said_to(tmp_path):
    def same(levers, luck):
        return 40.0 + luck * (1.0 + levers["style"])

    data = load_report(played(tmp_path / "a", text(STYLE, GRID), value=same))
    assert "The two intervals overlap." in key_sentences(data, "cost")[1]
    assert key_sentences(data, "cost")[2].endswith("It may be luck.")


def test_a_nested_study_tells_uncertainty_and_luck_apart(tmp_path):
    data = load_report(played(tmp_path / "a", text(DRAWN, WASHINGTON, NESTED)))
    told = " ".join(key_sentences(data, "cost"))
    assert re.search(r"Of the variance of runs \d+ % comes from uncertainties and \d+ % from luck", told)
    assert "by that alone another seed moves a row by about" in told
    assert "Intervals speak of luck and of the uncertainties drawn" in html_page(data, [])


def test_a_sobol_study_tells_what_moves_it_most(tmp_path):
    data = load_report(played(tmp_path / "a", text(DRAWN, SOBOL)))
    assert "What moves it most is discount" in " ".join(key_sentences(data, "cost"))
    caption, head, rows, *_ = drivers_table(data, "cost")
    assert "by two halves of each point's 20 runs" in caption
    assert head[1] == "rank"
    assert rows[0][1] == "1"


def test_a_grid_of_two_levers_has_a_table_of_one_by_the_other(tmp_path):
    data = load_report(played(tmp_path / "a", text(WASHINGTON, STYLE, GRID, head=COST)))
    caption, head, rows, *_ = crossed_table(data, "cost")
    assert "by Beijing's style (across) at each Washington's belief (down)" in caption
    assert head == ["Washington's belief", "as shipped", "sure", "lowest"]
    assert [row[0] for row in rows] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    assert all(row[3] == "any of them" for row in rows)  # the style does nothing
    other = load_report(played(tmp_path / "b", text(STYLE, WASHINGTON, GRID, head=COST)))
    assert [row[-1] for row in crossed_table(other, "cost").rows] == ["1", "1"]
    assert crossed_table(load_report(played(tmp_path / "c", text(STYLE, GRID, head=COST))), "cost") is None


def test_a_table_of_two_levers_shows_what_never_happened_as_nothing(tmp_path):
    def never(levers, luck):
        return np.where(levers["style"] == 0, np.nan, 1.0 + levers["washington"])

    data = load_report(played(tmp_path / "a", text(WASHINGTON, STYLE, GRID, head=COST), value=never))
    assert crossed_table(data, "cost").rows[0] == ["0", "", "1", "sure"]


def test_what_luck_cannot_be_told_from_is_not_ranked(tmp_path):
    noise = np.random.default_rng(1)

    def alike(levers, luck):
        both = (levers["discount"] - 0.95) / 0.05 + (levers["weight"] - 3.0) / 2.0
        return 40.0 + both + 0.5 * noise.standard_normal(len(luck))

    data = load_report(played(tmp_path / "a", text(DRAWN, SOBOL, head=COST), value=alike))
    told = " ".join(key_sentences(data, "cost"))
    assert "What moves it most cannot be told: the intervals of 2 numbers overlap" in told
    assert [row[1] for row in drivers_table(data, "cost").rows] == ["1 to 2", "1 to 2", "3"]


def test_of_one_run_a_point_the_page_says_that_luck_is_in_the_shares(tmp_path):
    data = load_report(played(tmp_path / "a", text(DRAWN, SOBOL, runs=1, head=COST)))
    assert (
        "a point is one run, so that luck, if there is any, is in them" in drivers_table(data, "cost").caption
    )


@pytest.mark.parametrize(
    ("parts", "kinds"),
    [
        ((WASHINGTON, BEIJING, GRID), ["map"]),
        pytest.param((WASHINGTON, BEIJING, STYLE, GRID), ["map"], marks=pytest.mark.slow),
        ((WASHINGTON, GRID), ["curve", "fan"]),
        ((WASHINGTON, STYLE, GRID), ["curve", "fan"]),
        ((STYLE, GRID), ["dots"]),
        ((DRAWN, WASHINGTON, NESTED), ["curve", "draws", "fan"]),
        pytest.param((DRAWN, WASHINGTON, BEIJING, NESTED), ["map", "spread"], marks=pytest.mark.slow),
        ((DRAWN, STYLE, NESTED), ["dots"]),
        ((DRAWN, SOBOL), ["drivers", "clouds", "points"]),
        ((DRAWN, LATIN), ["drivers", "clouds", "points"]),
    ],
)
def test_the_pictures_fit_the_levers(tmp_path, parts, kinds):
    data = load_report(played(tmp_path / "a", text(*parts, runs=6, head=COST)))
    shown = list(pictures(data))
    assert [p.name for p in shown] == [f"cost_{kind}" for kind in kinds]
    assert all(p.png.startswith(b"\x89PNG") and b"Software" not in p.png and p.alt for p in shown)


@pytest.mark.parametrize(
    "parts",
    [(WASHINGTON, BEIJING, GRID), (STYLE, GRID), (DRAWN, SOBOL), (DRAWN, WASHINGTON, NESTED)],
)
@pytest.mark.parametrize("chunks", [0, 1])
def test_of_an_unfinished_study_every_picture_and_the_page_say_what_is_missing(
    tmp_path, monkeypatch, parts, chunks
):
    missings = []

    def no_picture(title, reading, missing, tall, draw):
        missings.append(missing)
        return Figure(figsize=(1, 1))

    monkeypatch.setattr("sim.reports.study.study_picture.draw_picture", no_picture)
    data = load_report(played(tmp_path / "a", text(*parts, runs=6, chunk=6), chunks=chunks))
    missing = data.missing
    cells = len(data.runs)
    assert missing.startswith("Unfinished: ")
    assert f"{cells - chunks:,} of {cells:,} cells are not begun" in missing
    html = html_page(data, list(pictures(data)))
    assert set(missings) == {missing}
    assert f'<p class="banner" role="note">{missing}</p>' in html
    assert f"**{missing}**" in markdown_page(data, [], "a.md", "a")


def test_a_picture_of_nothing_and_one_of_what_never_happened_can_be_drawn(tmp_path):
    empty = load_report(played(tmp_path / "a", text(WASHINGTON, GRID, runs=2, head=COST), chunks=0))
    told = text(WASHINGTON, BEIJING, GRID, runs=2, head=COST)
    never = played(tmp_path / "b", told, value=lambda levers, luck: luck * float("nan"))
    assert key_sentences(empty, "cost") == ["No run is there yet."]
    assert key_sentences(load_report(never), "cost") == ["It happened in none of the runs."]
    assert len(list(pictures(empty))) == 2
    assert len(list(pictures(load_report(never)))) == 1


def test_the_page_needs_nothing_else_and_can_be_read_without_eyes(tmp_path):
    folder = played(tmp_path / "a", text(WASHINGTON, BEIJING, GRID, THRESHOLD, runs=4))
    write_report(folder)
    html = (folder / "report.html").read_text("utf-8")
    read = Reader(html)
    names = [tag for tag, _ in read.tags]
    assert not {"iframe", "object"} & set(names)
    scripts = [given for tag, given in read.tags if tag == "script"]
    assert [given["id"] for given in scripts] == ["style", "data", "rules", "code"]  # the live world's alone
    assert not re.search(
        r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\b", read.code
    )
    assert "default-src 'none'" in html  # and whatever it tried, the browser would refuse
    links = [value for _, given in read.tags for key, value in given.items() if key in ("src", "href")]
    assert links
    assert all(value.startswith("data:") for value in links)
    assert "url(" not in html
    assert "http" not in read.text
    images = [given for tag, given in read.tags if tag == "img"]
    assert all(len(given["alt"]) > 30 for given in images)
    first = base64.b64decode(images[0]["src"].partition(",")[2])
    assert first == (folder / "figures" / "back_map.png").read_bytes()
    assert all(given.get("scope") in ("col", "row") for tag, given in read.tags if tag == "th")
    assert names.count("h1") == 1
    for said in (
        "Does the truce break?",
        "snapback study a.toml",
        "snapback page busan",
        "sha256 of code",
        "US.renewal_belief",
    ):
        assert said in read.text
    assert "It is of two equal countries with linear trade; not of busan." in read.text


def test_what_files_say_is_text_and_never_markup(tmp_path):
    evil = '<script>alert("1")</script> & [x](y) | *z*'
    head = HEAD.replace("Beliefs", evil.replace('"', "'")).replace("Does", f"{evil}".replace('"', "'"))
    style = STYLE.replace("as shipped", "<b>bold</b> | x")
    told = text(style, GRID, head=head)
    folder = played(tmp_path / "a", told, errors={(1, 3): "too <i>bad</i>"})
    data = load_report(folder)
    html = html_page(data, list(pictures(data)))
    read = Reader(html)
    assert not {"b", "i"} & {tag for tag, _ in read.tags}
    assert all("id" in given for tag, given in read.tags if tag == "script")
    assert "<script>alert('1')</script> & [x](y) | *z*" in read.text
    assert "too <i>bad</i>" in read.text
    short = markdown_page(data, [], "a.md", "a")
    assert "<" not in re.sub(r"```.*?```", "", short, flags=re.DOTALL)
    assert "# &lt;script&gt;alert('1')&lt;/script&gt; &amp; [x\\](y) \\| \\*z\\*" in short


def test_an_answer_in_words_is_told_before_the_numbers(tmp_path):
    told = text(WASHINGTON, GRID, head=f'answer = "It <b>does</b>, mostly."\n{HEAD}')
    data = load_report(played(tmp_path / "a", told))
    read = Reader(html_page(data, []))
    assert "It <b>does</b>, mostly." in read.text
    assert "b" not in {tag for tag, _ in read.tags}
    assert "**It &lt;b&gt;does&lt;/b&gt;, mostly.**" in markdown_page(data, [], "a.md", "a")


def test_failed_runs_are_told_one_by_one_up_to_twenty(tmp_path):
    errors = {(cell, run): f"fault {cell} {run}" for cell in range(3) for run in range(10)}
    data = load_report(played(tmp_path / "a", text(WASHINGTON, GRID), errors=errors))
    told = Reader(html_page(data, [])).text
    assert "30 of 120 runs failed; they count in no mean. The first 20:" in told
    assert "fault 1 9" in told
    assert "fault 2 0" not in told
    assert "Washington's belief 0.2" in told


def test_a_study_with_a_precision_says_how_many_runs_cells_took(tmp_path):
    told = text("precision = 0.5", WASHINGTON, GRID).replace('"lapse', '"lapse')
    data = load_report(played(tmp_path / "a", told + "\n"))
    assert "A cell ends once back is known to ± 50 points: cells took 20 to 20 runs" in html_page(data, [])


def test_assumptions_are_listed_and_those_that_the_study_moves_marked(tmp_path):
    html = html_page(load_report(played(tmp_path / "a", text(WASHINGTON, STYLE, GRID, runs=2))), [])
    marked = re.findall(r'<tr class="moved"><th scope="row">([^< ]*) \(moved\)<', html)
    assert set(marked) == {"US.renewal_belief", "CN.belief_strength"}
    assert "deals.busan.CN.stake" in html


def test_the_folder_is_all_a_report_needs(tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text('extends = "busan"\ntitle = "My own truce"\n', "utf-8")
    outcome = tmp_path / "early.py"
    outcome.write_text(
        "from sim.outcomes.outcome_register import outcome\n\n\n"
        '@outcome(unit="days", example="early.py")\n'
        "def early(life):\n"
        '    """Days until whatever comes early."""\n'
        "    return 1.0\n",
        "utf-8",
    )
    head = HEAD.replace('"busan"', '"mine.toml"').replace("lapse_at_sunset", "early.py")
    folder = played(tmp_path / "a", text(WASHINGTON, GRID, head=head))
    before = html_page(load_report(folder), [])
    for path in (own, outcome, tmp_path / "a.toml"):
        path.unlink()
    elsewhere = tmp_path / "else" / "where"
    shutil.copytree(folder, elsewhere)
    assert html_page(load_report(elsewhere), []) == before
    assert "My own truce" in before
    assert "Days until whatever comes early." in before
    assert str(tmp_path) not in before


def test_the_same_folder_gives_the_same_bytes(tmp_path):
    folder = played(tmp_path / "a", text(DRAWN, SOBOL, runs=4, chunk=1000, head=COST))

    def everything(place):
        return {
            p.relative_to(place): p.read_bytes() for p in place.rglob("*") if p.suffix in (".png", ".html")
        }

    write_report(folder)
    write_report(folder, tmp_path / "out")
    assert everything(folder) == everything(tmp_path / "out")
    assert {p.name for p in folder.iterdir()} <= FILES


def test_a_markdown_page_names_pictures_beside_it(tmp_path, monkeypatch):
    folder = played(tmp_path / "a", text(WASHINGTON, BEIJING, GRID, runs=4))
    monkeypatch.chdir(tmp_path)
    done = write_report(folder, text=(tmp_path / "beliefs.md").relative_to(tmp_path))
    told = (tmp_path / "beliefs.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)]*\.png)\)", told)
    assert links == ["beliefs/back_map.png", "beliefs/cost_map.png"]
    assert done.pictures == 2
    assert all((tmp_path / link).is_file() for link in links)
    assert "snapback report results/studies/a --markdown beliefs.md" in told
    assert "Does the truce break?" in told
    assert not (folder / "report.html").exists()


def test_a_folder_that_is_no_study_is_said_to_be_none(tmp_path):
    with pytest.raises(ResultsError, match="expected a folder that snapback study has written"):
        write_report(tmp_path)
    folder = played(tmp_path / "a", text(WASHINGTON, GRID, runs=2))
    old = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(
        json.dumps({k: v for k, v in old.items() if k != "factors"}), "utf-8"
    )
    with pytest.raises(ResultsError, match="as this version of snapback study writes them"):
        write_report(folder)
    (folder / "manifest.json").write_text(json.dumps(old), "utf-8")
    (folder / "study.toml").write_text("title = 3", "utf-8")
    with pytest.raises(ResultsError, match=r"study\.toml: expected the study that was played"):
        write_report(folder)
    (folder / "cells.parquet").write_text("nothing", "utf-8")
    with pytest.raises(ResultsError, match=r"cells\.parquet: expected the cells of a study"):
        write_report(folder)


def test_nothing_of_anybody_else_is_written_over(tmp_path):
    folder = played(tmp_path / "a", text(STYLE, GRID, runs=2))
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "photo.png").write_bytes(b"me")
    with pytest.raises(ResultsError, match=r"got one with other files: photo\.png"):
        write_report(folder, mine)
    with pytest.raises(ResultsError, match=r"one of this study's pictures, .*photo\.png"):
        write_report(folder, text=tmp_path / "mine.md")
    with pytest.raises(ResultsError, match=r"a name that ends in \.md"):
        write_report(folder, text=tmp_path / "mine.txt")
    with pytest.raises(ResultsError, match="in a folder that exists"):
        write_report(folder, text=tmp_path / "no" / "mine.md")
    with pytest.raises(ResultsError, match="expected a folder, got a file"):
        write_report(folder, mine / "photo.png")
    with pytest.raises(ResultsError, match="cannot be written"):
        write_report(folder, mine / "photo.png" / "below")
    assert [p.name for p in mine.iterdir()] == ["photo.png"]


def test_a_row_says_in_how_many_of_its_runs_there_was_something_to_tell(tmp_path):
    def seldom(levers, luck):
        return np.where(luck > 0.5, luck, np.nan)

    data = load_report(played(tmp_path / "a", text(WASHINGTON, GRID, head=COST), value=seldom))
    told = " ".join(key_sentences(data, "cost"))
    there = data.rows("cost")[0].happened
    assert 0 < there < 20
    assert f"{there} of 20 runs) in every row" in told
    assert f"{there} of 20" in markdown_page(data, [], "a.md", "a")


def test_panels_of_several_levers_are_a_lattice_of_whole_rows_and_columns():
    assert lattice([4, 4]) == ((4, 4), [[0, 1, 2, 3], [0, 1, 2, 3]])
    assert lattice([3, 9]) == ((3, 4), [[0, 1, 2], [0, 3, 5, 8]])
    assert lattice([7, 3, 2]) == ((6, 2), [[0, 6], [0, 1, 2], [0, 1]])
    assert lattice([30])[1] == [[0, 2, 4, 6, 8, 10, 12, 14, 15, 17, 19, 21, 23, 25, 27, 29]]
    assert lattice([]) == ((1, 1), [])


def test_a_panel_stands_in_the_row_and_the_column_of_what_its_levers_are_put_to(tmp_path):
    own = (
        STYLE.replace("Beijing's", "Washington's").replace("CN.", "US.").replace("levers.style", "levers.own")
    )
    levers = WASHINGTON.replace("count = 6", "count = 2"), own.replace("20", "30"), STYLE
    data = load_report(played(tmp_path / "a", text(*levers, GRID, runs=2)))
    x, *fixed = data.free_levers
    plot = outcome_plot(data, "cost", row_means(data, "cost"), x, None, fixed)
    assert plot.shape == (2, 2)
    assert [f.values for f in plot.facets] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert plot.omitted == ""
    assert all(len(f.rows) == 2 for f in plot.facets)


def test_a_title_of_a_panel_cuts_the_words_of_a_lever_and_never_its_value():
    stock = Factor("stock", "Washington's stock of rare earths on the first day", "months of use")
    title = panel_title([stock], [6], 1.7)
    assert title.startswith("Wash")
    assert title.endswith("\N{HORIZONTAL ELLIPSIS} 6 months of use")


def test_the_label_of_an_axis_keeps_its_unit_where_room_is_short():
    rent = Factor("rent", "What Washington's protection of its own producers is worth at home", "bn USD/year")
    assert axis_label(rent, 1.7).splitlines()[-1] == "[bn USD/year]"
    assert len(axis_label(rent, 1.7).splitlines()) == 3


def test_options_that_two_levers_share_are_told_with_their_lever():
    options = (LeverOption(label="hold"), LeverOption(label="grim"))
    us, cn, act = (Factor(name, name, options=options) for name in ("us", "cn", "act"))
    assert setting([us, cn], [0, 1]) == "us hold, cn grim"
    assert setting([act], [1]) == "grim"


def test_rows_in_which_luck_changed_nothing_are_counted(tmp_path):
    def alike(levers, luck):
        return np.where(levers["washington"] < 0.5, 20.0, 20.0 + luck)

    html = html_page(load_report(played(tmp_path / "a", text(WASHINGTON, GRID), value=alike)), [])
    assert "In 3 of 6 rows all runs were alike in every outcome." in html
    assert "all runs alike" in html


def test_a_markdown_page_of_a_question_asked_here_says_where_its_file_lies(tmp_path, monkeypatch):
    folder = played(tmp_path / "a", text(STYLE, GRID, runs=2, head=COST))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "experiments").mkdir()
    shutil.copy(tmp_path / "a.toml", "experiments")
    write_report(folder, text=Path("one.md"))
    assert "snapback study experiments/a.toml\n" in Path("one.md").read_text("utf-8")
    Path("experiments/a.toml").write_text("another", "utf-8")
    write_report(folder, text=Path("one.md"))
    assert "snapback study a.toml\n" in Path("one.md").read_text("utf-8")
