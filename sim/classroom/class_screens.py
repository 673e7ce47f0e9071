"""What screens of a class show: what is known there, and before the reveal nothing of results."""

from collections.abc import Callable

from sim.classroom.class_state import Classroom, Event, Match
from sim.domain.constants import ACTS, MOVES, REASONS
from sim.domain.decision import Decision
from sim.domain.terms import COSTS, by_account

VISIBLE = ("can_", "my_", "their_", "days_", "stock_")  # what a board has of a view: no values, no luck
AFTERWARDS = ("reveal", "after", "end")
ByMachine = Callable[[Match, int], bool]  # whether the machine plays a side of a game


def student_screen(room: Classroom, seat: int, by_machine: ByMachine) -> Event:
    """What a seat sees: itself, how many are ready, and its game."""
    one, match, ready = room.seats[seat], room.current.get(seat), sum(s["ready"] for s in room.seats)
    about = {key: one[key] for key in ("name", "words", "form", "ready")}
    about |= {"phase": room.phase, "round": room.round, "count": [ready, len(room.seats)]}
    about |= {"answers": [f"{when}:{what}" for number, when, what in room.answers if number == seat]}
    return about | {"game": _board(room, match, match.seats.index(seat), by_machine) if match else None}


def _board(room: Classroom, match: Match, place: int, by_machine: ByMachine) -> Event:
    """A side of a game: what it is asked unless it is first to predict, what others did, what it paid."""
    game, decisions, due = match.game(), match.game().decisions, match.due[place]
    about: Event = {"match": match.number, "place": place, "due": due, "day": game.day}
    about |= {"over": not game.questions, "count": len(match.own(place)) + 1}
    about |= {"machine": by_machine(match, 1 - place)}
    if room.phase in AFTERWARDS:
        return about | {"result": _result(match), "treated": match.treated}
    if due is not None:
        return about
    since = max((d.day for d in decisions if d.government == place), default=game.start)
    news = [d for d in decisions if d.day >= since and d.partner == place and d.government != place]
    turns = [
        {"number": n, "partner": turn.partner, "reason": REASONS[turn.reason]}
        | {key: value for key, value in turn.view._asdict().items() if key.startswith(VISIBLE)}
        for n, turn in match.questions(place).items()
    ]
    costs = dict(zip(COSTS, game.costs(place), strict=True))
    return about | {"turns": turns, "news": [_row(match, d) for d in news], "costs": costs}


def _row(match: Match, d: Decision) -> Event:
    measures = match.game().source.measures
    acts = [[ACTS[a.act], measures[a.measure].title] for a in d.acts]
    return {"day": d.day, "who": d.government, "whom": d.partner, "move": MOVES[d.move], "acts": acts}


def _result(match: Match) -> Event:
    """A game after the reveal: costs, decisions with what each move was worth, predictions, its luck."""
    game = match.game()
    rows = [_row(match, d) | {"values": [c.value for c in d.candidates]} for d in game.decisions]
    costs = [by_account(game.costs(k)) for k in range(len(game.strategies))]
    guesses = [match.predictions(0), match.predictions(1)]
    return {"costs": costs, "decisions": rows, "guesses": guesses, "seed": match.seed, "said": game.said}


def teacher_screen(room: Classroom, here: Callable[[int], bool], by_machine: ByMachine) -> Event:
    """What the teacher sees: dots of seats and games; no results before the reveal."""
    answered = [seat for seat, _, _ in room.answers]
    seats = [
        {"name": s["name"], "ready": s["ready"], "here": here(k), "answers": answered.count(k)}
        for k, s in enumerate(room.seats)
    ]
    games = [
        {"seats": m.seats, "treated": m.treated, "over": not m.game().questions, "day": m.game().day}
        | {"moves": [[d.government, MOVES[d.move]] for d in m.game().decisions if d.government < 2]}
        | {"machine": [by_machine(m, k) for k in (0, 1)], "waits": [len(m.questions(k)) for k in (0, 1)]}
        | ({"result": _result(m)} if room.phase in AFTERWARDS else {})
        for m in room.matches
        if m.round == room.round
    ]
    about = {"phase": room.phase, "phases": room.phases, "round": room.round, "code": room.setup.code}
    return about | {"seats": seats, "games": games}
