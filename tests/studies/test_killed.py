"""Studies that are killed by kill -9 end as if they had not been."""

import os
import random
import signal
import subprocess

import pytest
from studying import LINUX, begun, content, ended, finished, killed, members, stored, truce, until

pytestmark = LINUX
LOOKS = "precision = 0.25\nprecision_of = 'cost'\nlook_every = 20\n"


@pytest.mark.slow
def test_killed_twenty_times_it_ends_with_the_same_bytes_and_plays_no_chunk_twice(tmp_path):
    asked = truce(tmp_path, runs=600, chunk=10)
    whole = finished(asked, tmp_path / "whole")
    dice, kills, tries = random.Random(20_251_110), 0, 0
    while kills < 20:
        tries += 1
        broken, there = tmp_path / f"broken{tries}", {}
        while kills < 20:
            process = begun(asked, "--out", broken, "--workers", dice.choice((1, 2)))
            early = dice.random() < 0.2  # before anything new is stored, or some chunks later
            more = 0 if early else len(there) + dice.randint(1, 25)
            until(lambda m=more, p=process, b=broken: len(stored(b)) >= m or p.poll() is not None)
            try:
                _, err = process.communicate(timeout=dice.uniform(0.0, 1.5 if early else 0.1))
            except subprocess.TimeoutExpired:
                killed(process, whole_group=dice.random() < 0.5)
                kills += 1
                until(lambda p=process: not members(p.pid))
            now = stored(broken)
            assert there.items() <= now.items()
            there = now
            if process.returncode >= 0:  # it came to its end before it was killed
                assert process.returncode == 0, err
                break
        assert finished(asked, broken) == whole
        assert there.items() <= stored(broken).items()


@pytest.mark.parametrize(
    ("more", "whole_group"),
    [
        ("", True),
        pytest.param("", False, marks=pytest.mark.slow),
        pytest.param(LOOKS, False, marks=pytest.mark.slow),
    ],
    ids=["with its workers", "alone", "alone, while cells end early"],
)
def test_killed_once_it_goes_on_from_there(tmp_path, more, whole_group):
    asked = truce(tmp_path, runs=100, chunk=10, more=more)
    process = begun(asked, "--out", tmp_path / "broken", "--workers", "2")
    until(lambda: len(stored(tmp_path / "broken")) >= 3)
    killed(process, whole_group)
    until(lambda: not members(process.pid))
    there = stored(tmp_path / "broken")
    assert 3 <= len(there) < 40
    assert finished(asked, tmp_path / "broken") == finished(asked, tmp_path / "whole")
    assert there.items() <= stored(tmp_path / "broken").items()


@pytest.mark.slow
def test_a_worker_that_is_killed_is_told_of_and_the_rest_is_played_later(tmp_path):
    asked = truce(tmp_path, runs=400, chunk=10)
    process = begun(asked, "--out", tmp_path / "broken", "--workers", "2")
    until(lambda: len(stored(tmp_path / "broken")) >= 3)
    *_, worker = sorted(pid for pid in members(process.pid) if pid != process.pid)  # the first is no worker
    os.kill(worker, signal.SIGKILL)
    code, _, err = ended(process)
    assert (code, err.count("\n")) == (2, 1), err
    assert "a worker process ended early" in err
    assert "goes on from there" in err
    until(lambda: not members(process.pid))
    assert finished(asked, tmp_path / "broken") == finished(asked, tmp_path / "whole")


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_an_interrupt_ends_it_without_a_trace_and_it_goes_on_from_there(tmp_path, workers):
    asked = truce(tmp_path, runs=1000, chunk=25)
    process = begun(asked, "--out", tmp_path / "broken", "--workers", workers)
    until(lambda: len(stored(tmp_path / "broken")) >= 3)
    os.killpg(process.pid, signal.SIGINT)
    code, _, err = ended(process)
    assert code == 130
    assert "Traceback" not in err
    assert "resumes the study" in err
    until(lambda: not members(process.pid))
    assert not [name for name in content(tmp_path / "broken") if name.endswith(".part")]
    assert finished(asked, tmp_path / "broken") == finished(asked, tmp_path / "whole")
