"""Small studies, played by processes of their own that may be killed, and what their folders hold."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from sim.studies.study_file import study
from sim.studies.study_runner import run_study

LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
TRUCE = """
title = "A truce"
question = "What do beliefs in renewal change?"
until = 2025-11-30
runs = RUNS
chunk = CHUNK

[levers.belief]
number = "CN.renewal_belief"
values = [0.1, 1.0]

[levers.character]
government = "US"
strategies = ["payoff_logit", "random_move"]

[outcomes]
cost = "cost:government=US"
back = "snapback_within:government=CN,days=7"

[design]
kind = "grid"
"""


def truce(folder, runs=40, chunk=10, more=""):
    """The file of a small study."""
    path = folder / "truce.toml"
    path.write_text(more + TRUCE.replace("RUNS", str(runs)).replace("CHUNK", str(chunk)), "utf-8")
    return path


def begun(*words, cwd=None):
    """`snapback study` in a process, and a process group, of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "sim", "study", *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # else a job ignores it
    )


def ended(process):
    """How a process ended: its exit code, and what it said."""
    out, err = process.communicate(timeout=200)
    return process.returncode, out, err


def played(*words, cwd=None):
    """Play a study to its end; its exit code, and what it said."""
    return ended(begun(*words, cwd=cwd))


def finished(asked, folder):
    """Play a study to its end in this process; what its folder holds then."""
    assert run_study(study(asked), folder).complete
    return content(folder)


def content(folder):
    """What a folder holds: bytes by name, but for the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def stored(folder):
    """The chunks that are there: when and as what file each was written."""
    stats = {path.name: path.stat() for path in (folder / "runs").glob("*.parquet")}
    return {name: (stat.st_mtime_ns, stat.st_ino) for name, stat in stats.items()}


def until(true, seconds=200.0):
    """Wait until something is true."""
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, true
        time.sleep(0.01)
    return found


def members(group):
    """The processes of a group that have not ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, owner = path.read_text("utf-8").rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(owner) == group and state != "Z":
            found.append(int(path.parent.name))
    return found


def killed(process, whole_group=True):
    """Kill a process, with all that it has begun or alone."""
    if whole_group:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()
