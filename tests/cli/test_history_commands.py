"""`snapback fit`, `replay` and `score` as their users meet them."""

import csv
import json
from pathlib import Path

import pytest

from sim.record.events import SHIPPED


@pytest.fixture
def few(tmp_path):
    """The shipped choices with few draws, which are no part of the fit."""
    from sim.estimation.priors import SHIPPED as CHOICES

    path = tmp_path / "few.toml"
    path.write_text(CHOICES.read_text("utf-8").replace("draws = 4000", "draws = 20"), "utf-8")
    return path


def table(path):
    """The rows of a CSV file."""
    return list(csv.DictReader(Path(path).read_text("utf-8").splitlines()))


def changed(tmp_path, change):
    """The shipped record with rows changed, as a file."""
    with SHIPPED.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    path = tmp_path / "events.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(change(rows))
    return path


def test_a_replay_prints_the_months_and_writes_picture_and_tables(snapback, few):
    code, out, _ = snapback(
        *("replay", "--train", "2018-01:2024-12", "--from", "2025-01", "--to", "2025-03"),
        *("--choices", few, "--out", "here"),
    )
    assert code == 0
    assert "2025-03" in out and "escalate" in out and "2025-04" not in out
    assert sorted(path.name for path in Path("here").iterdir()) == [
        "decisions.csv",
        "months.csv",
        "replay.png",
    ]
    months = table("here/months.csv")
    assert [(row["month"], row["side"], row["kind"]) for row in months[:2]] == [
        ("2025-01", "US", "forecast"),
        ("2025-01", "CN", "forecast"),
    ]
    assert len(table("here/decisions.csv")) > 5


def test_one_month_after_the_last_recorded_is_replayed_and_has_its_tariffs_in_the_picture(snapback, few):
    from sim.estimation.dataset import load_dataset
    from sim.estimation.prediction import forecast
    from sim.record.months import month_range
    from sim.reports.estimation import estimation_figures

    code, out, _ = snapback(
        "replay", "--from", "2026-10", "--choices", few, "--out", "here", "--format", "pdf"
    )
    assert code == 0 and "2026-10" in out and Path("here/replay.pdf").read_bytes()[:4] == b"%PDF"
    data = load_dataset(priors=few)
    month = month_range("2026-10")
    figure = estimation_figures.replay_picture(forecast(data, month[0]), data.coded, data.steps, month)
    tariffs = figure.axes[3]
    assert [line.get_data().values.tolist() for line in tariffs.patches] == [[36.5], [31.0]]
    low, high = tariffs.get_xlim()
    assert high - low > 8 * 0.9  # a month is a bar, and not a wall


def test_a_replay_by_days_prints_decisions(snapback, few):
    code, out, _ = snapback("replay", "--from", "2024-12", "--to", "2024-12", "--days", "--choices", few)
    assert code == 0 and "CN241203" in out and "2024-12-03" in out


def test_a_new_month_is_added_by_adding_rows(snapback, few, tmp_path):
    def add(rows):
        row = dict(zip(rows[0], rows[-1], strict=True))
        row |= {"id": "XX261115", "date_announced": "2026-11-15", "date_effective": "", "expires_on": ""}
        return [*rows, list(row.values())]

    path = changed(tmp_path, add)
    code, out, err = snapback(
        "replay", "--from", "2026-11", "--to", "2026-12", "--choices", few, "--events", path
    )
    assert code == 0, err
    assert "2026-11" in out and "2026-12" in out


def test_a_score_is_printed_as_json(snapback, few):
    code, out, err = snapback("score", "--json", "--runs", "5", "--choices", few)
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert document["n"] == 24 and len(document["baselines"]) == 8
    assert document["free_runs"]["runs"] == 5


def test_months_that_the_file_does_not_have_yet_get_chances_and_no_score(snapback, few):
    code, out, _ = snapback("score", "--test", "2026-10:2026-11", "--runs", "0", "--choices", few)
    assert code == 0 and "Not recorded yet" in out and "2026-11" in out and "log loss" not in out


def test_a_page_is_written_with_its_pictures(snapback, few):
    page = ("--page", "history.md", "--format", "svg")
    code, _, _ = snapback("score", "--runs", "10", "--choices", few, *page)
    assert code == 0
    text = Path("history.md").read_text("utf-8")
    names = {line.split("(")[1].rstrip(")") for line in text.splitlines() if line.startswith("![")}
    assert names == {path.name for path in Path().glob("*.svg")} and len(names) == 5
    assert "chosen" in text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda rows: [row[:5] + row[6:] for row in rows], "column"),
        (
            lambda rows: [*rows[:9], [c if c != rows[9][6] else "provoke" for c in rows[9]], *rows[10:]],
            "row 10",
        ),
        (lambda rows: [rows[0], rows[20], *rows[1:20], *rows[21:]], "row 3"),
        (lambda rows: rows[:60], "has no 2020-"),
        (lambda rows: [rows[0], *rows[60:]], "a file of events has the whole record, old rows and new ones"),
    ],
)
def test_a_wrong_events_file_is_one_sentence_that_names_the_row(snapback, few, tmp_path, change, sentence):
    path = changed(tmp_path, change)
    for name in ("replay", "score"):
        code, out, err = snapback(name, "--events", path, "--choices", few)
        assert (code, out) == (2, "")
        assert sentence in err and err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("replay", "--from", "2025-13"), "expected a month such as"),
        (("replay", "--from", "2025-06", "--to", "2025-01"), "the first before the last"),
        (("replay", "--to", "2027-01"), "at most the month after the last recorded, 2026-10"),
        (("score", "--train", "2018-01:2024-12", "--test", "2024-01:2024-12"), "after the training"),
        (("score", "--test", "2018-01"), "after the training"),
        (("score", "--train", "2019-01:2024-12"), "memories begin there"),
        (("score", "--page", "no/such/folder.md"), "in a folder that exists"),
        (("score", "--format", "svg"), "--format goes with --page"),
        (("theory", "--format", "svg"), "--out and --format go with --figures"),
        (("fit", "--out", "no/such/fit.toml"), "in a folder that exists"),
        (("fit", "--train", "2018-01:2026-12"), "has no 2026-10"),
    ],
)
def test_wrong_uses_are_one_sentence(snapback, words, sentence):
    code, out, err = snapback(*words)
    assert (code, out) == (2, "") and sentence in err and err.count("\n") == 1
    assert not list(Path().iterdir())


