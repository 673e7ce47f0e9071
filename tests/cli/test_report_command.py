"""`snapback report` as its users meet it."""

import pytest
from synthetic_study import GRID, STYLE, played, text


def test_a_report_is_written_beside_its_results(snapback, tmp_path):
    played(tmp_path / "found", text(STYLE, GRID, runs=3, chunk=3), chunks=1)
    code, out, err = snapback("report", "found")
    assert (code, err) == (0, "")
    assert out.startswith("Unfinished: 50 % of the runs are there (3 of 6); 1 of 2 cells are not begun.")
    assert "report.html, with 2 pictures." in out
    assert (tmp_path / "found" / "report.html").is_file()
    assert sorted(p.name for p in (tmp_path / "found" / "figures").iterdir()) == [
        "back_dots.png",
        "cost_dots.png",
    ]


def test_pictures_come_as_vectors_and_tables_for_latex(snapback, tmp_path):
    played(tmp_path / "found", text(STYLE, GRID, runs=3, chunk=3), chunks=2)
    assert snapback("report", "found", "--out", "page", "--format", "svg")[0] == 0
    pictures = list((tmp_path / "page" / "figures").iterdir())
    assert sorted(p.name for p in pictures) == ["back_dots.svg", "cost_dots.svg"]
    assert all(p.read_bytes().startswith(b"<?xml") for p in pictures)
    assert "data:image/png" in (tmp_path / "page" / "report.html").read_text("utf-8")
    tables = (tmp_path / "page" / "answers.tex").read_text("utf-8")
    assert tables.count("\\toprule") == tables.count("\\bottomrule") == tables.count("\\caption{") >= 2
    assert "95 \\%" in tables
    for line in tables.splitlines():
        assert not line.endswith("\\\\") or line.count(" & ") >= 3
    assert snapback("report", "found", "--markdown", "short.md", "--format", "pdf")[0] == 0
    assert "(short/back_dots.pdf)" in (tmp_path / "short.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nothing",), "nothing: expected a folder that snapback study has written"),
        (("nothing", "--out", "a", "--markdown", "b.md"), "--out and --markdown do not go together"),
    ],
)
def test_bad_input_is_one_sentence(snapback, words, sentence):
    code, out, err = snapback("report", *words)
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(err.strip().splitlines()) == 1
