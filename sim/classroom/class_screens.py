"""What screens of a class show: what is known there, and before the reveal nothing of results."""

from collections.abc import Callable

from sim.classroom.class_state import Classroom, Event, Match
from sim.domain.constants import ACCEPTED, DEAL, HOLD, RELAX
from sim.domain.decision import Decision
from sim.domain.terms import by_account
from sim.engines.live_game import LiveGame
from sim.rules.talks.bids import DELEGATE

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
        shares = [match.guesses[number] for number in match.own(place) if number in match.guesses]
        return about | ({"shares": shares[-1]} if shares else {})
    since = max((d.day for d in game.decisions if d.government == place), default=game.start)
    theirs = [d for d in game.decisions if d.day >= since and d.partner == place]
    news = [_row(d) for d in theirs if d.move != HOLD or d.reason == DEAL]
    deals = deals_of(game)
    news += [deal for deal in deals if deal["day"] >= since]
    news += [
        {"day": deal["due_on"], "undone": deal["undone"]}
        for deal in deals
        if deal["day"] < since <= deal["due_on"] and deal["undone"]
    ]
    turns = [
        {"number": number, "partner": turn.partner, "reason": turn.reason}
        | {"acts": [act._asdict() for act in game.acts[number]]}
        | {key: value for key, value in turn.view._asdict().items() if key.startswith(VISIBLE)}
        for number, turn in match.questions(place).items()
    ]
    news.sort(key=lambda item: int(item["day"]))
    return about | {"turns": turns, "news": news, "costs": game.costs(place)}


def _row(d: Decision) -> Event:
    about = {key: getattr(d, key) for key in ("day", "government", "partner", "move", "reason")}
    return about | {"acts": [act._asdict() for act in d.acts]}


def deals_of(game: LiveGame) -> list[Event]:
    """What was agreed in talks: measures that are conceded, or still to be, and who left which undone."""
    deals = []
    for o in (o for o in game.talks.offers if o.ending == ACCEPTED):
        couple = sorted((o.proposer, o.responder))
        agenda = enumerate(game.talks.agendas[o.day, couple[0], couple[1]])
        package = [act for k, act in agenda if o.package >> k & 1]
        between = [d for d in game.decisions if sorted((d.government, d.partner)) == couple]
        gifts = [d for d in between if d.day == o.day or (d.day == o.due_on and d.move == RELAX)]
        concessions = {act.measure for d in gifts for act in d.acts}
        concessions |= {k for k, measure in enumerate(game.world.measures) if measure.due_on == o.due_on}
        about = {key: getattr(o, key) for key in ("day", "due_on", "proposer", "responder", "gives", "gets")}
        titles = {act: game.source.measures[act.measure].title for act in package}
        rest = {
            k: [titles[a] for a in package if a.government == k and a.measure not in concessions]
            for k in couple
        }
        about["kept"] = [titles[act] for act in package if act.measure in concessions]
        about["undone"] = [{"government": k, "measures": rows} for k, rows in rest.items() if rows]
        deals.append(about)
    return deals


def _result(match: Match) -> Event:
    """What came of a game: costs and predictions, and what its code says, by which a page plays it again."""
    game = match.game()
    guesses = [
        [{"shares": shares, "outcome": o} for _, shares, o in match.predictions(k) if o is not None]
        for k in (0, 1)
    ]
    costs = [by_account(game.costs(k)) for k in range(len(game.strategies))]
    about = {"seed": match.seed, "said": game.said, "chosen": game.choices}
    about["words"] = [] if game.source.talks is None else [*match.words, DELEGATE]
    return about | {"costs": costs, "guesses": guesses, "deals": deals_of(game)}


def teacher_screen(room: Classroom, here: Callable[[int], bool]) -> Event:
    """What the teacher sees: dots of seats and games; no results before the reveal."""
    seats = [
        {"name": s["name"], "ready": s["ready"], "silent": s["silent"], "here": here(k)}
        for k, s in enumerate(room.seats)
    ]
    now = [match for match in room.matches if match.round == room.round]
    games = [_progress(room, k, match) for k, match in enumerate(now)]
    about = {"phase": room.phase, "phases": room.phases, "code": room.setup.code, "more": room.more}
    return about | {"seats": seats, "games": games}


def _progress(room: Classroom, k: int, match: Match) -> Event:
    """How far the k-th game is, and the moves of its two sides."""
    game = match.game()
    sides = [
        {"moves": [d.move for d in game.decisions if d.government == place]}
        | {"machine": room.by_machine(match, place), "waits": len(match.questions(place))}
        for place in (0, 1)
    ]
    about: Event = {"treated": match.treated, "over": not game.questions, "day": game.day, "sides": sides}
    deals = deals_of(game)
    about["deals"] = {"all": len(deals), "broken": sum(bool(deal["undone"]) for deal in deals)}
    about["name"] = f"{chr(ord('A') + k % 26)}{k // 26 or ''}"  # never a person's
    return about | ({"result": _result(match)} if room.phase in AFTERWARDS else {})
