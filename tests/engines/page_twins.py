"""Runs of the ensemble and of the rules that pages run, compared."""

import base64
import json
import random
import shutil
import subprocess
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.domain.run_record import OfferRecord
from sim.engines.compiler.prepared_scenario import prepare
from sim.engines.compiler.run_parameters import ValueRange
from sim.engines.ensemble import simulate
from sim.engines.page_rules import FILE, byte_places, page_world
from sim.engines.run_spec import RunSpec
from sim.engines.talks import speakers_of
from sim.strategies.strategy_register import find

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="the rules of pages are run by Node, which is not here")
ENGINE = Path(sim.__file__).parent / "reports" / "page" / "web" / "engine.js"
SETTINGS = 33
CLOSE = 1e-9  # [bn USD]
NUMBERS = {"US": "renewal_belief", "CN": "horizon_months"}


def assert_same_on_pages(folder, scenario, settings=SETTINGS, force=(), seed=0, changes=()):
    """Play a scenario by both, under so many settings: strategies, luck and numbers drawn by a seed.

    How many decisions there were, and how many offers.
    """
    drawn = random.Random(seed)
    spec = RunSpec.of(scenario, force=force, overrides=changes)
    source = spec.load()
    paths = [] if source.game else [f"{code}.{name}" for code, name in NUMBERS.items()]
    ready = prepare(spec, {path: ValueRange(0.25, 0.75, False) for path in paths})
    layout, content = page_world(ready)
    wishes, lives = [], []
    for k in range(settings):
        players = {code: find(drawn.choice(sim.strategy_names())) for code in source.governments}
        seed, run = drawn.getrandbits(63), drawn.getrandbits(32)
        values = {path: drawn.random() for path in paths}
        one = replace(ready, strategies=players)
        lives.append(
            simulate(
                replace(one, world=one.world._replace(memories=np.zeros((len(players) ** 2, 8)))),
                np.array([run]),
                seed=seed,
                values={path: np.array([value]) for path, value in values.items()},
                record=True,
            )
        )
        wishes.append(
            {
                "seed": str(seed),
                "run": run,
                "players": [
                    {"name": s.name, "numbers": list(s.parameters.values())} for s in players.values()
                ],
                "speakers": [
                    {"name": p.name, "numbers": list(p.parameters.values())}
                    for p in chain(*speakers_of(source))
                ],
                "forces": ready.forces.tolist(),
                "numbers": [
                    (byte_places(ready.places[path], layout), value) for path, value in values.items()
                ],
                "watched": k % 2 == 1,
            }
        )
    answers = played_in_node(
        folder, {"layout": layout, "bytes": base64.b64encode(content).decode(), "wishes": wishes}
    )
    decisions = offers = 0
    for life, answer in zip(lives, answers, strict=True):
        (record,) = life.records
        decisions += len(record.moves)
        offers += len(record.offers)
        for name in ("moves", "acts", "changes"):
            ours = [list(row) for row in getattr(record, name)]
            assert [row[:8] if name == "moves" else row for row in ours] == [
                row[:8] if name == "moves" else row for row in answer[name]
            ]
        np.testing.assert_allclose(
            np.reshape(record.offers, (-1, len(OfferRecord._fields))),
            np.reshape(answer["offers"], (-1, len(OfferRecord._fields))),
            atol=CLOSE,
        )
        np.testing.assert_allclose(
            [m.pressure for m in record.moves], [m[8] for m in answer["moves"]], atol=CLOSE
        )
        np.testing.assert_allclose(np.ravel(record.tariffs), answer["tariffs"], atol=CLOSE)
        np.testing.assert_allclose(np.ravel(life.terms), answer["costs"], atol=CLOSE)
    return decisions, offers


def played_in_node(folder, asked):
    """What Node says of runs that are asked for."""
    file = folder / "asked.json"
    file.write_text(json.dumps(asked), "utf-8")
    words = [NODE, folder / "page_runs.mjs", folder / "engine.mjs", FILE, file]
    shutil.copy(Path(__file__).with_name("page_runs.mjs"), folder)
    shutil.copy(ENGINE, folder / "engine.mjs")
    answer = subprocess.run(words, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)
