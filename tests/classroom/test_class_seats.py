"""Seats, games and what is said in them, by the server of a class without a network."""

import asyncio
import json
import re
import time
from typing import get_args

import pytest
from pydantic import ValidationError

from sim.classroom import class_server, hosting
from sim.classroom.class_server import ABSENT, SILENT, Saying
from sim.domain.constants import DEAL, MOVE_OF_ACT
from sim.reports.page import page_file

OWN = {path.name: path.read_text("utf-8") for path in hosting.WEB.glob("*.js")}
WORDS, PAGE = (
    json.loads((folder / name).read_text("utf-8"))
    for folder, name in ((hosting.WEB, "class_words.json"), (page_file.WEB, "words.json"))
)


def test_the_code_of_the_screens_is_short_and_makes_no_markup_of_text():
    assert sum(len(text.splitlines()) for text in OWN.values()) <= 250
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", "".join(OWN.values())
    )


def test_every_word_of_the_screens_is_there_in_every_language_with_the_same_blanks():
    blanks = {
        code: {k: set(re.findall(r"{\w+}", text)) for k, text in w.items()} for code, w in WORDS.items()
    }
    assert blanks.keys() == PAGE.keys() and all(table == blanks["en"] for table in blanks.values())
    asked = {key for text in OWN.values() for key in re.findall(r"\bsay\(\"([\w.]+)\"", text)}
    asked |= {f"class.order.{order}" for order in get_args(class_server.Order)}
    assert asked <= WORDS["en"].keys() | PAGE["en"].keys()


def test_names_and_words_are_many_and_different():
    lines = [line.split() for line in class_server.NAMES]
    assert len(lines[0]) * len(lines[1]) > 10 * class_server.MOST_SEATS
    assert len(set(lines[2])) == len(lines[2]) > 256


def test_who_joins_twice_has_one_seat_and_who_comes_back_has_his_own(hold):
    room = hold()
    seat = room.enter(token="a" * 32)
    assert room.enter(token="a" * 32) == seat
    assert room.enter("resume", "", token="a" * 32) == seat
    assert len(room.room.seats) == 1


def test_seats_have_different_names_and_the_log_has_no_token(hold):
    room = hold()
    room.join(40)
    assert len({seat["name"] for seat in room.room.seats}) == 40
    log = (room.folder / "log.jsonl").read_text("utf-8")
    assert not any(token in log for token in room.tokens.values())


def test_three_words_move_a_seat_to_another_device(hold):
    room = hold()
    seat = room.enter(token="a" * 32)
    words = room.screen(seat)["words"]
    assert room.enter("words", f"  {words.upper()} ", token="b" * 32) == seat
    assert room.enter("resume", "", token="a" * 32) == "unknown"


def test_after_five_wrong_codes_an_address_waits_and_no_other(hold):
    room = hold()
    assert [room.enter(text="WRONGX") for _ in range(6)] == ["wrong"] * 5 + ["slow"]
    assert room.enter() == "slow"
    assert room.enter("words", "one two three") == "slow"
    assert room.enter(address="1.2.3.5") == 0
    assert room.enter("resume", "", token=room.tokens[0]) == 0


def test_the_games_begin_only_when_all_who_are_there_are_ready(hold):
    room = hold()
    seats = [room.enter() for _ in range(4)]
    for seat in seats[:3]:
        room.say(seat, "ready")
    room.server.obey("pairs")
    assert room.room.phase == "join"
    room.leave(seats[3])
    room.server.obey("pairs")
    assert room.room.phase == "play"


def test_the_odd_one_and_whoever_comes_late_play_the_machine(hold):
    room = hold()
    room.join(3)
    room.server.obey("pairs")
    assert sorted(m.seats.count(None) for m in room.room.matches) == [0, 1]
    late = room.enter()
    room.say(late, "ready")
    assert room.room.current[late].seats == [late, None]
    assert room.screen(late)["game"]["machine"]


