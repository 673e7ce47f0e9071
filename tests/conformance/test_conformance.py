"""Plays every case of the books on both engines; how a case is written stands at the top of each."""

import tomllib
from collections import ChainMap
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from random_toml import toml
from twins import assert_same_life

import sim
from sim.domain.constants import ACTS, ENDINGS, MOVES, STATUSES
from sim.domain.dates import iso
from sim.domain.decision import Candidate
from sim.rules.indexing import pair_of

HERE = Path(__file__).parent
NAMES = ("cases.toml", "decisions.toml", "talks.toml")
BOOKS = [tomllib.loads((HERE / name).read_text("utf-8")) for name in NAMES]
COMMONS = [ChainMap(*(b.get("common", {}) for b in BOOKS[k::-1])) for k in range(len(BOOKS))]  # of all before
CASES = [dict(common) | case for book, common in zip(BOOKS, COMMONS, strict=True) for case in book["case"]]
WORLDS = {name: world for book in BOOKS for name, world in book.get("worlds", {}).items()}
CHAPTERS = {number: title for book in BOOKS for number, title in book["chapters"].items()}
SETTING = {"start", "end", "measures", "deals", "events", "force", "strategy", "set", "world", "answers"}
COMMON = {"numbers", "minerals", "trade", "talks"}
CHECKS = {
    "expect",
    "changes",
    "decisions",
    "refused",
    "stocks",
    "values",
    "due",
    "meetings",
    "offers",
    "kept",
}
UNITS = dict.fromkeys(("harm", "cost", "home_value"), "bn USD/month")  # of a measure; the others are shares
NUMBERS = ("level", "coverage", "step", "floor", "ceiling", "harm", "cost", "home_value")
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


def deal_table(given: dict[str, Any], start: date) -> dict[str, Any]:
    """A deal of a case as a scenario wants it: the stakes stand under the codes of its two sides."""
    stakes = {key: number(value, "bn USD") for key, value in given.items() if key.isupper()}
    plain = {"id": "deal", "title": "A deal", "since": start, "source": "made up for the suite"}
    tolerance = {"tolerance": number(given["tolerance"])}
    return plain | {"members": given["members"], "numbers": tolerance, "stakes": stakes}


def trade_table(case: dict[str, Any], importer: str, exporter: str) -> dict[str, Any]:
    given = {"imports": 100, "base_tariff": 0.05, "semi_elasticity": 1, "pass_through": 0.9}
    units = {"imports": "bn USD/year", "semi_elasticity": "per unit of tariff"}
    given |= case.get("trade", {})
    numbers = {key: number(value, units.get(key, "share")) for key, value in given.items()}
    return {"importer": importer, "exporter": exporter, "numbers": numbers}


