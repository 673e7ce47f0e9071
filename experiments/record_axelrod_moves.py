"""Record what strategies of the Axelrod library play, move by move, for the tests to compare with.

The library pulls in gigabytes, so it is in none of the extras. In an environment of its own:

    python3 -m venv axelrod-env && axelrod-env/bin/pip install axelrod
    axelrod-env/bin/python experiments/record_axelrod_moves.py

writes `tests/engines/axelrod_moves.json`: 200 rounds without noise of every pair of our strategies'
counterparts, and of each against opponents whose moves depend on nobody.
"""

import json
from importlib.metadata import metadata
from itertools import combinations_with_replacement
from pathlib import Path

import axelrod as axl

ROUNDS = 200
SEED = 1984
OURS = {
    "hold": axl.Cooperator,
    "always_escalate": axl.Defector,
    "tit_for_tat": axl.TitForTat,
    "grim": axl.Grudger,
    "win_stay_lose_shift": axl.WinStayLoseShift,
    "tit_for_two_tats": axl.TitFor2Tats,
    "gradual": axl.OriginalGradual,  # of 1996; axl.Gradual is another rule, of 2018
    "contrite": axl.ContriteTitForTat,
}
SCRIPTED = {
    "Alternator": axl.Alternator,
    "Cycler CCD": axl.CyclerCCD,
    "Cycler DDC": axl.CyclerDDC,
    "Cycler CCCCCD": axl.CyclerCCCCCD,
    "Random 0.5": axl.Random,
}
TARGET = Path(__file__).parents[1] / "tests" / "engines" / "axelrod_moves.json"


def moves(first: type, second: type) -> list[str]:
    """The moves of two players over all rounds, C and D, a text each."""
    played = axl.Match((first(), second()), turns=ROUNDS, seed=SEED).play()
    return ["".join(str(pair[k]) for pair in played) for k in (0, 1)]


def main() -> None:
    """Play all pairs and write them down."""
    about = metadata("axelrod")
    record = {
        "library": f"axelrod {about['Version']}",
        "licence": "MIT, Copyright (c) 2015 The Axelrod-Python project team members",
        "source": "https://github.com/Axelrod-Python/Axelrod",
        "rounds": ROUNDS,
        "seed": SEED,
        "matches": [
            {"players": [a, b], "moves": moves(OURS[a], OURS[b])}
            for a, b in combinations_with_replacement(OURS, 2)
        ],
        "scripted": [
            {"players": [a, b], "moves": moves(OURS[a], SCRIPTED[b])} for a in OURS for b in SCRIPTED
        ],
    }
    TARGET.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
