"""The pictures of the simulator against theory."""

import pytest
from PIL import Image

from sim.reports.validation.theory_figures import draw_theory


@pytest.mark.slow
def test_every_corner_is_drawn(tmp_path):
    paths = draw_theory(tmp_path / "figures")
    names = {"quantal_response", "cooperation_with_errors", "patience", "sunsets"}
    assert {path.stem for path in paths} == names
    for path in paths:
        with Image.open(path) as picture:
            assert picture.format == "PNG"
            assert picture.size == (1040, 676)
