"""Studies on a Dask scheduler and workers, real processes on loopback: the same bytes as here."""

import importlib.util
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from studying import LINUX, begun, content, ended, finished, stored, truce, until

from sim.domain.errors import StudyError
from sim.storage.provenance import made_with
from sim.studies import dask_cluster, user_files
from sim.studies.executors import check_same
from sim.studies.study_file import study
from sim.studies.study_runner import run_study

pytestmark = [
    LINUX,
    pytest.mark.skipif(not importlib.util.find_spec("distributed"), reason="snapback[cluster] is not there"),
]


def process(*words, cwd, **environment):
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@contextmanager
def cluster(folder):
    """A scheduler: its address, itself, and what begins a worker."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    (folder / "elsewhere").mkdir()
    quiet = {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    main = process(
        *("distributed.cli.dask_scheduler", "--host", address, "--no-dashboard", "--no-show"),
        cwd=folder / "elsewhere",
        **quiet,
    )
    begun_here = [main]

    def worker(**environment):
        begun_here.append(
            process(
                *("distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard"),
                cwd=folder / "elsewhere",
                **environment,
            )
        )
        return begun_here[-1]

    try:
        yield address, main, worker
    finally:
        for each in begun_here:
            if each.poll() is None:
                os.killpg(each.pid, signal.SIGKILL)
            each.wait()


@pytest.mark.slow
def test_a_worker_that_is_killed_changes_no_byte_and_a_lost_scheduler_loses_nothing(tmp_path):
    asked = truce(tmp_path, runs=200, chunk=10)
    (tmp_path / "hasty.py").write_text(HASTY, "utf-8")
    asked.write_text(asked.read_text("utf-8").replace('"random_move"', '"hasty.py"'), "utf-8")
    with cluster(tmp_path) as (address, scheduler, worker):
        first, _ = worker(), worker()
        playing = begun(asked, "--out", tmp_path / "away", "--cluster", address)
        until(lambda: len(stored(tmp_path / "away")) >= 5 or playing.poll() is not None)
        os.killpg(first.pid, signal.SIGKILL)
        until(lambda: len(stored(tmp_path / "away")) >= 30 or playing.poll() is not None)
        os.killpg(scheduler.pid, signal.SIGKILL)
        code, _, err = ended(playing)
        assert (code, err.count("\n")) == (2, 1), err
        assert "the scheduler is gone; what is stored stays" in err
    there = stored(tmp_path / "away")
    assert 30 <= len(there) < 80
    (tmp_path / "again").mkdir()
    with cluster(tmp_path / "again") as (address, _, worker):
        last = worker()
        playing = begun(asked, "--out", tmp_path / "away", "--cluster", address)
        until(lambda: len(stored(tmp_path / "away")) >= len(there) + 5 or playing.poll() is not None)
        worker()
        until(lambda: len(stored(tmp_path / "away")) >= len(there) + 10 or playing.poll() is not None)
        os.killpg(last.pid, signal.SIGKILL)
        code, _, err = ended(playing)
        assert code == 0, err
    assert there.items() <= stored(tmp_path / "away").items()
    assert content(tmp_path / "away") == finished(asked, tmp_path / "here")


HASTY = """
from sim.domain.view import View
from sim.domain.constants import ESCALATE, HOLD, Move
from sim.strategies.strategy_register import strategy


@strategy(source="a test")
def hasty(view: View, haste: float = 0.3) -> Move:
    \"\"\"Escalate with some luck.\"\"\"
    return ESCALATE if view.luck < haste else HOLD
"""


def test_where_nobody_answers_it_says_so_and_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(dask_cluster, "PATIENCE", 1)
    asked = truce(tmp_path)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    without = ("127.0.0.1", "", "http://127.0.0.1:1", "tcp://", "::1", "tcp://[::1]", "tcp://127.0.0.1:1/x")
    for address in (f"tcp://127.0.0.1:{port}", "udp://127.0.0.1:1", "tcp://127.0.0.1:port", *without):
        with pytest.raises(StudyError, match="no Dask scheduler answers there") as error:
            run_study(study(asked), tmp_path / "none", cluster=address)
        assert "expected an address such as tcp://10.0.0.5:8786" in str(error.value)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("address", ["tcp://10.0.0.5:8786", "host:1", "tls://[::1]:8786", "ws://a.b-c.d:80"])
def test_an_address_is_one(address):
    assert dask_cluster.ADDRESS.fullmatch(address)


UNHEARD = """
import sys, time
from sim.studies import dask_cluster
from sim.domain.errors import StudyError
dask_cluster.PATIENCE = 1
began = time.monotonic()
try:
    with dask_cluster.dask_executor(sys.argv[1]):
        pass
except StudyError as error:
    print(error)
"""


@pytest.mark.parametrize("address", ["tls://127.0.0.1:1", "tcp://127.0.0.1:1"])
def test_a_client_that_never_came_about_says_nothing_more_at_the_end(address):
    done = subprocess.run(
        [sys.executable, "-c", UNHEARD, address], capture_output=True, text=True, timeout=60, check=True
    )
    assert "no Dask scheduler answers there" in done.stdout
    assert "Exception ignored" not in done.stderr


def test_a_worker_that_is_not_alike_is_told_of():
    check_same("tcp://here", made_with())
    with pytest.raises(StudyError, match="tcp://here has another version of Snapback's code"):
        check_same("tcp://here", made_with() | {"code": "0", "numba": "0.1"})
    with pytest.raises(
        StudyError, match=r"has other versions \(numba 0.1, here .*\), and results may differ"
    ):
        check_same("tcp://here", made_with() | {"numba": "0.1"})


def test_without_dask_it_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(StudyError, match=r"expected Dask; install it by pip install 'snapback\[cluster\]'"):
        run_study(study(truce(tmp_path)), tmp_path / "none", cluster="tcp://127.0.0.1:1")


def test_files_that_a_worker_has_not_or_has_otherwise_are_written_where_it_finds_them(tmp_path):
    mine = tmp_path / "mine.py"
    mine.write_text("one", "utf-8")
    there = user_files.local_copies(((str(mine), "one"), (str(tmp_path / "other.py"), "two")))
    assert there[str(mine)] == str(mine)
    other = there[str(tmp_path / "other.py")]
    assert other != str(tmp_path / "other.py")
    assert Path(other).read_text("utf-8") == "two"
    assert Path(user_files.local_copies(((str(mine), "three"),))[str(mine)]).read_text("utf-8") == "three"
    assert mine.read_text("utf-8") == "one"
