"""The same names give the same luck, and nothing else does."""

import os
import subprocess
import sys

import sim

PROGRAM = """
import hashlib, sim
model = sim.TradeModel("busan", rng=11, run=3, force="US:escalate@2026-03-02").run()
tables = (model.moves, model.measures, model.state)
print(hashlib.sha256("".join(t.to_csv() for t in tables).encode()).hexdigest())
"""


def test_hash_seed_folder_and_clock_change_nothing(tmp_path):
    seen = set()
    for hash_seed, zone, folder in (("0", "UTC", "."), ("4242", "Asia/Shanghai", tmp_path)):
        env = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", PROGRAM],
            cwd=folder,
            env=env,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        seen.add(done.stdout)
    assert len(seen) == 1


def draws(seed, run):
    model = sim.TradeModel("busan", rng=seed, run=run).run()
    return {d.view.luck for d in model.decisions}


def test_runs_of_another_seed_or_number_share_no_draw():
    found = [draws(seed, run) for seed in (1, 2, 3) for run in (0, 1, 2)]
    assert len(set().union(*found)) == sum(len(x) for x in found)


def test_a_changed_world_differs_from_its_twin_only_from_the_change_on():
    plain = sim.TradeModel("busan", rng=5).run()
    changed = sim.TradeModel("busan", rng=5, force="US:escalate@2026-06-02").run()
    before = plain.state.date < "2026-06-02"
    assert plain.state[before].equals(changed.state[before])
    early = plain.moves.date < "2026-06-02"
    assert plain.moves[early].equals(changed.moves[: early.sum()])
    luck = {(d.day, d.government): d.view.luck for d in plain.decisions}
    shared = [d for d in changed.decisions if (d.day, d.government) in luck]
    assert len(shared) > 10
    assert all(d.view.luck == luck[d.day, d.government] for d in shared)


def test_a_run_can_be_made_alone_and_in_any_order():
    alone = sim.TradeModel("busan", rng=5, run=7).run().moves
    for run in (9, 7, 8):
        model = sim.TradeModel("busan", rng=5, run=run).run()
        assert model.moves.equals(alone) == (run == 7)