def of_world(case: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The measures, or the deals, of a case: those of its world, and its own."""
    tables: list[dict[str, Any]] = WORLDS.get(case.get("world", ""), {}).get(key, []) + case.get(key, [])
    return tables


def codes_of(case: dict[str, Any]) -> list[str]:
    """AA, BB and whoever else a measure names."""
    sides = {m.get(key, "AA") for m in of_world(case, "measures") for key in ("issuer", "target")}
    return sorted({"AA", "BB"} | sides)


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
            "governments": {code: government_table(case, code) for code in codes},
            "trade": [trade_table(case, *pair) for pair in permutations(codes, 2)],
            "measures": [measure_table(m) for m in of_world(case, "measures")],
            "deals": [deal_table(d, case["start"]) for d in of_world(case, "deals")],
            "events": [event_table(e) for e in case.get("events", [])],
        }.items()
    )


def government_table(case: dict[str, Any], code: str) -> dict[str, Any]:
    """A government like any other that holds and gets its gallium from AA, AA from BB."""
    supplier = "BB" if code == "AA" else "AA"
    table = {"file": "us", "strategy": "hold", "minerals": {MINERAL: {"supplier": supplier}}}
    answers = {
        f"after_{move}": dict(zip(MOVES, chances, strict=True)) | {"weight": 1e6}
        for move, chances in case.get("answers", {}).items()
    }
    return table | ({"answers": answers} if answers else {})


def settings_of(case: dict[str, Any]) -> list[str]:
    """All numbers that a case is played with; its own come last."""
    said = []
    for code in codes_of(case):
        said += [f"{code}.{text}" for text in (*CALM, *case.get("numbers", []))]
        said += [f"{code}.{MINERAL}.{text}" for text in case.get("minerals", [])]
    if case.get("talks"):
        said += [f"talks.{text}" for text in case["talks"]] + [
            f"{code}.negotiator=waiting" for code in codes_of(case)
        ]
    said += case.get("set", [])
    return list({text.partition("=")[0]: text for text in said}.values())


def play(case: dict[str, Any], folder: Path) -> tuple[sim.TradeModel, dict[tuple[str, str], Any]]:
    """The world of a case after its last day, and each evening's status, end and level of each measure.

    And the months of use in each stock, under the government's code.
    """
    file = folder / "case.toml"
    file.write_text(scenario_text(case), "utf-8")
    force, strategy = case.get("force", []), case.get("strategy", [])
    played = {"force": force, "strategy": strategy, "set": settings_of(case)}
    model = sim.TradeModel(file, rng=1, **played)
    evenings = {}
    while model.day < model.end:
        model.step()
        for name, m in zip(model.names.measures, model.world.measures, strict=True):
            evenings[iso(model.day), name] = (STATUSES[m.status], iso(m.until), m.level)
        held = model.world.stocks[model.names.minerals.index(MINERAL) :: model.world.minerals]
        for code, stock in zip(model.names.governments, held, strict=True):
            evenings[iso(model.day), code] = stock.stock
        for place, pair in enumerate(model.world.pairs):
            two = [model.names.governments[k] for k in divmod(place, len(model.names.governments))]
            evenings[iso(model.day), ">".join(two)] = pair.owed, pair.threat_due
    many = sim.ensemble(file, 1, seed=1, record=True, **played)
    assert_same_life(model, many.records[0], many.terms[0])
    return model, evenings


def acts_text(model: sim.TradeModel, acts: list[Any]) -> str:
    """Acts as a case writes them."""
    return "+".join(f"{ACTS[a.act]}={model.names.measures[a.measure]}" for a in acts)


def meetings_of(model: sim.TradeModel) -> list[str]:
    """All meetings of a run, and what is on the table."""
    codes = model.names.governments
    return [
        f"{iso(day)} {codes[one]}+{codes[other]} {acts_text(model, acts)}".strip()
        for (day, one, other), acts in model.talks.agendas.items()
    ]


def offers_of(model: sim.TradeModel) -> list[list[str]]:
    """All offers of a run: day, who of the two, how it ended, acts given and asked, and the package."""
    rows = []
    for o in model.talks.offers:
        agenda = model.talks.agendas[o.day, *sorted((o.proposer, o.responder))]
        package = acts_text(model, [act for k, act in enumerate(agenda) if o.package >> k & 1])
        who = "first" if o.proposer == model.talks.offers[0].proposer else "second"
        rows.append([iso(o.day), who, ENDINGS[o.ending], f"{o.gives}+{o.gets}", package])
    return rows


def kept_by(model: sim.TradeModel, who: str) -> list[float]:
    """How many deals a government has carried out, and how many it has refused, as its partner knows."""
    one, other = (model.names.governments.index(code) for code in towards(who))
    pair = model.world.pairs[pair_of(model.world, other, one)]
    return [pair.fulfilled, pair.refused]


def assert_lines(case: dict[str, Any], key: str, found: list[list[str]]) -> None:
    """Check that a case says all that happened, each line as far as it goes."""
    wanted = [line.split() for line in case.get(key, map(" ".join, found))]
    assert [row[: len(want)] for row, want in zip(found, wanted, strict=False)] == wanted, case["rule"]
    assert len(found) == len(wanted), f"{case['rule']} {found}"


def towards(who: str) -> tuple[str, str]:
    """A government and whom it looks at: `AA>CC`, or of AA and BB each at the other."""
    one, _, other = who.partition(">")
    return one, other or {"AA": "BB", "BB": "AA"}[one]


def candidate_of(model: sim.TradeModel, day: str, who: str, move: str) -> Candidate:
    """A move as it stood before a decision of a case."""
    one, other = (model.names.governments.index(code) for code in towards(who))
    (made,) = (d for d in model.decisions if (iso(d.day), d.government, d.partner) == (day, one, other))
    return made.candidates[MOVES.index(move)]


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
    for line in case.get("due", []):
        day, who, *said = line.split()
        found = evenings[day, ">".join(towards(who))]
        assert found == pytest.approx([float(x) for x in said], abs=1e-5), f"{case['rule']} {line}"
    for line in case.get("values", []):
        day, who, move, name, x = line.split()
        found = getattr(candidate_of(model, day, who, move), name)
        assert found == pytest.approx(float(x), abs=1e-5), f"{case['rule']} {line}, not {found}"
    columns = ["date", "measure", "status", "cause"]
    changes = [" ".join(row) for row in model.measures.astype({"date": str})[columns].itertuples(index=False)]
    assert changes == case.get("changes", changes), case["rule"]
    columns = ["date", "government", "reason", "move", "act", "measure"]
    rows = [list(row) for row in model.moves.astype({"date": str})[columns].itertuples(index=False)]
    assert_lines(case, "decisions", rows)
    assert_lines(case, "offers", offers_of(model))
    assert meetings_of(model) == case.get("meetings", meetings_of(model)), case["rule"]
    for line in case.get("kept", []):
        who, *counts = line.split()
        assert kept_by(model, who) == [float(x) for x in counts], f"{case['rule']} {line}"
    for line in case.get("refused", []):
        made = [row[2:] for row in rows if row[:2] == line.split()]
        assert made == [["forced", "hold", "none", ""]], f"{case['rule']} {line}"


def test_the_cases_are_numbered_in_order_and_each_states_a_rule_and_checks_it() -> None:
    places = [tuple(map(int, case["number"].split("."))) for case in CASES]
    assert len(CASES) >= 400
    assert places == sorted(set(places))
    assert {str(chapter) for chapter, _ in places} == set(CHAPTERS)
    for chapter in CHAPTERS:
        paragraphs = [place[1] for place in places if str(place[0]) == chapter]
        assert paragraphs == list(range(1, len(paragraphs) + 1)), f"chapter {chapter}"
    for case in CASES:
        assert case["rule"].endswith(".") and len(case["rule"].split()) > 4, case["number"]
        assert set(case) <= {"number", "rule"} | SETTING | COMMON | CHECKS, case["number"]
        assert set(case) & CHECKS, case["number"]


def test_no_two_cases_state_the_same_rule() -> None:
    assert len({case["rule"] for case in CASES}) == len(CASES)
