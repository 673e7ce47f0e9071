"""What the ensemble does to processes: imports, kept machine code, threads, memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
pytestmark = pytest.mark.usefixtures("compiled_once")


def told(program: str, **environment: str) -> dict[str, float]:
    """What a program run in a process of its own prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def test_one_world_runs_without_numba():
    program = """
import json, sys, sim
from sim.cli import app
sim.TradeModel("busan", rng=1, until="2025-11-20").run()
print(json.dumps({"numba": int("numba" in sys.modules or "llvmlite" in sys.modules)}))
"""
    assert told(program) == {"numba": 0}


STARTED = """
import json
from sim.engines.ensemble import ensemble
terms = ensemble("busan", runs=2, seed=1).terms
from sim.engines.run_batch import loop
(hits,) = loop().stats.cache_hits.values() or (0,)
print(json.dumps({"kept": hits, "sum": terms.sum()}))
"""


def test_the_second_process_compiles_nothing_anew():
    first, second = told(STARTED), told(STARTED)
    assert second["kept"] == 1
    assert first["sum"] == second["sum"]


@pytest.mark.slow
def test_where_nothing_can_be_kept_it_is_compiled_anew(tmp_path):
    file = tmp_path / "file"
    file.write_text("no folder", "utf-8")
    found = told(STARTED, NUMBA_CACHE_DIR=str(file))
    assert found["kept"] == 0
    assert found["sum"] == told(STARTED)["sum"]


GROWN = """
import json, resource
from sim.engines.ensemble import ensemble
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
ensemble("busan", runs=200, seed=1, until="2025-12-31")
before = peak()
ensemble("busan", runs=15000, seed=1, until="2025-12-31")
print(json.dumps({"grown": peak() - before}))
"""


def test_memory_does_not_grow_with_runs_but_for_their_costs():
    pytest.importorskip("resource")
    costs = 15_000 * 2 * 7 * 8 / 2**20  # [MB]: runs, governments, terms
    assert told(GROWN)["grown"] < costs + 12.0  # lives that are kept would take 200 MB
