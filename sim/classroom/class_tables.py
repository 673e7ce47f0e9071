"""The tables of a class, from its log: the Parquet of a study, and what people said and predicted."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd

from sim.classroom.class_state import Classroom, ClassSetup, Event, Match
from sim.classroom.game_code import PERSON, CodedGame, game_of, version_of
from sim.domain.constants import EXTEND
from sim.domain.errors import ResultsError
from sim.domain.terms import ACCOUNTS, by_account
from sim.engines.recorder import moves_frame
from sim.scenarios.initial_state import names_of
from sim.storage.atomic_write import atomic_file, write_file
from sim.storage.provenance import MADE_WITH, as_json, code_digest, versions_of
from sim.storage.results_folder import MANIFEST
from sim.strategies.strategy_register import find, names
from sim.studies.store import CELLS, RUNS
from sim.studies.study_spec import MOST_RUNS


def write_tables(room: Classroom, folder: Path, right: Mapping[str, int]) -> list[str]:
    """Write the tables and the manifest of a class; a cell is a half of the class, a run a game.

    Args:
        room: the class.
        folder: where to.
        right: which choice of a question is right, from 0.

    Returns:
        The files, the manifest last.
    """
    who = [seat["name"] for seat in room.seats] + ["machine"]  # at the end, where None is looked up as -1
    halves = [[m for m in room.matches if m.treated == k] for k in (0, 1)]
    changes = (*room.setup.set,), (*room.setup.set, *room.setup.treatment)
    answers = [
        {**{k: row[k] for k in ("when", "question", "choice", "confidence")}, "seat": who[row["seat"]]}
        | {"right": float(row["choice"] == right[row["question"]]) if row["question"] in right else None}
        for row in room.answers.values()
    ]
    guesses = [
        {"run": m.number, "seat": who[_place(m.seats[k])], "number": n, "share": share, "happened": happened}
        for m in room.matches
        for k in (0, 1)
        for n, share, happened in m.predictions(k)
    ]
    moves = [moves_frame([], names_of(room.source)), *(_moves(m, who, room.setup.t) for m in room.matches)]
    tables = {
        CELLS: pd.DataFrame(
            [{"cell": k, "set": " ".join(changes[k]), MOST_RUNS: len(halves[k])} for k in (0, 1)]
        ),
        f"{RUNS}/class.parquet": pd.DataFrame([_run(m, who) for m in room.matches]),
        "moves.parquet": pd.concat(moves[1:] or moves, ignore_index=True),
        "predictions.parquet": pd.DataFrame(guesses, columns=["run", "seat", "number", "share", "happened"]),
        "answers.parquet": pd.DataFrame(
            answers, columns=["seat", "when", "question", "choice", "confidence", "right"]
        ),
        "seats.parquet": pd.DataFrame(room.seats, columns=["name", "form", "ready"]),
    }
    sums = {}
    for name, table in tables.items():
        with atomic_file(folder / name) as part:
            table.to_parquet(part, index=False)
            sums[name] = hashlib.sha256(part.read_bytes()).hexdigest()
    about = room.setup.model_dump(exclude={"teacher", "code"}) | {"title": f"A class: {room.source.title}"}
    origin = {"code": code_digest(), "versions": versions_of(MADE_WITH), "sha256": sums}
    write_file(folder / MANIFEST, as_json(about | origin))
    return [*tables, MANIFEST]


def _place(seat: int | None) -> int:
    return -1 if seat is None else seat


def _run(m: Match, who: Sequence[str]) -> Event:
    game, codes = m.game(), m.game().names.governments
    about: Event = {"cell": m.treated, "run": m.number, "round": m.round, "seed": m.seed}
    about |= {f"player_{codes[k]}": who[_place(m.seats[k])] for k in (0, 1)}
    for k, code in enumerate(codes):
        costs = zip(ACCOUNTS, by_account(game.costs(k)), strict=True)
        about |= {f"cost_{account}_{code}": x for account, x in costs}
    return about | {"finished": not game.questions, "error": None}


def _moves(m: Match, who: Sequence[str], began: float) -> pd.DataFrame:
    """The decisions of a game, in the columns of `moves.csv`: who said them, when asked, how quickly."""
    game = m.game()
    places = [k for k, d in enumerate(game.decisions) if d.government < 2]
    about = pd.DataFrame(index=range(len(game.decisions)), columns=["run", "who", "asked", "seconds"])
    about["run"], about["who"] = m.number, "machine"
    about.loc[places, "who"] = [who[_place(m.said_by[n])] for n in range(len(places))]
    about = about.astype({"asked": float, "seconds": float})
    if began:
        about.loc[places, "asked"] = [round(m.arrival[n] - began, 3) for n in range(len(places))]
        about.loc[places, "seconds"] = [round(m.seconds[n], 3) for n in range(len(places))]
    return moves_frame(game.decisions, game.names).join(about)


def events_of(codes: Sequence[str], setup: ClassSetup) -> list[Event]:
    """The log of a class whose games are known by their codes; raises ResultsError if one is wrong."""
    from sim.engines.page_rules import plays

    room, events, machines = Classroom(setup), [setup.model_dump()], [s for s in names() if plays(find(s))]

    def record(kind: str, **about: object) -> None:
        events.append({"event": kind, "t": 0.0, **about})
        room.apply(events[-1])

    governments, measures = list(room.source.governments), room.source.measures
    for k, text in enumerate(codes):
        treated, game = _game_of(text, setup)
        if game.opponent not in (PERSON, *range(len(machines))):
            raise ResultsError(f"code {text[:60]!r}: expected an opponent that pages of this version have")
        sides: list[int | None] = [None, None]
        for place in (0, 1) if game.opponent == PERSON else (game.seat,):
            sides[place] = len(room.seats)
            record("seat", name=f"code {k + 1} {governments[place]}", token="", words="", form=0)
        others = [f"{governments[p]}={machines[game.opponent]}" for p in (0, 1) if sides[p] is None]
        about = {"seats": sides, "treated": treated, "seed": game.seed, "strategy": others}
        record("round", round=1, games=[about])
        match, place = room.matches[-1], 0
        while questions := match.questions(0, 1):
            number, turn = min(questions.items())
            seat = sides[turn.government]
            if seat is not None and place >= len(game.moves):
                break
            of_pair = [
                m
                for m, row in enumerate(measures)
                if [row.issuer, row.target] == [governments[turn.government], governments[turn.partner]]
            ]
            acts = (
                [[a, m] for a, own in game.acts.get(place, ()) for m in (of_pair if a == EXTEND else [own])]
                if seat is not None
                else []
            )
            move = None if seat is None else game.moves[place]
            place += seat is not None
            record("move", seat=seat, match=match.number, number=number, move=move, acts=acts)
    return events


def _game_of(text: str, setup: ClassSetup) -> tuple[int, CodedGame]:
    """The game of a code, and whether it is of the half that is treated."""
    if setup.treatment:
        with suppress(ResultsError):
            return 1, game_of(text, version_of(setup.scenario, (*setup.set, *setup.treatment)))
    return 0, game_of(text, version_of(setup.scenario, setup.set))
