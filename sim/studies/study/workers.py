"""Who plays chunks: this process, some processes of this machine, or a Dask cluster; all the same bytes."""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import Any, Final, cast

from sim.domain.errors import EngineError, StudyError
from sim.studies.study.chunks import Played, Task, play

AHEAD: Final = 2  # chunks that wait for each worker, so that none is idle and few are lost
TRIES: Final = 3  # lost workers that a chunk outlives
PATIENCE = "20s"  # for a cluster to answer

Maker = Callable[[], Task]
Found = Iterator[tuple[Task, Played]]


def in_turn(tasks: Iterable[Maker]) -> Found:
    """Play chunks here, one after the other."""
    for make in tasks:
        task = make()
        yield task, play(task)


def on_processes(tasks: Iterable[Maker], workers: int) -> Found:
    """Play chunks on some processes of this machine, as they come.

    Raises:
        EngineError: a process ended early.
    """
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_follow_parent)
    try:
        coming = iter(tasks)
        waiting: dict[Future[Played], Task] = {}
        while True:
            for make in islice(coming, workers * AHEAD - len(waiting)):
                task = make()
                waiting[pool.submit(play, task)] = task
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.result()
    except BrokenProcessPool:
        raise EngineError(
            "a worker process ended early; expected more memory, or in a script a call under "
            'if __name__ == "__main__"; what is stored stays, and the same command goes on from there'
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def on_cluster(tasks: Iterable[Maker], address: str) -> Found:
    """Play chunks on the workers of a Dask scheduler; those of a lost worker are played by another.

    Args:
        tasks: what is played.
        address: such as tcp://10.0.0.5:8786.

    Raises:
        StudyError: the extra is not installed, nobody answers, or a chunk was lost too often.
    """
    try:
        import distributed
    except ImportError:
        raise StudyError("--cluster: expected Dask; install it by pip install 'snapback[cluster]'") from None
    try:
        client = cast(Any, distributed.Client)(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise StudyError(f"--cluster {address}: no scheduler answers there ({str(error)[:80]})") from None
    try:
        coming = iter(tasks)
        waiting: dict[Any, Task] = {}
        done = cast(Any, distributed.as_completed)()
        while True:
            threads = max(1, sum(client.nthreads().values()))
            for make in islice(coming, max(0, threads * AHEAD - len(waiting))):
                task = make()
                future = client.submit(play, task, key=f"{task.name}-{os.urandom(4).hex()}", retries=TRIES)
                waiting[future] = task
                done.add(future)
            if not waiting:
                return
            future = next(done)
            yield waiting.pop(future), future.result()
    except distributed.KilledWorker:
        raise StudyError(
            f"--cluster {address}: a chunk was lost with its worker {TRIES} times; expected more memory; "
            "what is stored stays"
        ) from None
    finally:
        client.close()


def _follow_parent() -> None:
    """Leave interrupts to the parent process, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