def test_half_of_the_games_are_treated_and_the_other_half_in_the_next_round(hold):
    room = hold(treatment=("deals.busan.CN.stake=4",))
    room.join(8)
    room.server.obey("pairs")
    first = {tuple(m.seats): m.treated for m in room.room.matches}
    assert sorted(first.values()) == [0, 0, 1, 1]
    room.server.obey("reveal")
    room.server.obey("again")
    second = {tuple(m.seats): m.treated for m in room.room.matches[4:]}
    assert second == {seats: 1 - treated for seats, treated in first.items()}
    treated = next(m for m in room.room.matches if m.treated)
    assert treated.game().source.deals[0].stakes["CN"].value == 4


def test_all_play_the_machine_where_the_teacher_wants_it(hold):
    room = hold(treatment=("deals.busan.CN.stake=4",), side=1)
    room.join(4)
    room.server.obey("alone")
    assert sorted(m.seats[1] for m in room.room.matches) == [0, 1, 2, 3]
    assert all(m.seats[0] is None for m in room.room.matches)
    assert sorted(m.treated for m in room.room.matches) == [0, 0, 1, 1]
    room.play(*range(4), rounds=2)
    assert all(room.screen(seat)["game"]["count"] == 3 for seat in range(4))


@pytest.mark.parametrize("count", [4, 5])
def test_new_rounds_bring_other_partners_and_another_odd_one(hold, count):
    room = hold()
    room.join(count)
    for order in ("pairs", "anew", "anew"):
        room.server.obey(order)
        assert room.room.phase == "play" and len(room.room.current) == count
        room.server.obey("reveal")
    assert [event["round"] for event in room.events("round")] == [1, 2, 3]
    met = [frozenset(match.seats) for match in room.room.matches]
    assert len(set(met)) == len(met) == 3 * ((count + 1) // 2)


def test_whoever_came_late_does_not_hold_up_a_new_round(hold):
    room = hold()
    room.join(2)
    room.server.obey("pairs")
    room.server.obey("reveal")
    late = room.enter()
    room.server.obey("anew")
    assert room.room.phase == "play" and late not in room.room.current


def test_five_more_minutes_are_given_while_games_are_on(hold):
    room = hold()
    room.join(2)
    for order in ("extend", "pairs", "extend", "pause", "extend", "reveal", "extend"):
        room.server.obey(order)
    assert room.screen(None)["more"] == 10
    assert [event["minutes"] for event in room.events("extend")] == [5, 5]


def turn_of(room, seat):
    """What a seat is asked, after a prediction that is due."""
    game = room.screen(seat)["game"]
    if game["due"] is not None:
        room.say(seat, "guess", match=game["match"], number=game["due"], shares=[20, 30, 50])
        game = room.screen(seat)["game"]
    return next(iter(game["turns"]), None)


def until_due(room):
    """Begin a game with talks, and let both sides hold until acts of a deal are due."""
    room.join(2)
    room.server.obey("pairs")
    seats = room.room.matches[0].seats
    while not any(turn and turn["reason"] == DEAL for turn in [turn_of(room, seat) for seat in seats]):
        for seat in seats:
            room.move(seat)
    return seats


@pytest.mark.parametrize("move", [0, 1], ids=["escalates", "holds"])
def test_a_deal_is_told_and_who_left_what_of_it_undone(hold, move):
    room = hold(scenario="busan_eve")
    seats = until_due(room)
    day = room.screen(seats[0])["game"]["day"]
    for seat in seats:
        (deal,) = [item for item in room.screen(seat)["game"]["news"] if "due_on" in item]
        assert (deal["due_on"], deal["undone"]) == (day, [])
        assert len(deal["kept"]) == deal["gives"] + deal["gets"]
    room.move(seats[0], move)
    room.move(seats[1], 2)
    while not turn_of(room, seats[1]):
        room.move(seats[0])
    news = room.screen(seats[1])["game"]["news"]
    assert not any("due_on" in item for item in news)  # it was told before it was due
    (missed,) = next(item["undone"] for item in news if "undone" in item)
    room.server.obey("reveal")
    after = room.screen(seats[0])["game"]["result"]["deals"][0]
    assert after["undone"] == [missed] and missed["government"] == 0 and after["kept"]
    assert sorted([*after["kept"], *missed["measures"]]) == sorted(deal["kept"])
    own = {m.title for m in room.room.source.measures if m.issuer == "US"}
    assert own.issuperset(missed["measures"]) and own.isdisjoint(after["kept"])
    told = [(d["government"], d["move"], d["reason"]) for d in news if d["day"] == day and "move" in d]
    assert told == [(0, move, DEAL)]
    assert [game["deals"] for game in room.screen(None)["games"]] == [{"all": 1, "broken": 1}]


def test_the_server_tells_a_seat_its_last_prediction_where_the_next_one_begins(hold):
    room = hold()
    room.join(1)
    room.server.obey("alone")
    room.move(0)
    assert "shares" not in room.screen(0)["game"]
    turn_of(room, 0)
    room.move(0)
    assert room.screen(0)["game"]["shares"] == [20, 30, 50]


def test_a_move_said_twice_or_late_or_by_the_other_side_changes_nothing(hold):
    room = hold()
    room.join(2)
    room.server.obey("pairs")
    match = room.room.matches[0]
    seat, other = match.seats
    while not (turns := room.screen(seat)["game"]["turns"]):
        room.move(other)
    said = {"match": 0, "number": turns[0]["number"], "move": 0}
    before = len(room.events("move"))
    room.say(other, "move", **said)
    for _ in range(3):
        room.say(seat, "move", **said)
    room.say(seat, "move", match=5, number=said["number"])
    assert len(room.events("move")) == before + 1


def test_nothing_new_is_shown_until_one_has_predicted(hold):
    room = hold()
    room.join(1)
    room.server.obey("pairs")
    assert room.move(0)
    game = room.screen(0)["game"]
    assert game["due"] is not None
    assert "turns" not in game and "news" not in game
    room.say(0, "guess", match=0, number=game["due"], shares=None)
    assert room.screen(0)["game"]["turns"]


def test_a_guess_said_twice_at_once_counts_once(hold):
    room = hold()
    room.join(1)
    room.server.obey("pairs")
    room.move(0)
    due = room.screen(0)["game"]["due"]
    for _ in range(2):  # from two tabs, with no screen in between
        room.say(0, "guess", match=0, number=due, shares=(50, 25, 25))
    assert len(room.events("guess")) == 1 and room.screen(0)["game"]["turns"]


def test_nothing_of_values_beliefs_luck_or_results_is_sent_before_the_reveal(hold):
    room = hold()
    room.join(2)
    room.server.obey("pairs")
    room.play(0, 1, rounds=6)
    for screen in (room.screen(0), room.screen(1), room.screen(None)):
        text = str(screen)
        assert not any(
            word in text for word in ("now_", "later_", "belief", "luck", "values", "result", "seed")
        )
    room.server.obey("reveal")
    assert "seed" in str(room.screen(0)) and "costs" in str(room.screen(None))


def pair(room):
    """The two seats of a game that has begun: the one that is asked, and its partner."""
    room.join(2)
    room.server.obey("pairs")
    seats = room.room.matches[0].seats
    return sorted(seats, key=lambda seat: not room.screen(seat)["game"]["turns"])


def test_the_machine_plays_for_whoever_is_long_gone_openly_and_until_he_is_back(hold):
    room = hold()
    other, seat = pair(room)
    room.leave(other)
    room.wait(ABSENT - 5)
    assert not room.screen(seat)["game"]["machine"]
    room.wait(10)
    room.play(seat)
    assert room.screen(seat)["game"]["machine"] and room.screen(seat)["game"]["over"]
    assert any(event["seat"] is None for event in room.events("move"))
    room.come(other)
    assert not room.screen(seat)["game"]["machine"]


def test_the_machine_plays_for_whoever_is_silent_until_the_next_click(hold):
    room = hold()
    other, seat = pair(room)
    room.wait(SILENT - 5)
    assert not room.screen(other)["silent"] and not room.events("move")
    room.wait(10)
    assert room.screen(other)["silent"] and room.screen(seat)["game"]["machine"]
    assert [s["silent"] for s in room.screen(None)["seats"]] == [k == other for k in (0, 1)]
    assert room.screen(seat)["game"]["turns"], "the machine has moved on to the partner"
    room.wait(2 * SILENT)
    assert not room.screen(seat)["silent"], "nobody waits for him who has a machine for a partner"
    room.say(other, "ready")
    assert not room.screen(other)["silent"] and not room.screen(seat)["game"]["machine"]
    room.play(seat, other)
    who = [event["seat"] for event in room.events("move")]
    assert who[0] is None and other in who


def test_nobody_is_silent_who_thinks_in_a_pause_or_plays_the_machine(hold):
    room = hold()
    other, _ = pair(room)
    room.server.obey("pause")
    room.wait(2 * SILENT)
    room.server.obey("play")
    room.wait(SILENT - 5)
    late = room.enter()
    room.say(late, "ready")
    room.leave(late)
    room.later += 2 * SILENT
    assert room.server.keeps_waiting(other) and not room.server.keeps_waiting(late)
    room.server.obey("reveal")
    room.server.look_round()
    assert not any(seat["silent"] for seat in room.room.seats)


def test_where_all_lines_are_lost_nobody_plays(hold):
    room = hold()
    for seat in pair(room):
        room.leave(seat)
    room.wait(1e3)
    assert not room.events("move")


def test_acts_that_are_ticked_carry_the_move_if_they_can(hold):
    room = hold()
    seat, _ = pair(room)
    (turn,) = room.screen(seat)["game"]["turns"]
    one = next([a["act"], a["measure"]] for a in turn["acts"] if MOVE_OF_ACT[a["act"]] == 0)
    for acts in ([one, [1, 99]], [[5, one[1]]]):
        room.move(seat, 0, acts)
    room.move(seat, 2, [one])  # it escalates, and carries no other move
    assert not room.events("move")
    room.move(seat, 0, [one])
    game = room.room.matches[0].game()
    decision = next(d for d in game.decisions if d.government == turn_place(room, seat))
    assert [list(act) for act in decision.acts] == [one] and game.choices == {0: [tuple(one)]}


def turn_place(room, seat):
    return room.room.matches[0].seats.index(seat)


def test_in_a_pause_no_move_counts(hold):
    room = hold()
    room.join(1)
    room.server.obey("pairs")
    room.server.obey("pause")
    room.move(0)
    assert not [event for event in room.events("move") if event["seat"] is not None]
    room.server.obey("play")
    room.move(0)
    assert len([event for event in room.events("move") if event["seat"] is not None]) == 1


def test_an_answer_counts_once_and_only_to_a_question_that_is_asked(hold):
    room = hold()
    seat = room.enter()
    room.say(seat, "answer", text="lesson 1a", choice=2, confidence=0.8)
    room.say(seat, "answer", text="lesson 1a", choice=3, confidence=0.8)
    room.say(seat, "answer", text="two", choice=3)
    room.say(seat, "answer", text="lesson 1a", when="after", choice=1)
    assert [(event["when"], event["choice"]) for event in room.events("answer")] == [
        ("before", 2),
        ("after", 1),
    ]


def test_a_class_that_has_lasted_three_hours_is_ended(hold):
    room = hold(t=time.time() - 3 * 3600 - 1)
    stopped = []
    room.server.stop = lambda: stopped.append(True)
    asyncio.run(asyncio.wait_for(room.server.watch(), 10))
    assert room.room.phase == "end" and stopped


@pytest.mark.parametrize(
    "text",
    [
        '{"do": "ready", "more": 1}',
        '{"do": "fly"}',
        '{"do": "move", "move": 3}',
        '{"do": "move", "move": "0"}',
        '{"do": "guess", "shares": [101, 0, 0]}',
        '{"do": "guess", "shares": [50, 50]}',
        '{"do": "move", "acts": [[1, "x"]]}',
        '{"do": "join", "token": "short"}',
        '{"do": "answer", "choice": -1}',
        "[]",
        "",
    ],
)
def test_whatever_has_another_form_is_refused(text):
    with pytest.raises(ValidationError):
        Saying.model_validate_json(text)
