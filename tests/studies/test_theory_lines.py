"""Lines of theory that a study file asks for."""

import math

import pytest
from synthetic_study import BEIJING, GRID, THRESHOLD, WASHINGTON, text

from sim.domain.constants import NEVER, SUSPENDED
from sim.domain.errors import StudyError
from sim.engines.mesa_engine import TradeModel
from sim.rules.present_values import discounting_of, effects, tariffs_of, worth
from sim.studies.study_file import study
from sim.studies.theory_lines import lines_of
from sim.theory.sunset import renewal_threshold


@pytest.fixture
def asked(tmp_path):
    """Load a study of two beliefs with a threshold, some of its text replaced."""

    def load(before="", after=""):
        path = tmp_path / "beliefs.toml"
        path.write_text(text(WASHINGTON, BEIJING, GRID, THRESHOLD.replace(before, after)), "utf-8")
        return study(path)

    return load


def test_a_line_has_the_value_that_theory_gives(asked):
    (line,) = lines_of(asked().spec.file.thresholds, ["washington", "beijing"], ["back", "cost"])
    assert line.value == float(renewal_threshold(1.5, 0.99, 12))
    assert line.arguments == "temptation ratio 1.5, discount 0.99, length 12"
    assert (line.levers, line.outcomes) == (("washington", "beijing"), ("back",))


def test_a_line_of_governments_that_may_stop_counting_lies_where_their_discounting_puts_it(asked):
    thresholds = asked("length = 12", "length = 12, horizon = 12").spec.file.thresholds
    (line,) = lines_of(thresholds, ["washington", "beijing"], ["back", "cost"])
    assert line.value == float(renewal_threshold(1.5, 0.99 * math.exp(-1 / 12), 12))
    assert line.arguments == "temptation ratio 1.5, discount 0.99, length 12, horizon 12"


def test_a_line_changes_what_is_told_and_not_what_is_played(asked, tmp_path):
    without = tmp_path / "without.toml"
    without.write_text(text(WASHINGTON, BEIJING, GRID), "utf-8")
    assert study(without).identity == asked().identity


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"renewal_threshold"', '"renewal"', "thresholds[0]: there is no theory 'renewal'"),
        ('["washington", "beijing"]', '["washington", "peking"]', "no lever 'peking' of numbers"),
        ('["back"]', '["bake"]', "there is no outcome 'bake'"),
        ("length = 12", "lengths = 12", "expected temptation_ratio, discount, length, horizon, got"),
        ("discount = 0.99", "discount = 2", "thresholds[0].given: "),
        ("length = 12", "length = 12, horizon = 0", "thresholds[0].given: "),
        ("of =", "about =", "about"),
    ],
)
def test_a_line_that_cannot_be_drawn_is_said_at_once(asked, before, after, said):
    with pytest.raises(StudyError) as error:
        asked(before, after)
    assert said in str(error.value)
    assert str(error.value).startswith("beliefs.toml: ")


@pytest.mark.parametrize("government", [0, 1])
def test_in_busan_what_is_suspended_pays_so_little_that_theory_asks_for_hardly_any_belief(government):
    model = TradeModel("busan", rng=1)
    world = model.world
    h = discounting_of(world, government)
    rates = tariffs_of(world, government, 1 - government)
    gain = loss = 0.0
    for k, m in enumerate(world.measures):
        if m.status == SUSPENDED and m.until != NEVER:
            back = worth(effects(world, h, government, k, 0.0, m.level, rates, model.start))
            if m.issuer == government:
                gain += max(0.0, back)
            else:
                loss -= back
    assert loss > 10.0  # [bn USD]
    ratio = gain / (loss - gain)  # (T - R) / (R - P)
    assert ratio < 0.001
    assert ratio == 0.0 or renewal_threshold(ratio, math.exp(-h.rate), 12) < 0.001
