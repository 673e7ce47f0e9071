"""How fast runs are: medians of interleaved repetitions, the ensemble beside Mesa and two other libraries.

    snapback bench

Everything but the two threads is measured in processor time of this process, held on one core
where the system can do that, so that what else the machine does disturbs little. Every
repetition plays all sides one after the other, with a seed of its own.

The iterated prisoner's dilemma has 200 turns, tit-for-tat against random, noise 0.05. Axelrod-Python lets
both hands tremble. EGTtools has no noise of its own, but two players of tit-for-tat that err, `EpsilonTFT`
and `ImperfectTFT`; a random player's errors change nothing, so all these matches are the same in law. The two
differ in speed by a factor of thirty: the first is what comparisons of simulators have timed, the second what
EGTtools can do.
"""

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib import import_module
from json import loads
from typing import Any

import numpy as np
from rich.console import Console

from sim.cli.terminal import print_json, print_table
from sim.engines.ensemble import ensemble
from sim.engines.run_spec import RunSpec
from sim.outcomes import parse
from sim.scenarios.load import scenario as load
from sim.studies.engine_choice import outcome_values
from sim.studies.executors import cores

OUTCOMES = ("cost:government=US", "cost:government=CN", "days_to_first_escalation", "spiral_length")
PLAYERS = ("ROW=tit_for_tat", "COL=random_move:escalate=0.5,relax=0")
TARGETS = {
    "busan_vs_mesa": ">= 400",
    "busan_with_talks_vs_without": ">= 0.85",
    "ipd_vs_axelrod": ">= 50",
    "ipd_vs_egttools": ">= 10",
    "ipd_vs_egttools_imperfect": "",  # printed beside the other: it has no target
    "two_threads_vs_one": ">= 1.8",
}
TURNS, NOISE = 200, 0.05  # of a match
RUNS = 400  # of the ensemble in a repetition
LATER = """
import time
began = time.perf_counter()
from sim.engines.ensemble import ensemble
ensemble("busan", runs=1)
print(time.perf_counter() - began)
"""
MEMORY = """
import json, pathlib, resource, sys
from sim.engines.run_spec import RunSpec
from sim.outcomes import parse
from sim.studies.engine_choice import outcome_values
busan = RunSpec("busan").load()
outcomes = [parse("cost", busan, busan.end.toordinal()), parse("peak_tariff", busan, busan.end.toordinal())]
unit = 2**20 if sys.platform == "darwin" else 2**10
status = pathlib.Path("/proc/self/status")  # elsewhere the system's figure, which may be the parent's
def peak():
    lines = status.read_text().splitlines() if status.exists() else []
    figures = [int(line.split()[1]) / 2**10 for line in lines if line.startswith("VmHWM")]
    return figures[0] if figures else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
memory = {}
for runs in (2_000, 20_000):
    outcome_values(RunSpec("busan", until="2025-12-10", runs=runs), outcomes)
    memory[runs] = peak()
print(json.dumps(memory))
"""
Side = tuple[Callable[[int], Any], int]  # what simulates runs of a seed, and how many
Play = Callable[[int, int], Any]  # some matches of a seed


@contextmanager
def one_core() -> Iterator[None]:
    """Keep this process on one core meanwhile, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def seconds(sides: Mapping[str, Side], repeat: int, clock: Callable[[], float]) -> dict[str, list[float]]:
    """Seconds a run of every side, a figure a repetition, the sides in turn."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for seed in range(repeat):
        for name, (play, runs) in sides.items():
            before = clock()
            play(seed)
            times[name].append((clock() - before) / runs)
    return times


def ratio(times: Mapping[str, list[float]], slow: str, fast: str) -> float:
    """Median over repetitions of how many times the seconds of one side are those of another."""
    return statistics.median(a / b for a, b in zip(times[slow], times[fast], strict=True))


