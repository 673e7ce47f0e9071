"""What screens of a class show: what is known there, and before the reveal nothing of results."""

from collections.abc import Callable

from sim.classroom.class_state import Classroom, Event, Match
from sim.domain.decision import Decision
from sim.domain.terms import by_account

VISIBLE = ("can_", "my_", "their_", "days_", "stock_")  # what a board has of a view: no values, no luck
AFTERWARDS = ("reveal", "after", "end")


def student_screen(room: Classroom, seat: int) -> Event:
    """What a seat sees: itself, until all are ready how many are, and its game."""
    one, match = room.seats[seat], room.current.get(seat)
    about = {key: one[key] for key in ("name", "words", "form", "ready", "silent")}
    about |= {"phase": room.phase, "round": room.round}
    if room.phase == "join":
        about["count"] = [sum(s["ready"] for s in room.seats), len(room.seats)]
    about["answers"] = [f"{when}:{what}" for number, when, what in room.answers if number == seat]
    return about | {"game": _board(room, match, match.seats.index(seat)) if match else None}


def _board(room: Classroom, match: Match, place: int) -> Event:
    """A side of a game: what it is asked unless it is first to predict, what others did, what it paid."""
    game, due = match.game(), match.due[place]
    about: Event = {"match": match.number, "place": place, "due": due, "day": game.day}
    about |= {"over": not game.questions, "count": len(match.own(place)) + 1}
    about |= {"machine": room.by_machine(match, 1 - place)}
    if room.phase in AFTERWARDS:
        return about | {"result": _result(match), "treated": match.treated}
    if due is not None:
        return about
    since = max((d.day for d in game.decisions if d.government == place), default=game.start)
    news = [d for d in game.decisions if d.day >= since and d.partner == place and d.government != place]
    turns = [
        {"number": number, "partner": turn.partner, "reason": turn.reason}
        | {"acts": [act._asdict() for act in game.acts[number]]}
        | {key: value for key, value in turn.view._asdict().items() if key.startswith(VISIBLE)}
        for number, turn in match.questions(place).items()
    ]
    return about | {"turns": turns, "news": [_row(d) for d in news], "costs": game.costs(place)}


def _row(d: Decision) -> Event:
    acts = [act._asdict() for act in d.acts]
    return {"day": d.day, "government": d.government, "partner": d.partner, "move": d.move, "acts": acts}


def _result(match: Match) -> Event:
    """What came of a game: costs and predictions, and what its code says, by which a page plays it again."""
    game = match.game()
    guesses = [
        [{"shares": shares, "outcome": o} for _, shares, o in match.predictions(k) if o is not None]
        for k in (0, 1)
    ]
    costs = [by_account(game.costs(k)) for k in range(len(game.strategies))]
    return {"costs": costs, "guesses": guesses, "seed": match.seed, "said": game.said, "chosen": game.choices}


def teacher_screen(room: Classroom, here: Callable[[int], bool]) -> Event:
    """What the teacher sees: dots of seats and games; no results before the reveal."""
    seats = [
        {"name": s["name"], "ready": s["ready"], "silent": s["silent"], "here": here(k)}
        for k, s in enumerate(room.seats)
    ]
    games = [_progress(room, match) for match in room.matches if match.round == room.round]
    about = {"phase": room.phase, "phases": room.phases, "code": room.setup.code}
    return about | {"seats": seats, "games": games}


def _progress(room: Classroom, match: Match) -> Event:
    """How far a game is, and the moves of its two sides."""
    game = match.game()
    sides = [
        {"moves": [d.move for d in game.decisions if d.government == place]}
        | {"machine": room.by_machine(match, place), "waits": len(match.questions(place))}
        for place in (0, 1)
    ]
    about: Event = {"treated": match.treated, "over": not game.questions, "day": game.day, "sides": sides}
    return about | ({"result": _result(match)} if room.phase in AFTERWARDS else {})