def test_the_coding_gives_back_the_shipped_months_to_the_byte_and_tells_its_influence(snapback):
    code, out, _ = snapback("coding", "--out", "months.csv")
    assert code == 0 and "month of effect" in out and "threshold 9" in out and "legal acts" in out
    assert Path("months.csv").read_bytes() == SHIPPED.with_name("monthly_moves.csv").read_bytes()


def test_another_threshold_and_date_give_other_months(snapback):
    code, _, _ = snapback("coding", "--threshold", "9", "--dated", "effect", "--out", "other.csv")
    assert code == 0
    ours, shipped = table("other.csv"), table(SHIPPED.with_name("monthly_moves.csv"))
    changed = [a["month"] for a, b in zip(ours, shipped, strict=True) if a["us_move"] != b["us_move"]]
    assert 10 < len(changed) < 60
    assert all(a["us_move_legal_acts"] == b["us_move_legal_acts"] for a, b in zip(ours, shipped, strict=True))


def test_the_choices_of_the_coding_go_into_the_fit(few, tmp_path):
    from sim.estimation.priors import fit_config
    from sim.record.events import record

    shipped = record()
    plain = fit_config(few).months(shipped)
    other = tmp_path / "other.toml"
    other.write_text(
        few.read_text("utf-8")
        .replace("threshold = 4", "threshold = 9")
        .replace('dated = "announcement"', 'dated = "effect"'),
        "utf-8",
    )
    assert fit_config(other).months(shipped) != plain
    acts = tmp_path / "acts.toml"
    acts.write_text(few.read_text("utf-8").replace('coding = "score"', 'coding = "legal_acts"'), "utf-8")
    assert fit_config(acts).months(shipped) not in (plain, fit_config(other).months(shipped))


def test_what_is_taken_for_granted_of_a_file_is_told(snapback, few, tmp_path):
    def add(rows):
        row = dict(zip(rows[0], rows[-1], strict=True))
        row |= {"id": "US270315", "date_announced": "2027-03-15", "date_effective": "2027-03-20"}
        row |= {"instrument": "tariff", "move": "escalate", "expires_on": "", "responds_to": ""}
        return [*rows, list(row.values())]

    path = changed(tmp_path, add)
    words = ("replay", "--from", "2027-01", "--choices", few, "--events", path)
    code, _, err = snapback(*words)
    assert code == 0
    assert "has no rows in 2026-11, 2026-12, 2027-01, 2027-02: both held there" in err
    assert "Average tariffs are those of 2026-07-24 for good, although" in err and "US270315" in err
    steps = tmp_path / "steps.csv"
    text = SHIPPED.with_name("piie_tariff_steps.csv").read_text("utf-8").rstrip()
    steps.write_text(f"{text}\n2027-03-20,57.5,31.9,invented,a test\n", "utf-8")
    code, _, err = snapback(*words, "--tariffs", steps)
    assert code == 0 and "Average tariffs" not in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("coding", "--threshold", "0"), "expected a score above 0"),
        (("coding", "--out", "no/such.csv"), "in a folder that exists"),
        (("replay", "--tariffs", "none.csv"), "none.csv: cannot be read"),
    ],
)
def test_wrong_uses_of_the_coding_are_one_sentence(snapback, words, sentence):
    code, out, err = snapback(*words)
    assert (code, out) == (2, "") and sentence in err and err.count("\n") == 1


def test_free_runs_need_the_months_before_them(snapback, few):
    code, out, _ = snapback("score", "--test", "2026-11:2026-12", "--runs", "5", "--choices", few)
    assert code == 0 and "No free runs: they begin from the record, which ends with 2026-09" in out


def test_the_chances_of_free_runs_by_month_are_in_the_json(snapback, few):
    code, out, _ = snapback("score", "--test", "2026-10:2026-11", "--runs", "5", "--choices", few, "--json")
    document = json.loads(out)
    assert code == 0 and document["n"] == 0 and document["model"] == {"log_loss": None, "brier": None}
    for rows in document["free_runs"]["chances"].values():
        assert len(rows) == 2 and all(abs(sum(row.values()) - 1) < 1e-5 for row in rows)
