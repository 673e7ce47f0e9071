"""A process counts the cores that it may use, not those that the machine has."""

import os

import pytest

from sim.studies import executors
from sim.studies.executors import VARIABLES, cores, quotas


@pytest.fixture
def eight(monkeypatch):
    """A machine of eight cores, of which nobody takes any away."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    monkeypatch.setattr(executors, "quotas", list)


def test_it_is_what_the_process_is_bound_to(eight):
    assert cores() == 8


@pytest.mark.parametrize("name", VARIABLES)
def test_a_cluster_says_fewer(eight, monkeypatch, name):
    monkeypatch.setenv(name, "3")
    assert cores() == 3
    monkeypatch.setenv(name, "64")
    assert cores() == 8


@pytest.mark.parametrize("text", ["", "0", "-1", "two", "1.5", "2(x3)", "\u00b2", "default"])
def test_what_is_no_number_is_no_matter(eight, monkeypatch, text):
    monkeypatch.setenv("SLURM_CPUS_PER_TASK", text)
    assert cores() == 8


@pytest.mark.parametrize(("quota", "expected"), [(0.5, 1), (1.0, 1), (1.5, 2), (4.0, 4), (20.0, 8)])
def test_a_quota_is_rounded_up(eight, monkeypatch, quota, expected):
    monkeypatch.setattr(executors, "quotas", lambda: [quota, 16.0])
    assert cores() == expected


def machine(root, membership, files):
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(membership, "utf-8")
    for name, text in files.items():
        path = root / "sys/fs/cgroup" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return sorted(quotas(root))


@pytest.mark.parametrize(
    ("membership", "files", "expected"),
    [
        ("0::/\n", {"cpu.max": "50000 100000\n"}, [0.5]),
        ("0::/\n", {"cpu.max": "max 100000\n"}, []),
        ("0::/pods/one\n", {"pods/cpu.max": "200000 100000", "pods/one/cpu.max": "max 100000"}, [2.0]),
        ("0::/a/b\n", {"a/b/cpu.max": "400000 100000", "cpu.max": "100000 100000"}, [1.0, 4.0]),
        ("0::/not/there\n", {"cpu.max": "150000 100000"}, [1.5]),
        (
            "5:memory:/x\n4:cpu,cpuacct:/x\n",
            {"cpu/x/cpu.cfs_quota_us": "250000", "cpu/x/cpu.cfs_period_us": "100000"},
            [2.5],
        ),
        ("4:cpu:/x\n", {"cpu/x/cpu.cfs_quota_us": "-1", "cpu/x/cpu.cfs_period_us": "100000"}, []),
        ("0::/\n", {"cpu.max": "nonsense"}, []),
        ("nonsense\n", {"cpu.max": "1 1"}, []),
    ],
)
def test_quotas_of_control_groups_are_read_up_to_the_top(tmp_path, membership, files, expected):
    assert machine(tmp_path, membership, files) == expected


def test_where_there_are_no_control_groups_there_is_no_quota(tmp_path):
    assert quotas(tmp_path) == []
    assert isinstance(quotas(), list)
