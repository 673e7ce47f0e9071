"""What runs chunks: this process, some processes of this machine, or a Dask cluster; all the same bytes."""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from math import ceil
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from sim.domain.errors import EngineError, StudyError
from sim.storage.provenance import made_with
from sim.studies.tasks import Task, TaskResult, run_task

# Python's own, then those of Slurm, Grid Engine, PBS and LSF
VARIABLES: Final = ("PYTHON_CPU_COUNT", "SLURM_CPUS_PER_TASK", "NSLOTS", "NCPUS", "LSB_DJOB_NUMPROC")

AHEAD = 2  # chunks that wait for each worker, so that none is idle and few are lost

GOES_ON: Final = "what is stored stays, and the same command goes on from there"

TaskResults = Iterator[tuple[Task, TaskResult]]
Executor = Callable[[Iterable[Task]], TaskResults]


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


def serial(tasks: Iterable[Task]) -> TaskResults:
    """Run chunks here, one after the other."""
    for task in tasks:
        yield task, run_task(replace(task, files=()))


@contextmanager
def processes(
    workers: int, run: Callable[[Any], Any] = run_task, advice: str = f"; {GOES_ON}"
) -> Iterator[Callable[[Iterable[Any]], Iterator[tuple[Any, Any]]]]:
    """Some processes of this machine, begun when there is something for them to do.

    Raises EngineError if a process ended early; the message ends with advice.
    """
    spawn = get_context("spawn")
    pipe, leash = spawn.Pipe(duplex=False)  # who holds an end sees when the other is let go, even by kill -9
    try:
        pool = ProcessPoolExecutor(workers, mp_context=spawn, initializer=_follow, initargs=(pipe,))
    except (OSError, ImportError, NotImplementedError) as error:
        raise EngineError(
            f"worker processes cannot be begun here ({getattr(error, 'strerror', None) or error}): expected "
            "shared memory, such as a /dev/shm that one may write in; one worker needs none: --workers 1"
        ) from None

    def results(tasks: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        coming = iter(tasks)
        waiting: dict[Future[Any], Any] = {}
        while True:
            for task in islice(coming, workers * AHEAD - len(waiting)):
                with _uninterrupted():
                    waiting[pool.submit(run, task)] = task
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.result()

    try:
        yield results
        pool.shutdown()
    except BrokenProcessPool:
        raise EngineError(
            "a worker process ended early; expected more memory or fewer workers, or for a script a file, in "
            f'which the call stands under if __name__ == "__main__"{advice}'
        ) from None
    finally:
        leash.close()  # nobody waits for chunks that nobody wants
        pool.shutdown(cancel_futures=True)
        pipe.close()


def check_same(worker: str, theirs: dict[str, str]) -> None:
    """Raise StudyError unless a worker runs with the code and the versions of this process."""
    differing = {key: value for key, value in made_with().items() if theirs.get(key) != value}
    if "code" in differing:
        raise StudyError(f"{worker} has another version of Snapback's code; give all of them the same")
    if differing:
        versions = ", ".join(f"{key} {theirs.get(key)}, here {value}" for key, value in differing.items())
        raise StudyError(
            f"{worker} has other versions ({versions}), and results may differ; give all of them the same"
        )


def _follow(pipe: Connection) -> None:
    """Leave interrupts to the parent process, and end when it lets go, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def follow() -> None:
        with suppress(OSError):
            pipe.poll(None)
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that begin here hear no interrupts, not even while they begin; this one hears them after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
