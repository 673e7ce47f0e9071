"""Names and places decide nothing: whoever has the numbers of the other decides as the other does."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from random_toml import toml

import sim
from sim.domain.constants import FORCED, REACTIVATE
from sim.domain.decision import Candidate, Decision
from sim.rules.luck import code
from sim.scenarios.load import HERE, merge, parse, read

OTHER = {"US": "CN", "CN": "US"}
Document = dict[str, Any]


def document(name: str) -> Document:
    """A shipped scenario with its governments' own files in it."""
    whole = read(HERE / f"{name}.toml", ())
    for key, table in whole["governments"].items():
        if "file" in table:
            own = parse(HERE / "governments" / f"{table.pop('file')}.toml")
            whole["governments"][key] = merge(own, table)
    return whole


def exchanged(value: Any) -> Any:
    """A document in which Washington's code and Beijing's have changed places wherever they stand."""
    if isinstance(value, dict):
        return {OTHER.get(key, key): exchanged(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [exchanged(inner) for inner in value]
    return OTHER.get(value, value) if isinstance(value, str) else value


def relabelled(name: str, places: bool, folder: Path) -> Path:
    """A scenario with the two codes exchanged, and with the order of governments or without."""
    swapped = exchanged(document(name))
    if places:  # else whoever was first still is, under the other's name
        swapped["governments"] = dict(reversed(swapped["governments"].items()))
    file = folder / f"{name}_relabelled.toml"
    file.write_text("\n".join(f"{key} = {toml(value)}" for key, value in swapped.items()), "utf-8")
    return file


def same_luck(model: sim.TradeModel) -> sim.TradeModel:
    """Let each government draw the luck of whose part it plays."""
    for name, g in zip(model.names.governments, model.world.governments, strict=True):
        g.code = code(OTHER.get(name, name))
    return model


def traces(model: sim.TradeModel, other: dict[str, str]) -> list[tuple[Any, ...]]:
    """All decisions, day by day and government by government, under the codes of the first scenario."""
    names = [other.get(name, name) for name in model.names.governments]

    def words(d: Decision) -> tuple[Any, ...]:
        package = tuple(sorted((a.act, model.names.measures[a.measure]) for a in d.acts))
        return d.day, names[d.government], names[d.partner], d.reason, d.requested, d.move, package

    return sorted((*words(d), d) for d in model.decisions)


def numbers(c: Candidate) -> list[float]:
    return [c.now, c.later, c.pressure, c.noticed, c.way_probability]


CASES = [
    ("busan", (), 3),
    ("busan", ("US:reactivate=us_reciprocal_24@2026-03-02",), 5),
    ("busan", ("CN:reactivate=cn_ga_ge_sb_ban+cn_oct9_controls@2026-03-02",), 6),
    ("busan_court", (), 7),
    ("spiral_2025", (), 8),
    ("linear_game", (), 9),
    ("triangle", ("US>CN:escalate@2026-01-12",), 4),
]


@pytest.mark.parametrize("places", [False, True], ids=["the names", "and the places"])
@pytest.mark.parametrize(("name", "force", "seed"), CASES, ids=[f"{c[0]} {c[2]}" for c in CASES])
def test_with_the_codes_exchanged_everywhere_every_decision_is_the_others(
    name: str, force: tuple[str, ...], seed: int, places: bool, tmp_path: Path
) -> None:
    model = sim.TradeModel(name, rng=seed, force=force).run()
    swapped = relabelled(name, places, tmp_path)
    mirrored = [exchanged_force(text) for text in force]
    again = same_luck(sim.TradeModel(swapped, rng=seed, force=mirrored)).run()
    first, second = traces(model, {}), traces(again, OTHER)
    assert [trace[:-1] for trace in first] == [trace[:-1] for trace in second]
    assert len(first) > 10
    for one, other in zip(first, second, strict=True):
        for a, b in zip(one[-1].candidates, other[-1].candidates, strict=True):
            assert numbers(a) == pytest.approx(numbers(b), rel=1e-6, abs=1e-7)
    for key, account in model.costs.items():
        assert list(again.costs[OTHER.get(key, key)]) == pytest.approx(list(account), rel=1e-6, abs=1e-7)


def exchanged_force(text: str) -> str:
    """A forced move of the other government."""
    who, colon, rest = text.partition(":")
    return ">".join(OTHER.get(key, key) for key in who.split(">")) + colon + rest


DAY = date(2026, 3, 2)
BREAKS = {who: f"{who}:reactivate={who.lower()}_reciprocal_24@{DAY}" for who in OTHER}
MOVED = ("deals.busan.US.stake=20", "deals.busan.CN.stake=0")
RUNS = 20


def snapbacks(who: str, force: tuple[str, ...], numbers: tuple[str, ...]) -> int:
    """In how many runs a government puts back what it suspended within nine days of 2 March 2026."""
    back = 0
    for run in range(RUNS):
        model = sim.TradeModel("busan", rng=1, run=run, until="2026-03-11", force=force, set=numbers).run()
        place = model.names.governments.index(who)
        made = [d for d in model.decisions if d.government == place and d.reason != FORCED]
        made = [d for d in made if d.day >= DAY.toordinal()]
        back += any(a.act == REACTIVATE for d in made for a in d.acts)
    return back


def test_with_beijings_stake_on_washingtons_side_it_is_washington_that_snaps_back() -> None:
    assert snapbacks("US", (BREAKS["CN"],), MOVED) >= 0.8 * RUNS
    assert snapbacks("CN", (BREAKS["US"],), MOVED) <= 0.2 * RUNS
    assert snapbacks("CN", (BREAKS["US"],), ()) >= 0.8 * RUNS


def test_and_only_when_the_deal_is_broken() -> None:
    assert snapbacks("US", (), MOVED) <= 0.1 * RUNS
