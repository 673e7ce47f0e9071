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
