"""The tables of a class: a study's, the same bytes from the same log, whatever happened in between."""

import json
import random
import shutil
import subprocess
from itertools import pairwise

import pandas as pd
import pytest

import sim
from sim.classroom import hosting
from sim.classroom.class_screens import deals_of
from sim.classroom.class_state import LOG, ClassSetup, read_log
from sim.classroom.class_tables import write_tables
from sim.classroom.game_code import PERSON, CodedGame, events_of, game_of, version_of
from sim.domain.constants import MOVE_OF_ACT
from sim.domain.dates import iso
from sim.domain.errors import ResultsError
from sim.domain.terms import by_account
from sim.engines.ensemble import ensemble
from sim.reports.page.page_file import WEB
from sim.reports.run.offers import offers_of
from sim.rules.talks.bids import DELEGATE
from sim.studies.store import runs_of


@pytest.fixture
def played(hold):
    """A class of three that has played to the end."""
    room = hold(treatment=("deals.busan.CN.stake=4",))
    room.join(3)
    room.say(0, "answer", text="lesson 1a", choice=2, confidence=0.8)
    room.server.obey("pairs")
    room.play(0, 1, 2)
    room.server.obey("end")
    return room


def test_the_runs_are_read_as_those_of_a_study(played, tmp_path):
    write_tables(read_log(played.folder), tmp_path / "out")
    runs = runs_of(tmp_path / "out")
    assert list(runs.cell) == [0, 1]
    assert list(runs["set"]) == ["", "deals.busan.CN.stake=4"]
    assert runs.finished.all() and runs.error.isna().all()
    assert runs.cost_economy_US.notna().all()


def test_moves_have_the_columns_of_a_run_and_who_said_them_and_how_quickly(played, tmp_path):
    write_tables(read_log(played.folder), tmp_path)
    moves = pd.read_parquet(tmp_path / "moves.parquet")
    columns = list(sim.TradeModel("busan", until="2025-11-30").run().moves.columns)
    assert list(moves.columns) == [*columns, "run", "who", "asked", "seconds"]
    names = {seat["name"] for seat in played.room.seats}
    assert set(moves.who) == names | {"machine"}
    assert (moves.seconds >= 0).all()


def test_predictions_say_what_happened(played, tmp_path):
    write_tables(read_log(played.folder), tmp_path)
    predictions, moves = (pd.read_parquet(tmp_path / f"{name}.parquet") for name in ("predictions", "moves"))
    assert (predictions[["escalate", "hold", "relax"]] == [0.25, 0.5, 0.25]).all().all()
    assert set(predictions.outcome) >= {"escalate", "hold"}
    for run, rows in predictions.groupby("run"):
        of_run = moves[moves.run == run]
        for name, guesses in rows.groupby("seat"):
            own = of_run[of_run.who == name]
            theirs = of_run[of_run.government != own.government.iloc[0]]
            days = [*own.date, pd.Timestamp.max]
            between = [set(theirs.move[theirs.date.between(a, b, "left")]) for a, b in pairwise(days)]
            outcomes = [next((m for m in ("escalate", "relax") if m in s), "hold") for s in between]
            assert list(guesses.outcome) == outcomes[: len(guesses)]
    answers = pd.read_parquet(tmp_path / "answers.parquet")
    assert answers.right.tolist() == [1.0]


def test_a_log_that_is_cut_anywhere_goes_on_and_gives_the_same_bytes_as_its_lines(hold, tmp_path):
    room = hold()
    room.join(2)
    room.server.obey("pairs")
    room.play(0, 1, rounds=12)
    log = (room.folder / LOG).read_bytes()
    first = log.index(b"\n") + 1
    for cut in random.Random(1).sample(range(first, len(log)), 5):
        folder = tmp_path / str(cut)
        folder.mkdir()
        (folder / LOG).write_bytes(log[:cut])
        again, file = hosting.open_log(read_log(folder).setup, folder)
        file.close()
        whole = log[: log.rfind(b"\n", 0, cut) + 1]
        assert (folder / LOG).read_bytes() == whole
        write_tables(again, folder / "one")
        write_tables(read_log(folder), folder / "two")
        files = [path for path in (folder / "one").rglob("*") if path.is_file()]
        assert len(files) == 7
        for path in files:
            assert path.read_bytes() == (folder / "two" / path.relative_to(folder / "one")).read_bytes()


def test_rounds_and_minutes_that_were_added_are_played_again_to_the_same_bytes(hold, tmp_path, snapback_here):
    room = hold()
    room.join(3)
    for order in ("alone", "reveal", "anew", "extend"):
        room.server.obey(order)
    room.play(0, 1, 2, rounds=3)
    room.server.obey("end")
    write_tables(room.room, room.folder)
    code, out, _ = snapback_here("class", "--check", str(room.folder))
    assert code == 0 and "the same bytes" in out
    assert list(pd.read_parquet(room.folder / "runs" / "class.parquet")["round"]) == [1, 1, 1, 2, 2]
    assert json.loads((room.folder / "manifest.json").read_text("utf-8"))["more_minutes"] == 5


def test_talks_of_games_are_a_table_with_the_keys_of_a_run_s_talks(hold, tmp_path):
    room = hold(scenario="busan_eve")
    room.join(2)
    room.server.obey("pairs")
    room.play(0, 1, rounds=20)
    names = write_tables(room.room, tmp_path)
    talks = pd.read_parquet(tmp_path / "talks.parquet")
    run = sim.TradeModel("busan_eve", rng=2, until="2025-12-20").run()
    keys = next(offer for offer in offers_of(run) if offer["ending"] == "accepted")
    assert names.index("talks.parquet") and list(talks.columns) == ["run", *keys]
    deals = deals_of(room.room.matches[0].game())
    agreed = talks[talks.ending == "accepted"]
    assert list(agreed.due_on) == [iso(deal["due_on"]) for deal in deals]
    given = [sorted(act["measure"] for acts in gives.values() for act in acts) for gives in agreed.gives]
    assert [len(measures) for measures in given] == [deal["gives"] + deal["gets"] for deal in deals] != []
    assert list(agreed.fulfilled) == [{"US": False, "CN": False}] * len(deals)


