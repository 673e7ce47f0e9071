"""The picture of a forecast card: its bars of draws."""

import numpy as np
import pytest

from sim.reports.forecast.forecast_figure import _histogram


def test_there_is_a_bar_for_each_share_of_a_draws_few_runs():
    shares = np.repeat(np.arange(21) / 20, 3) * 0.7 + 0.1
    places, counts, wide = _histogram(shares)
    assert counts.tolist() == [3] * 21
    assert wide == pytest.approx(0.035)
    assert places[0] == pytest.approx(0.1)


def test_many_shares_are_put_into_bins():
    places, counts, wide = _histogram(np.linspace(0, 1, 500))
    assert (len(places), counts.sum()) == (20, 500)
    assert wide == pytest.approx(0.05)
