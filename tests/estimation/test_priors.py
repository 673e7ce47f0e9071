"""Priors and other choices of a fit: a wrong file is refused with what is wrong."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.errors import EvidenceError
from sim.estimation.likelihood import model_of
from sim.estimation.priors import SHIPPED, fit_config

MODEL = model_of(fit_config())


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (("[parameters.leverage]", "[parameters.leverige]"), "did you mean leverage"),
        (("centre = 0.97", "centre = [0.97, 0.3, 0.3]"), "one for each of 2 moods"),
        (("centre = 0.97", "centre = -0.97"), "above 0"),
        (("centre = 0.5", "centre = [0.5, 0.4]"), "a mood does not change a strategy"),
        (("threshold = 4", "threshold = 0"), "threshold"),
        (('dated = "announcement"', 'dated = "rumour"'), "dated"),
        (('unit = "months per bn USD"', 'unit = "months"'), "expected 'months per bn USD'"),
        (('train = "2018-01:2026-09"', 'train = "2018:2026"'), "expected a month such as"),
        (("starts = 5", "starts = 0"), "starts"),
        (("seed = 2018", "seed = 2018\nluck = 1"), "luck"),
        (("[parameters.stay]", "[parameters.leverage.stay]"), "stay"),
        (("starts = 5", "starts = = 5"), "expected TOML"),
    ],
)
def test_a_wrong_choice_is_refused_with_what_is_wrong(tmp_path, spoilt, said):
    path = tmp_path / "mine.toml"
    path.write_text(SHIPPED.read_text("utf-8").replace(*spoilt, 1), "utf-8")
    with pytest.raises(EvidenceError, match=said) as error:
        fit_config(path)
    if "expected a month" not in said:
        assert "mine.toml" in str(error.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(EvidenceError, match="cannot be read"):
        fit_config(tmp_path / "none.toml")


def test_pressure_may_provoke_or_persuade():
    for parameter in (p for p in MODEL.parameters if p.name == "leverage"):
        assert parameter.value(-2) == -parameter.value(2) < 0


@given(st.sampled_from(MODEL.parameters), st.floats(-4, 4), st.floats(0.01, 1))
def test_a_value_grows_with_its_count_and_is_the_centre_at_none(parameter, count, more):
    assert np.isclose(parameter.value(0.0), parameter.centre)
    assert parameter.value(count + more) > parameter.value(count)
    assert parameter.scale == "linear" or parameter.value(count) > 0
    assert parameter.scale != "logit" or parameter.value(count) < 1
