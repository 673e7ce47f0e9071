"""`snapback forecast` as its users meet it: cards written, sealed, scored, and refused."""

import json
import shlex
from pathlib import Path

import pytest
from calling import called
from json_schemas import check_json

from sim.forecasting.card import KIND, card_digest, read_card

ROOT = Path(__file__).parents[2]
ASK = ("forecast", "--as-of", "2025-12-31", "--event", "cn_ga_ge_sb_ban:in_force", "--by", "2026-11-28")
RESOLVE, SOURCE = ("forecast", "--resolve"), ("--source", "a gazette")
FEW = ("--draws", "6", "--runs", "2")
ENDS = ("--event", "us_reciprocal_24+cn_reciprocal_24:ends", "--by", "2026-11-11")

SEALED = {  # sealed for good: no change of code may change one of these
    "ban-as-of-2026-10-08-by-2026-11-28": (
        "db22793e00018365e863083685164827af322a4413bb9da5d4269d3e8f1f9412"
    ),
    "ban-as-of-2026-10-08-by-2027-01-31": (
        "2b7333128923559f7e5d4eb941ef861018c4dbd2d8ec63f9bc0d5b595bd42036"
    ),
    "busan-2025-12-31-2026-11-10-ends-by-2026-11-11-first-sealed": (
        "aa3e57ef5f0632d73b0c284fc3c2fef0b5eba9f46671c98d798fd763e2b00a15"
    ),
    "busan-2025-12-31-2026-11-10-ends-by-2026-11-11": (
        "5d1a6d937494b60d5d4e77789138c1b1e9611941c301d21b5139a4254915eda4"
    ),
    "busan-2025-12-31-cn-ga-ge-sb-ban-in-force-by-2026-11-28-first-sealed": (
        "b39e4483a37cad3231733cc2380372544bf27dfd0990f8897a563122e8139124"
    ),
    "busan-2025-12-31-cn-ga-ge-sb-ban-in-force-by-2026-11-28": (
        "7a71d65253c59d6070272581940ce36959e3ee2a025b1558ee74caed2a59a0f3"
    ),
    "busan-2025-12-31-us-reciprocal-24-cn-reciprocal-24-ends-by-2026-11-11-first-sealed": (
        "8b042b7b1d76028f57de01cfdcfe1d138361096119161f313e409386a16a6b4c"
    ),
    "busan-2025-12-31-us-reciprocal-24-cn-reciprocal-24-ends-by-2026-11-11": (
        "3308ce1bb8b888755cdbe8276bcc0b25dfd97e52c09b359732dec8cf5f08db76"
    ),
}


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    """A small card of how two promises end, written once."""
    folder = tmp_path_factory.mktemp("card")
    assert called(*ASK[:3], *ENDS, *FEW, "--out", folder / "card.json", "--json") == 0
    return (folder / "card.json").read_text("utf-8")


def test_a_card_and_its_picture_are_written_and_the_same_again(snapback):
    code, out, err = snapback(*ASK, *FEW, "--format", "svg")
    assert (code, err) == (0, "")
    assert "is in force on any day after 31 December 2025, up to 28 November 2026" in " ".join(out.split())
    assert "none has been fitted to the record" in " ".join(out.split())
    place = Path("results/forecasts/busan-2025-12-31-cn-ga-ge-sb-ban-in-force-by-2026-11-28.json")
    picture = place.with_suffix(".svg")
    assert sorted(place.parent.iterdir()) == sorted([place, picture])
    before = place.read_bytes(), picture.read_bytes()
    assert snapback(*ASK, *FEW, "--format", "svg")[0] == 0
    assert (place.read_bytes(), picture.read_bytes()) == before
    stored = read_card(place)
    assert stored["kind"] == KIND
    assert stored["written"] == stored["as_of"] == "2025-12-31"
    assert stored["outcomes"] == ["yes", "no"]
    assert (
        len(stored["scenario"]["sha256"])
        == len(stored["events"]["sha256_to_as_of"])
        == len(stored["code"])
        == 64
    )
    assert "numba" in stored["versions"]
    assert stored["draws"] == 6
    assert " --draws 6 --runs 2 --seed 1" in stored["command"]


