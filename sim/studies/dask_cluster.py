"""Chunks run by a Dask cluster: as many at a time as it has workers, those of a lost one again."""

import logging
import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any, Final

from sim.domain.errors import StudyError
from sim.scenarios.messages import shortened
from sim.storage.provenance import made_with
from sim.studies.executors import AHEAD, GOES_ON, Executor, TaskResults, check_same
from sim.studies.tasks import Task, run_task

PATIENCE = 10  # seconds for a scheduler to answer
FIRST: Final = 60  # seconds for its first worker to join
ADDRESS: Final = re.compile(r"((tcp|tls|ws|wss|ucx)://)?([^\s:/\[\]]+|\[[0-9a-fA-F:.]+\]):\d{1,5}")
EXPECTED_ADDRESS: Final = "expected an address such as tcp://10.0.0.5:8786"
CLOSING: Final = 5  # seconds for a scheduler to say goodbye


@contextmanager
def dask_executor(address: str) -> Iterator[Executor]:
    """The workers of a Dask scheduler; the chunks of one that is lost are run by another.

    Raises StudyError if the extra is not installed, nobody answers, a worker is not alike, a chunk was lost
    too often or the scheduler is gone.
    """
    try:
        import distributed
    except ImportError:
        raise StudyError("--cluster: expected Dask; install it by pip install 'snapback[cluster]'") from None
    with _quiet(), _client(distributed, address) as client:
        yield partial(_results, distributed, client, address)


def _results(distributed: Any, client: Any, address: str, tasks: Iterable[Task]) -> TaskResults:
    coming = iter(tasks)
    waiting: dict[Any, Task] = {}
    futures = distributed.as_completed(loop=client.loop)
    while True:
        with _errors_as_sentences(distributed, address):
            threads = max(1, sum(client.nthreads().values()))
            for task in islice(coming, max(0, threads * AHEAD - len(waiting))):
                future = client.submit(run_task, task, key=f"{task.name}-{os.urandom(4).hex()}")
                waiting[future] = task
                futures.add(future)
            if not waiting:
                return
            future = next(futures)
            result = future.result()
        check_same(f"a worker of {address}", result.made_with)  # it may have joined just now
        yield waiting.pop(future), result


@contextmanager
def _errors_as_sentences(distributed: Any, address: str) -> Iterator[None]:
    """Turn what a cluster refuses into a StudyError."""
    try:
        yield
    except distributed.KilledWorker:
        raise StudyError(
            f"--cluster {address}: a chunk was lost with its worker too often; expected more memory; "
            f"{GOES_ON}"
        ) from None
    except ImportError as error:
        raise StudyError(
            f"--cluster {address}: a worker cannot load Snapback ({error}); install the same there as here"
        ) from None
    except (CancelledError, OSError, TimeoutError):
        raise StudyError(f"--cluster {address}: the scheduler is gone; {GOES_ON}") from None


@contextmanager
def _client(distributed: Any, address: str) -> Iterator[Any]:
    """A connection to a scheduler that has workers, all of them alike."""
    if not ADDRESS.fullmatch(address):
        raise StudyError(f"--cluster {address}: no Dask scheduler answers there; {EXPECTED_ADDRESS}")
    # one that never came about has nothing to say goodbye to
    kind = type("Client", (distributed.Client,), {"__del__": lambda _: None})
    try:
        client = kind(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError, TypeError) as error:
        reason = shortened(" ".join(str(error).split()), 80)
        raise StudyError(
            f"--cluster {address}: no Dask scheduler answers there ({reason}); {EXPECTED_ADDRESS}"
        ) from None
    try:
        try:
            client.wait_for_workers(1, timeout=FIRST)
        except TimeoutError:
            raise StudyError(
                f"--cluster {address}: the scheduler has no workers, and none joined within {FIRST} seconds; "
                "start some, then the same command again"
            ) from None
        with _errors_as_sentences(distributed, address):
            versions = client.run(made_with)
        for worker, theirs in versions.items():
            check_same(worker, theirs)
        yield client
    finally:
        client.close(timeout=CLOSING)


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask's log of what we say in a sentence is not printed."""
    names = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
