"""What `experiments/clusters.md` shows for one machine is run as it stands, but for the port."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from studying import LINUX, ended
from test_dask_cluster import pytestmark as _needs

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "experiments" / "clusters.md").read_text("utf-8")
pytestmark = [*_needs, LINUX, pytest.mark.slow]


def test_the_commands_for_one_machine_work(tmp_path):
    (block,) = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        block = block.replace("8786", str(free.getsockname()[1]))
    bins = Path(sys.executable).parent
    begun = []
    try:
        for line in block.splitlines():
            words = shlex.split(line.removesuffix("&"))
            start = [sys.executable, "-m", "sim"] if words[0] == "snapback" else [str(bins / words[0])]
            words = [
                *start,
                *(str(ROOT / word) if word.startswith("experiments/") else word for word in words[1:]),
            ]
            begun.append(
                subprocess.Popen(
                    words,
                    cwd=tmp_path,
                    env={**os.environ, "PYTHONPATH": str(ROOT)},
                    stdout=subprocess.PIPE if "study" in words else subprocess.DEVNULL,
                    stderr=subprocess.PIPE if "study" in words else subprocess.DEVNULL,
                    text=True,
                    start_new_session=True,
                )
            )
        code, out, err = ended(begun[-1])
        assert code == 0, err
        assert "1,000 of 1,000 runs are there" in out
        runs = pd.read_parquet(tmp_path / "results" / "studies" / "cost_of_runs" / "runs")
        assert list(runs.columns) == ["cell", "run", "cost", "back", "error"]
        assert len(runs) == 1000
    finally:
        for each in begun:
            if each.poll() is None:
                os.killpg(each.pid, signal.SIGKILL)
            each.wait()