def test_a_number_that_is_set_is_not_drawn_and_is_on_the_card(snapback):
    words = ("--set", "CN.renewal_belief=0.1", "--strategy", "US=hold", "--seed", "4")
    code, out, _ = snapback(*ASK, *FEW, *words, "--out", "a.json", "--json")
    assert code == 0
    stored = read_card(Path("a.json"))
    assert json.loads(out) == stored
    assert stored["set"] == ["CN.renewal_belief=0.1"]
    assert not {"CN.renewal_belief", "US.strategy.precision"} & set(stored["drawn"])
    assert "as the user gave them" in stored["caution"]


def test_the_story_of_a_path_can_be_read(snapback, card):
    path = next(p for p in json.loads(card)["paths"] if p["story"] and p["outcome"] == "extended")
    code, out, _ = snapback(*shlex.split(path["story"])[1:])
    assert code == 0
    assert f"run {path['run_as_shipped']}." in out
    assert "is told to hold" in out


@pytest.mark.parametrize(
    ("outcome", "on"), [("broken", "2026-03-01"), ("lapsed", None), ("extended", "2026-11-12")]
)
def test_a_card_is_scored_beside_even_chances_and_the_record(snapback, card, outcome, on):
    Path("card.json").write_text(card, "utf-8")
    code, out, err = snapback(*RESOLVE, "card.json", outcome, *SOURCE, *(("--on", on) if on else ()))
    assert (code, err) == (0, "")
    assert "equal probabilities" in out
    check_json("forecast", Path("card.resolved.json").read_text("utf-8"))
    result = json.loads(Path("card.resolved.json").read_text("utf-8"))
    assert result["on"] == (on or "2026-11-11")
    assert result["source"] == "a gazette" and "(a gazette)" in out
    assert set(result["scores"]) == {"card", "as_shipped", "even", "truces", "measures"}
    chances = json.loads(card)["chances"]
    probabilities = {name: max(c["chance"], 0.5 / 12) for name, c in chances.items()}  # half of 12 runs
    total = sum(probabilities.values())
    brier = sum((p / total - (name == outcome)) ** 2 for name, p in probabilities.items())
    assert result["scores"]["card"]["brier"] == pytest.approx(brier, abs=1e-5)
    assert result["scores"]["card"]["chance"] == pytest.approx(probabilities[outcome] / total, abs=1e-5)
    assert result["scores"]["even"]["brier"] == pytest.approx(0.75)
    assert snapback(*RESOLVE, "card.json", outcome, *SOURCE)[0] == 0
    other = next(name for name in probabilities if name != outcome)
    assert "was resolved as" in snapback(*RESOLVE, "card.json", other, *SOURCE)[2]


