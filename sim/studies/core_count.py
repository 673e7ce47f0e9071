"""How many cores this process may use: of the machine, of its container, and as a cluster says."""

import os
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import Final

# Python's own, then those of Slurm, Grid Engine, PBS and LSF
VARIABLES: Final = ("PYTHON_CPU_COUNT", "SLURM_CPUS_PER_TASK", "NSLOTS", "NCPUS", "LSB_DJOB_NUMPROC")


def cores() -> int:
    """How many cores this process may use, at least one."""
    affinity = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    texts = [os.environ.get(name, "").strip() for name in VARIABLES]
    allowed = [int(text) for text in texts if text.isascii() and text.isdecimal() and int(text) > 0]
    return max(1, min([affinity, *allowed, *(ceil(quota) for quota in quotas())]))


def quotas(root: Path = Path("/")) -> list[float]:
    """The quotas of cores that the control groups of this process have on Linux, those above them too."""
    result: list[float] = []
    with suppress(OSError, ValueError):
        for line in (root / "proc/self/cgroup").read_text("utf-8").splitlines():
            _, kinds, place = line.split(":", 2)
            if kinds and "cpu" not in kinds.split(","):
                continue
            top = root / "sys/fs/cgroup" / ("cpu" if kinds else "")
            group = top / place.lstrip("/")
            for folder in (group, *group.parents):
                result += _quota(folder, version=1 if kinds else 2)
                if folder == top:
                    break
    return result


def _quota(group: Path, version: int) -> list[float]:
    """The quota of one group, if it has one."""
    with suppress(OSError, ValueError, ZeroDivisionError):
        if version == 2:
            quota, period = (group / "cpu.max").read_text("utf-8").split()
        else:
            quota, period = ((group / f"cpu.cfs_{k}_us").read_text("utf-8") for k in ("quota", "period"))
        share = float(quota) / float(period)  # "max" is no number, -1 no quota
        return [share] if share > 0 else []
    return []
