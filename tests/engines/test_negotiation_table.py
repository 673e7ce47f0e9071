"""`sim.table` and `snapback table`: what two governments could agree on, on a morning."""

import json
from datetime import date
from math import prod
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from calling import called

import sim
from sim.engines.negotiation_table import NegotiationTable

DAY = "2025-10-30"
EVE = sim.scenario("busan_eve")


@pytest.fixture(scope="module")
def busan() -> NegotiationTable:
    return sim.table(EVE, DAY)


@pytest.mark.parametrize("day", [date(2025, 10, 30), pd.Timestamp(DAY), np.datetime64(DAY)], ids=repr)
def test_a_day_of_any_kind_is_taken(busan: NegotiationTable, day: date) -> None:
    assert sim.table(EVE, day).worths == busan.worths


def test_the_agenda_is_what_was_really_on_the_table(busan: NegotiationTable) -> None:
    assert {c.measure for c in busan.clauses} == set(EVE.agreements[0].members)
    acts = {c.measure: c.act for c in busan.clauses}
    assert (acts["us_fentanyl"], acts["us_reciprocal_24"]) == ("lower", "extend")
    assert (acts["us_100pct_tariff"], acts["cn_soy_boycott"]) == ("withdraw", "suspend")
    assert {str(c.enters) for c in busan.clauses if c.act == "withdraw"} == {"2025-11-01", "2025-11-08"}


def test_the_real_package_lies_near_the_frontier_and_the_nash_package(busan: NegotiationTable) -> None:
    assert busan.real is not None
    nash = busan.solutions["nash"]
    assert len(busan.real.clauses) == 15
    assert set(nash.clauses) <= set(busan.real.clauses)
    assert prod(busan.real.worth.values()) > 0.9 * prod(nash.worth.values())
    assert min(busan.real.fulfils.values()) > 0.5


def test_no_solution_is_worth_less_than_none_and_all_are_on_the_frontier(busan: NegotiationTable) -> None:
    edge = {(busan.worths[0][p], busan.worths[1][p]) for p in busan.frontier}
    for package in busan.solutions.values():
        assert min(package.worth.values()) > 0.0
        assert tuple(package.worth.values()) in edge


def test_the_frontier_is_what_trying_every_package_gives(busan: NegotiationTable) -> None:
    first, second = map(np.array, busan.worths)
    both = np.flatnonzero((first >= 0.0) & (second >= 0.0))
    both = both[np.lexsort((-second[both], -first[both]))]  # the best for the first side first
    before = np.maximum.accumulate([-1.0, *second[both]])[:-1]
    edge = [(first[p], second[p]) for p in both[second[both] > before]]
    assert [(first[p], second[p]) for p in busan.frontier] == edge[::-1]


def test_with_the_sides_exchanged_the_table_is_mirrored(busan: NegotiationTable) -> None:
    other = sim.table(EVE, DAY, sides=("CN", "US"))
    assert other.worths == busan.worths[::-1]
    for name, package in busan.solutions.items():
        assert other.solutions[name].clauses == package.clauses
        assert other.solutions[name].worth == package.worth
        assert other.solutions[name].fulfils == package.fulfils


def test_a_home_value_counts_in_talks_alone(busan: NegotiationTable) -> None:
    dear = [f"{name}.home_value=3" for name in ("us_affiliates_50pct", "cn_port_fees", "us_port_fees")]
    runs = [
        sim.TradeModel("busan_eve", rng=1, until="2026-01-31", set=["talks=false", *numbers]).run()
        for numbers in ([], dear)
    ]
    assert runs[0].decisions == runs[1].decisions
    assert "us_affiliates_50pct" in busan.solutions["nash"].clauses
    assert "us_affiliates_50pct" not in sim.table("busan_eve", DAY, set=dear).solutions["nash"].clauses


def test_moves_before_the_day_change_what_is_on_the_table() -> None:
    earlier = sim.table(EVE, DAY, force="US:withdraw=us_100pct_tariff@2025-10-25")
    assert "us_100pct_tariff" not in {c.measure for c in earlier.clauses}
    after = sim.table(EVE, "2025-11-05")
    assert {c.measure: c.act for c in after.clauses}["us_100pct_tariff"] == "suspend"


def test_the_credible_package_is_what_is_offered_and_what_blocks_a_better_one_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    mistrust = "talks.trust=0.3"
    t = sim.table("busan_eve", DAY, set=mistrust)
    assert t.credible is not None
    assert t.blocked
    assert min(t.credible.fulfils.values()) >= 0.5
    assert all(min(p.fulfils.values()) < 0.5 for p in t.blocked)
    products = [prod(p.worth.values()) for p in [*t.blocked, t.credible]]
    assert products == sorted(products, reverse=True)
    assert called("table", "busan_eve", "--on", DAY, "--set", mistrust) == 0
    assert "would carry its clauses out with" in " ".join(capsys.readouterr().out.split())
    nobody = sim.table("busan_eve", DAY, set="talks.least_trust=0.99")
    assert nobody.credible is None
    assert len(nobody.blocked) >= len(t.blocked)


def test_the_json_has_the_keys_that_the_page_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("table", "busan_eve", "--on", DAY, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    schema = Path(sim.__file__).parent / "reports" / "schemas" / "table.json"
    pytest.importorskip("jsonschema").validate(told, json.loads(schema.read_text("utf-8")))
    assert {"clauses", "frontier", "solutions", "no_deal", "credible"} <= set(told)
    assert set(told["solutions"]) == {"nash", "kalai_smorodinsky", "egalitarian"}
    assert told["no_deal"]["worth"] == {"US": 0.0, "CN": 0.0}
    assert told["no_deal"]["enters"]["us_100pct_tariff"] == "2025-11-01"
    assert len(told["clauses"]) == len(told["real"]["clauses"]) == 15


def test_the_picture_is_a_png_and_the_text_says_what_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called("table", "busan_eve", "--on", DAY, "--picture", tmp_path / "frontier.png") == 0
    assert (tmp_path / "frontier.png").read_bytes().startswith(b"\x89PNG")
    printed = capsys.readouterr().out
    assert "Nash: all but cn_farm_tariffs." in printed
    assert "Really agreed: all that is on the table." in printed


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("busan_eve", "--on", "2025-01-01"), "on: expected a day of the run (2025-10-20 to 2027-01-31)"),
        (("busan_eve", "--on", "soon"), "on: expected a date as YYYY-MM-DD, got 'soon'"),
        (("ipd", "--on", "2025-01-01"), "ipd: expected a scenario with measures, got a matrix game"),
        (
            ("busan", "--on", "2026-01-01", "--side", "US"),
            "sides: expected two governments such as",
        ),
        (
            ("busan", "--on", "2026-01-01", "--side", "US", "--side", "EU"),
            "there is no government 'EU'",
        ),
        (("busan_eve", "--on", DAY, "--picture", "none/x.png"), "expected a file in a folder that exists"),
        (("busan_eve", "--on", DAY, "--set", "us_port_fees.home_value=-1"), "home_value"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(
    words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called("table", *words) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert len(said.strip().splitlines()) == 1


def test_more_than_sixteen_clauses_are_too_many() -> None:
    fees = ["us_chip_rule.stays=false", "us_reciprocal_10.stays=false", "us_chip_rule.suspension_days=30"]
    fees += ["us_reciprocal_10.suspension_days=30"]
    with pytest.raises(sim.EngineError, match="expected at most 16 clauses on 2025-10-30, got 17"):
        sim.table("busan_eve", DAY, set=[*fees, "talks=false"])