REFUSED = {
    "a card that was changed": (("card.json", "broken"), "changed since it was written"),
    "an outcome there is not": (("good.json", "brokn"), "did you mean broken"),
    "an outcome that cannot be known yet": (("good.json", "extended", "2026-11-10"), "not known before"),
    "an outcome of before the forecast": (("good.json", "broken", "2025-12-31"), "after 2025-12-31"),
    "a day that is none": (("good.json", "broken", "soon"), "expected a date"),
    "a card there is not": (("none.json", "broken"), "none.json: cannot be read"),
    "a file that is no card": (("other.json", "broken"), "expected a forecast card"),
    "a file that is no JSON": (("text.json", "broken"), "expected a forecast card in JSON"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_scored_is_refused_in_one_sentence(snapback, card, what):
    changed = json.loads(card)
    changed["chances"]["broken"]["chance"] = 0.99
    files = {"card.json": json.dumps(changed), "good.json": card, "other.json": "{}", "text.json": "hello"}
    for name, text in files.items():
        Path(name).write_text(text, "utf-8")
    (path, outcome, *on), expected = REFUSED[what]
    code, out, err = snapback(*RESOLVE, path, outcome, *SOURCE, *(("--on", *on) if on else ()))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert expected in err
    assert sorted(p.name for p in Path().iterdir()) == sorted(files)


WRONG = {
    "a measure there is not": ((*ASK[:4], "cn_gallium:in_force", *ASK[5:]), "no measure 'cn_gallium'"),
    "a status there is not": ((*ASK[:4], "cn_ga_ge_sb_ban:in_forse", *ASK[5:]), "did you mean in_force"),
    "a day before as-of": ((*ASK[:6], "2025-12-31"), "by: expected a day after"),
    "a day that is none": ((*ASK[:6], "November"), "by: expected a date as YYYY-MM-DD"),
    "an as-of that the record does not cover": (
        (ASK[0], "--as-of", "2026-10-09", *ASK[3:]),
        "covers (to 2026-10-08), got 2026-10-09; give later rows by --events, or ask a scenario that starts",
    ),
    "no event": (ASK[:3], "expected --event, --by too"),
    "a card that is no JSON file": ((*ASK, "--out", "card.png"), "ends in .json"),
    "a file that is no card": (
        (*ASK, "--out", "full/precious.json"),
        "expected a new file or a forecast card",
    ),
    "a file in place of a folder": ((*ASK, "--out", "full/precious.json/a.json"), "no folder that one may"),
    "a picture that is somebody's": ((*ASK, "--out", "full/holiday.json"), "belongs to no card"),
    "a record there is not": ((*ASK, "--events", "no.csv"), "no.csv"),
    "a scenario there is not": ((*ASK, "--scenario", "busam"), "did you mean busan"),
    "a number there is not": ((*ASK, "--set", "US.renewal_beleif=1"), "did you mean renewal_belief"),
    "an as-of beyond the scenario": (
        (ASK[0], "--as-of", "2027-03-01", *ASK[3:]),
        "ask a scenario of that day by --scenario, or one that extends this one with a later end",
    ),
    "a day of scoring without a card": ((*ASK, "--on", "2026-03-01"), "--on and --source go with --resolve"),
    "an outcome without a source": ((*RESOLVE, "full/precious.json", "yes"), "where the outcome can be read"),
    "a question with a card": ((*ASK, "--resolve", "a.json", "yes"), "expected --resolve alone"),
}


def test_cards_that_fell_due_and_are_open_are_listed_and_no_others(snapback, card, monkeypatch):
    from sim.cli import forecast_command

    class Day(forecast_command.date):
        today = classmethod(lambda cls: cls(2026, 11, 12))

    monkeypatch.setattr(forecast_command, "date", Day)
    folder = Path("results/forecasts")
    assert "No card in results/forecasts fell due" in snapback("forecast", "--due")[1]
    folder.mkdir(parents=True)
    for name in ("open.json", "scored.json"):
        (folder / name).write_text(card, "utf-8")
    assert snapback(*RESOLVE, folder / "scored.json", "broken", *SOURCE)[0] == 0
    code, out, _ = snapback("forecast", "--due")
    assert code == 0 and "2026-11-11: results/forecasts/open.json" in out and "scored" not in out
    assert "extended, lapsed, broken" in out
    Day.today = classmethod(lambda cls: cls(2026, 11, 11))
    assert "No card" in snapback("forecast", "--due")[1]


@pytest.mark.parametrize("what", WRONG)
def test_bad_input_gets_one_sentence_exit_code_2_and_writes_nothing(snapback, what):
    Path("full").mkdir()
    Path("full/precious.json").write_text("{}")
    Path("full/holiday.png").write_text("sun")
    words, expected = WRONG[what]
    code, out, err = snapback(*words)
    assert (code, out) == (2, "")
    assert err.startswith("snapback: ")
    assert err.count("\n") == 1
    assert expected in err
    assert sorted(str(p) for p in Path().rglob("*")) == ["full", "full/holiday.png", "full/precious.json"]


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_played(snapback):
    Path("locked").mkdir(mode=0o555)
    try:
        Path("locked/try").touch()
    except OSError:
        code, _, err = snapback(*ASK, "--out", "locked/a.json")
        assert code == 2
        assert "no folder that one may write in" in err
    else:
        pytest.skip("whoever may write anywhere cannot be refused")


def test_a_card_that_was_scored_is_not_replaced(snapback, card):
    Path("a.json").write_text(card, "utf-8")
    assert snapback(*RESOLVE, "a.json", "broken", *SOURCE)[0] == 0
    code, _, err = snapback(*ASK, *FEW, "--out", "a.json")
    assert code == 2
    assert "has been scored" in err
    assert Path("a.json").read_text("utf-8") == card


def test_what_is_known_and_not_played_is_told(snapback):
    _, out, _ = snapback(*ASK, *FEW)
    assert (
        "Known by 2025-12-31 but not simulated, because no measure of the scenario stands for it: US251208."
        in out
    )


CARDS = sorted((ROOT / "results" / "forecasts").glob("*.json"))


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.stem)
def test_a_sealed_card_is_what_it_was_and_can_still_be_read(path):
    assert card_digest(read_card(path)) == SEALED[path.stem]
    assert path.with_suffix(".png").stat().st_size > 1000
    assert read_card(path)["command"] in (path.parent / "README.md").read_text("utf-8")


def test_no_sealed_card_is_missing():
    assert {path.stem for path in CARDS} == set(SEALED)