def codes_by_node(tmp_path, games, version):
    """Codes as pages make them."""
    shutil.copy(WEB / "code.js", tmp_path / "code.mjs")
    script = (
        f"import {{ codeOf }} from {json.dumps((tmp_path / 'code.mjs').as_uri())};"
        f"for (const g of {json.dumps([{**g._asdict(), 'said': g.moves, 'chosen': g.acts} for g in games])}) "
        f"console.log(codeOf(g, {json.dumps(version)}))"
    )
    words = ["node", "--input-type=module", "-e", script]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()


needs_node = pytest.mark.skipif(
    shutil.which("node") is None, reason="codes are made by Node, which is not here"
)


@needs_node
def test_a_code_that_a_page_made_is_read_and_a_wrong_letter_is_seen(tmp_path):
    luck = random.Random(3)
    games = [
        CodedGame(
            luck.randrange(2), luck.randrange(32), luck.randrange(2**20), luck.choices((0, 1, 2), k=k), {}, []
        )
        for k in (0, 1, 2, 20, 45)
    ]
    games.append(games[-1]._replace(acts={0: [(1, 3)], 7: [(2, 0), (5, 255)]}))
    games += [game._replace(words=luck.choices(range(33), k=9)) for game in games[-2:]]
    codes = codes_by_node(tmp_path, games, "abcdef012345")
    assert [game_of(code.lower().replace("0", "O"), "abcdef012345") for code in codes] == games
    for code in codes:
        with pytest.raises(ResultsError, match="other rules"):
            game_of(code, "abcdef012346")
        for k, letter in enumerate(code.partition(".")[0]):
            if letter != "-":
                with pytest.raises(ResultsError):
                    game_of(code[:k] + ("A" if letter != "A" else "B") + code[k + 1 :], "abcdef012345")


@pytest.mark.parametrize("text", ["", "-", "nonsense!", "7", "Z" * 401, "..", "0."])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(ResultsError, match="letter may be wrong"):
        game_of(text, "abcdef012345")


@needs_node
@pytest.mark.parametrize("scenario", ["busan", "busan_eve"])
def test_codes_of_games_give_the_tables_of_a_class(tmp_path, scenario):
    setup = ClassSetup(scenario=scenario, digest=sim.scenario(scenario).digest)
    holding = CodedGame(
        0, sim.strategy_names().index("hold"), 5, [1] * 90, {}, [DELEGATE]
    )  # more than the game asks for
    (code,) = codes_by_node(tmp_path, [holding], version_of(scenario, ()))
    events = events_of([code], setup)
    (tmp_path / LOG).write_text("".join(json.dumps(event) + "\n" for event in events), "utf-8")
    write_tables(read_log(tmp_path), tmp_path)
    runs = runs_of(tmp_path)
    terms = ensemble(scenario, runs=1, seed=5, strategy=["US=hold", "CN=hold"]).terms[0]
    costs = [cost for row in terms.tolist() for cost in by_account(row)]
    columns = [f"cost_{account}_{code}" for code in ("US", "CN") for account in ("economy", "politics")]
    assert runs[columns].iloc[0].tolist() == pytest.approx(costs)
    assert runs.player_CN[0] == "machine" and runs.finished[0]


@needs_node
def test_codes_of_a_class_without_a_network_are_its_tables_in_both_halves(
    hold, tmp_path, monkeypatch, snapback_here
):
    treatment = "deals.busan.CN.stake=4"
    room = hold(treatment=(treatment,))
    room.join(4)
    room.server.obey("pairs")
    for match in room.room.matches:
        seat = next(seat for seat in match.seats if room.screen(seat)["game"]["turns"])
        (turn,) = room.screen(seat)["game"]["turns"]
        act = next([a["act"], a["measure"]] for a in turn["acts"] if MOVE_OF_ACT[a["act"]] == 0)
        room.move(seat, 0, [act])
    room.play(0, 1, 2, 3)
    write_tables(room.room, tmp_path / "played")
    games = [m.game() for m in room.room.matches]
    coded = [
        CodedGame(0, PERSON, m.seed, g.said, g.choices, [])
        for m, g in zip(room.room.matches, games, strict=True)
    ]
    halves = [version_of("busan", texts) for texts in room.room.changes]
    codes = [codes_by_node(tmp_path, [game], halves[half])[0] for half, game in enumerate(coded)]
    (tmp_path / "codes.txt").write_text("\n".join(codes), "utf-8")

    monkeypatch.setattr("socket.socket", None)  # there is no network
    files = "--collect", str(tmp_path / "codes.txt"), "--out", str(tmp_path / "codes")
    code, out, _ = snapback_here("class", "busan", "--treatment", treatment, *files)
    assert code == 0 and "Written to" in out
    one, other = (runs_of(tmp_path / name) for name in ("played", "codes"))
    costs = [column for column in one if column.startswith("cost_")]
    assert other[["cell", "seed", "finished", *costs]].equals(one[["cell", "seed", "finished", *costs]])
    assert games[0].choices and list(other.cell) == [0, 1]
    assert snapback_here("class", "--check", str(tmp_path / "codes"))[0] == 0
