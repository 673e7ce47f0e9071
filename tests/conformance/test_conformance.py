"""Plays every case of `cases.toml` on the engine; how a case is written stands at the top of that file."""

import tomllib
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from random_toml import toml

import sim
from sim.domain.constants import STATUSES
from sim.domain.dates import iso

BOOK = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))
CASES = BOOK["case"]
CHAPTERS = BOOK["chapters"]
SETTING = {"start", "end", "measures", "events", "force", "strategy", "set"}
CHECKS = {"expect", "changes", "decisions", "refused", "stocks"}
UNITS = {"harm": "bn USD/month", "cost": "bn USD/month"}  # of a measure's numbers; the others are shares
NUMBERS = ("level", "coverage", "step", "floor", "ceiling", "harm", "cost")
DEFAULTS = {"issuer": "AA", "kind": "port_fee", "status": "in_force", "suspension_days": 365, "level": 1.0}
MINERAL = "gallium"
# Nothing is reviewed by itself, answers take five days, sunsets are watched for thirty.
CALM = ["review_days=3660", "review_offset=3660", "reaction_days=5", "notice_days=30"]


def number(value: float, unit: str = "share") -> dict[str, Any]:
    return {"value": value, "unit": unit, "source": "made up for the suite"}


def measure_table(given: dict[str, Any]) -> dict[str, Any]:
    """A measure of a case as a scenario wants it."""
    kind, issuer = given.get("kind", DEFAULTS["kind"]), given.get("issuer", DEFAULTS["issuer"])
    names = {"title": given["id"], "basis": f"law on {given['id']}", "source": "made up for the suite"}
    weight = {"coverage": 0.5} if kind == "tariff" else {"harm": 1.0, "cost": 0.1}
    table = names | weight | DEFAULTS | {"target": "BB" if issuer == "AA" else "AA"} | given
    table["numbers"] = {k: number(table.pop(k), UNITS.get(k, "share")) for k in NUMBERS if k in table}
    return table


def event_table(given: dict[str, Any]) -> dict[str, Any]:
    """An event of a case as a scenario wants it; elections change a number of days."""
    table = {"title": given["id"], **given}
    if table["kind"] == "election":
        return table | {"change": number(given["change"], "days")}
    return table | {"source": "made up for the suite"}


def trade_table(importer: str, exporter: str) -> dict[str, Any]:
    numbers = {
        "imports": number(100, "bn USD/year"),
        "base_tariff": number(0.05),
        "semi_elasticity": number(1, "per unit of tariff"),
        "pass_through": number(0.9),
    }
    return {"importer": importer, "exporter": exporter, "numbers": numbers}


def codes_of(case: dict[str, Any]) -> list[str]:
    """AA, BB and whoever else a measure names."""
    return sorted({"AA", "BB", *(m.get(key, "AA") for m in case["measures"] for key in ("issuer", "target"))})


def scenario_text(case: dict[str, Any]) -> str:
    """The scenario of a case as TOML: governments alike that hold, and what the case says."""
    codes = codes_of(case)
    return "\n".join(
        f"{key} = {toml(value)}"
        for key, value in {
            "title": case["number"],
            "about": case["rule"],
            "start": case["start"],
            "end": case["end"],
            "governments": {code: government_table(code) for code in codes},
            "trade": [trade_table(*pair) for pair in permutations(codes, 2)],
            "measures": [measure_table(m) for m in case["measures"]],
            "events": [event_table(e) for e in case.get("events", [])],
        }.items()
    )


def government_table(code: str) -> dict[str, Any]:
    """A government like any other that holds and gets its gallium from AA, AA from BB."""
    supplier = "BB" if code == "AA" else "AA"
    return {"file": "us", "strategy": "hold", "minerals": {MINERAL: {"supplier": supplier}}}


def play(case: dict[str, Any], folder: Path) -> tuple[sim.TradeModel, dict[tuple[str, str], Any]]:
    """The world of a case after its last day, and each evening's status, end and level of each measure.

    And the months of use in each stock, under the government's code.
    """
    file = folder / "case.toml"
    file.write_text(scenario_text(case), "utf-8")
    said = [f"{code}.{text}" for code in codes_of(case) for text in CALM] + case.get("set", [])
    numbers = list({text.partition("=")[0]: text for text in said}.values())  # the case's own come last
    force, strategy = case.get("force", []), case.get("strategy", [])
    model = sim.TradeModel(file, rng=1, force=force, strategy=strategy, set=numbers)
    evenings = {}
    while model.day < model.end:
        model.step()
        for name, m in zip(model.names.measures, model.world.measures, strict=True):
            evenings[iso(model.day), name] = (STATUSES[m.status], iso(m.until), m.level)
        held = model.world.stocks[model.names.minerals.index(MINERAL) :: model.world.minerals]
        for code, stock in zip(model.names.governments, held, strict=True):
            evenings[iso(model.day), code] = stock.stock
    return model, evenings


@pytest.mark.parametrize("case", CASES, ids=[case["number"] for case in CASES])
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    model, evenings = play(case, tmp_path)
    for line in case.get("expect", []):
        day, name, status, *rest = line.split()
        said = dict(zip(rest[::2], rest[1::2], strict=True))
        found_status, until, level = evenings[day, name]
        assert (found_status, until) == (status, said.get("until", "")), f"{case['rule']} {line}"
        off = abs(level - float(said.get("at", said.get("exactly", level))))
        assert off <= (0.0 if "exactly" in said else 1e-9), f"{case['rule']} {line}, not {level}"
    for line in case.get("stocks", []):
        day, code, months = line.split()
        assert evenings[day, code] == pytest.approx(float(months), abs=1e-4), f"{case['rule']} {line}"
    columns = ["date", "measure", "status", "cause"]
    changes = [" ".join(row) for row in model.measures[columns].itertuples(index=False)]
    assert changes == case.get("changes", changes), case["rule"]
    columns = ["date", "government", "reason", "move", "act", "measure"]
    rows = [list(row) for row in model.moves[columns].itertuples(index=False)]
    wanted = [line.split() for line in case.get("decisions", map(" ".join, rows))]
    assert [row[: len(want)] for row, want in zip(rows, wanted, strict=False)] == wanted, case["rule"]
    assert len(rows) == len(wanted), f"{case['rule']} {rows}"
    for line in case.get("refused", []):
        made = [row[2:] for row in rows if row[:2] == line.split()]
        assert made == [["forced", "hold", "none", ""]], f"{case['rule']} {line}"


def test_the_cases_are_numbered_in_order_and_each_states_a_rule_and_checks_it() -> None:
    places = [tuple(map(int, case["number"].split("."))) for case in CASES]
    assert len(CASES) >= 40
    assert places == sorted(set(places))
    assert {str(chapter) for chapter, _ in places} == set(CHAPTERS)
    for chapter in CHAPTERS:
        paragraphs = [place[1] for place in places if str(place[0]) == chapter]
        assert paragraphs == list(range(1, len(paragraphs) + 1)), f"chapter {chapter}"
    for case in CASES:
        assert case["rule"].endswith(".") and len(case["rule"].split()) > 4, case["number"]
        assert set(case) <= {"number", "rule"} | SETTING | CHECKS, case["number"]
        assert set(case) & CHECKS, case["number"]


def test_no_two_cases_state_the_same_rule() -> None:
    assert len({case["rule"] for case in CASES}) == len(CASES)
