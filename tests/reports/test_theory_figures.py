"""The pictures of the simulator against theory."""

import pytest

from sim.reports.validation.theory_figures import draw_theory


@pytest.mark.slow
def test_every_corner_is_drawn(tmp_path):
    paths = draw_theory(tmp_path / "figures", "svg")
    names = {"quantal_response", "cooperation_with_errors", "patience", "sunsets"}
    assert {path.stem for path in paths} == names
    for path in paths:
        assert path.suffix == ".svg" and path.read_bytes()[:5] == b"<?xml"