def figures(repeat: int, progress: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """All figures, by their names; None and a reason in `skipped` where one could not be had."""
    skipped: dict[str, str] = {}
    progress("busan")
    busan = load("busan")
    outcomes = [parse(text, busan, busan.end.toordinal()) for text in OUTCOMES]

    def study(engine: str, runs: int, *changes: str) -> Side:
        spec = RunSpec("busan", runs=runs, engine=engine, overrides=changes)
        return lambda seed: outcome_values(replace(spec, seed=seed), outcomes), runs

    with one_core():
        sides = {
            "ensemble": study("ensemble", RUNS),
            "talks": study("ensemble", RUNS, "talks=true"),
            "costs": (lambda seed: ensemble(busan, runs=RUNS, seed=seed), RUNS),
            "mesa": study("mesa", 1),
        }
        for name in ("ensemble", "talks", "costs"):
            sides[name][0](0)
        gc.collect()
        gc.freeze()  # what the compiler left behind: Mesa would pay for every later search for garbage
        worlds = seconds(sides, repeat, time.process_time)
        progress("the iterated prisoner's dilemma")
        matches = seconds(_matches(skipped), repeat, time.process_time)
    progress("threads")
    threads = _threads(busan, repeat, skipped)
    progress("memory and a second process")
    return {
        "busan_vs_mesa": ratio(worlds, "mesa", "ensemble"),
        "busan_with_talks_vs_without": ratio(worlds, "ensemble", "talks"),
        **{
            f"ipd_vs_{name}": ratio(matches, name, "ensemble") if name in matches else None
            for name in ("axelrod", "egttools", "egttools_imperfect")
        },
        "two_threads_vs_one": ratio(threads, "one", "two") if threads else None,
        "runs_a_second": {
            **{f"busan_{name}": 1 / statistics.median(times) for name, times in worlds.items()},
            **{f"ipd_{name}": 1 / statistics.median(times) for name, times in matches.items()},
            **{f"busan_{name}_thread": 1 / statistics.median(times) for name, times in threads.items()},
        },
        "memory_mb": _memory(skipped),
        "second_process_s": float(_output_of(LATER)),
        "repeat": repeat,
        "skipped": skipped,
    }


def axelrod() -> Play:
    """Matches in Axelrod-Python; raises ImportError if it is not installed."""
    axl = import_module("axelrod")

    def play(matches: int, seed: int) -> None:
        for k in range(matches):
            players = (axl.TitForTat(), axl.Random(0.5))
            axl.Match(players, turns=TURNS, noise=NOISE, seed=seed * 1_000_003 + k).play()

    return play


def egttools(player: str) -> Play:
    """Matches of one of its players of tit-for-tat in EGTtools; raises ImportError if it is not installed."""
    egt = import_module("egttools")
    two = import_module("egttools.behaviors.NormalForm.TwoActions")
    noisy = {
        "EpsilonTFT": lambda: two.EpsilonTFT(0.0, NOISE),  # 0: the chance that it begins by defecting
        "ImperfectTFT": lambda: two.ImperfectTFT(NOISE),
    }
    strategies = [noisy[player](), two.Random()]  # the game does not keep them alive
    game = egt.games.NormalFormGame(TURNS, np.array([[1.0, 5.0], [0.0, 3.0]]), strategies)

    def play(matches: int, seed: int) -> Any:  # noqa: ARG001
        paid = [0.0, 0.0]
        for _ in range(matches):
            game.play([0, 1], paid)
        return strategies

    return play


def _matches(skipped: dict[str, str]) -> dict[str, Side]:
    """Sides of the iterated prisoner's dilemma; who is not installed is skipped with a word."""
    ipd = load("ipd", [f"game.error={NOISE}"])
    runs = 4000
    sides: dict[str, Side] = {
        "ensemble": (lambda seed: ensemble(ipd, runs=runs, seed=seed, strategy=PLAYERS), runs)
    }
    sides["ensemble"][0](0)
    others = (
        ("axelrod", "axelrod", axelrod, 20),
        ("egttools", "egttools", partial(egttools, "EpsilonTFT"), 400),
        ("egttools_imperfect", "egttools", partial(egttools, "ImperfectTFT"), runs),
    )
    for name, library, player, matches in others:
        try:
            play = player()
        except ImportError:
            skipped[f"ipd_vs_{name}"] = f"{library} is not installed: pip install {library}"
            continue
        sides[name] = (lambda seed, play=play, matches=matches: play(matches, seed)), matches  # type: ignore[misc]
    return sides


def _threads(busan: Any, repeat: int, skipped: dict[str, str]) -> dict[str, list[float]]:
    """Seconds a run by the clock on the wall, with one thread and with two."""
    if cores() < 2:
        skipped["two_threads_vs_one"] = "this machine has one core"
        return {}
    runs = 4 * RUNS
    sides: dict[str, Side] = {
        "one": (lambda seed: ensemble(busan, runs=runs, seed=seed), runs),
        "two": (lambda seed: ensemble(busan, runs=runs, seed=seed, threads=2), runs),
    }
    return seconds(sides, repeat, time.perf_counter)


def _memory(skipped: dict[str, str]) -> dict[str, float] | None:
    """Largest memory of a process after 2,000 and then 20,000 runs of which outcomes are kept [MB]."""
    try:
        import resource  # noqa: F401
    except ImportError:
        skipped["memory_mb"] = "this system does not tell a process its memory"
        return None
    _output_of(MEMORY)  # the first may compile, which takes more memory than runs ever do
    memory: dict[str, float] = loads(_output_of(MEMORY))
    return memory


def _output_of(program: str) -> str:
    """What a program prints in a process of its own."""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


def verdict(value: float | None, target: str) -> str:
    """Whether a figure reaches its target, such as `>= 10`."""
    if value is None:
        return "skipped"
    if not target:
        return ""
    return "yes" if value >= float(target.removeprefix(">= ")) else "no"


def main(json: bool = False, repeat: int = 7) -> None:
    """Measure, and print the figures beside their aims, or as JSON."""
    with Console(stderr=True).status("Measuring") as status:
        result = figures(repeat, lambda what: status.update(f"Measuring: {what}"))
    if json:
        print_json(result)
        return
    rows = []
    for key, target in TARGETS.items():
        value = result[key]
        rows.append([key, "" if value is None else f"{value:,.2f}", target, verdict(value, target)])
    print_table(f"Medians of {repeat} repetitions", ["ratio", "measured", "target", "reached"], rows)
    rates = [[key, f"{value:,.0f}"] for key, value in result["runs_a_second"].items()]
    print_table("Runs a second", ["side", "runs/s"], rates)
    for runs, memory in (result["memory_mb"] or {}).items():
        print(f"Memory after {int(runs):,} runs: {memory:.0f} MB.")
    print(f"A second process finishes its first run after {result['second_process_s']:.1f} s.")
    for key, reason in result["skipped"].items():
        print(f"{key}: {reason}.")


if __name__ == "__main__":
    main()
