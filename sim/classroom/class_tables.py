"""The tables of a class, from its log: the Parquet of a study, and what people said and predicted."""

import hashlib
from collections.abc import Mapping
from math import nan
from pathlib import Path
from typing import Final

import pandas as pd

from sim.classroom.class_state import Classroom, Event, Match
from sim.domain.constants import MOVES
from sim.domain.terms import ACCOUNTS, by_account
from sim.engines.recorder import moves_frame
from sim.lessons import questions
from sim.reports.run.offers import offers_of
from sim.scenarios.initial_state import names_of
from sim.storage.atomic_write import atomic_file, write_file
from sim.storage.provenance import MADE_WITH, as_json, code_digest, versions_of
from sim.storage.results_folder import MANIFEST
from sim.studies.store import CELLS, RUNS
from sim.studies.study_spec import MOST_RUNS

GUESSES: Final = ["run", "seat", "number", *MOVES, "outcome"]  # shares of three moves, and the one that came
ANSWERS: Final = ["seat", "when", "question", "choice", "confidence", "right"]


def write_tables(room: Classroom, folder: Path) -> list[str]:
    """Write the tables and the manifest of a class: their names. A cell is a half of it, a run a game."""
    right = {question["id"]: question["right"] for question in questions()}
    who = {None: "machine"} | {k: seat["name"] for k, seat in enumerate(room.seats)}
    treated = [m.treated for m in room.matches]
    cells = [{"cell": k, "set": " ".join(room.changes[k]), MOST_RUNS: treated.count(k)} for k in (0, 1)]
    answers = [
        row
        | {"seat": who[row["seat"]]}
        | {"right": float(row["choice"] == right[row["question"]]) if row["question"] in right else None}
        for row in room.answers.values()
    ]
    guesses = [
        {"run": m.number, "seat": who[m.seats[k]], "number": n}
        | {move: share / 100 for move, share in zip(MOVES, shares, strict=True)}
        | {"outcome": None if outcome is None else MOVES[outcome]}
        for m in room.matches
        for k in (0, 1)
        for n, shares, outcome in m.predictions(k)
    ]
    moves = [moves_frame([], names_of(room.source)), *(_moves(m, who, room.setup.t) for m in room.matches)]
    tables = {
        CELLS: pd.DataFrame(cells),
        f"{RUNS}/class.parquet": pd.DataFrame([_run(m, who) for m in room.matches]),
        "moves.parquet": pd.concat(moves[1:] or moves, ignore_index=True),
        "predictions.parquet": pd.DataFrame(guesses, columns=GUESSES),
        "answers.parquet": pd.DataFrame(answers, columns=ANSWERS),
        "seats.parquet": pd.DataFrame(room.seats, columns=["name", "form", "ready"]),
    }
    if room.source.talks is not None:
        offers = [{"run": m.number, **offer} for m in room.matches for offer in offers_of(m.game())]
        tables["talks.parquet"] = pd.DataFrame(offers)
    sums = {}
    for name, table in tables.items():
        with atomic_file(folder / name) as part:
            table.to_parquet(part, index=False)
            sums[name] = hashlib.sha256(part.read_bytes()).hexdigest()
    about = room.setup.model_dump(exclude={"teacher", "code"}) | {"title": f"A class: {room.source.title}"}
    about["more_minutes"] = room.more
    origin = {"code": code_digest(), "versions": versions_of(MADE_WITH), "sha256": sums}
    write_file(folder / MANIFEST, as_json(about | origin))
    return [*tables, MANIFEST]


def _run(m: Match, who: Mapping[int | None, str]) -> Event:
    game, codes = m.game(), m.game().names.governments
    about: Event = {"cell": m.treated, "run": m.number, "round": m.round, "seed": m.seed}
    about |= {f"player_{codes[k]}": who[m.seats[k]] for k in (0, 1)}
    for k, code in enumerate(codes):
        costs = zip(ACCOUNTS, by_account(game.costs(k)), strict=True)
        about |= {f"cost_{account}_{code}": x for account, x in costs}
    return about | {"finished": not game.questions, "error": None}


def _moves(m: Match, who: Mapping[int | None, str], began: float) -> pd.DataFrame:
    """The decisions of a game, in the columns of `moves.csv`: who said them, when asked, how quickly."""
    game = m.game()
    frame = moves_frame(game.decisions, game.names).assign(
        run=m.number, who="machine", asked=nan, seconds=nan
    )
    people = [k for k, d in enumerate(game.decisions) if d.government < 2]
    frame.loc[people, "who"] = [who[m.said_by[n]] for n in range(len(people))]
    if began:
        frame.loc[people, "asked"] = [round(m.arrival[n] - began, 3) for n in range(len(people))]
        frame.loc[people, "seconds"] = [round(m.seconds[n], 3) for n in range(len(people))]
    return frame
