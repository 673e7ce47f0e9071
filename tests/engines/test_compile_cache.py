"""Compiling takes a while once, and says so."""

import logging
from pathlib import Path

from sim.engines.compiler.njit import compiled
from sim.engines.compiler.run_loop import run_worlds
from sim.rules.luck import luck


def test_what_takes_a_while_to_compile_is_told_until_it_is_kept(tmp_path, monkeypatch, caplog) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    caplog.set_level(logging.INFO, "sim")
    loop = compiled(run_worlds, cache=True)
    assert "half a minute" in caplog.text
    caplog.clear()
    Path(loop._cache._cache_file._index_path).touch()
    compiled(run_worlds, cache=True)
    assert not caplog.text


def test_what_compiles_at_once_is_not_told(tmp_path, monkeypatch, caplog) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    caplog.set_level(logging.INFO, "sim")
    compiled(luck, cache=True)
    assert not caplog.text
