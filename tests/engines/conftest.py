"""One compiling for all workers."""

import pytest


@pytest.fixture(scope="session")
def compiled_once():
    """Let the first worker compile the loop and the others find it kept."""
    from sim.engines.compiler.compile_cache import folder
    from sim.engines.ensemble import ensemble

    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "tests.lock").open("w") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        except ImportError:
            pass
        ensemble("busan", runs=1, until="2025-11-12")
