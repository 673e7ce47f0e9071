"""Recipes of CONTRIBUTING carried out in a scratch copy of `sim`: the files that each touches are counted.

A recipe is data: for each file of `sim` the texts to replace by others; a file that is not there is
written anew, its text replacing nothing. To add one, write an entry of `RECIPES`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import sim

SIM = Path(__file__).parents[1] / "sim"


class Recipe(NamedTuple):
    """A change: the most files it may touch, its edits by file, and a script that shows that it works."""

    most: int
    edits: dict[str, list[tuple[str, str]]]
    script: str


def carried_out(recipe: Recipe, folder: Path) -> str:
    """What a recipe's script prints in a copy of `sim` with its edits made."""
    shutil.copytree(SIM, folder / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    for name, edits in recipe.edits.items():
        path = folder / "sim" / name
        text = path.read_text("utf-8") if path.exists() else ""
        for old, new in edits:
            assert text.count(old) == 1 or (not old and not text), f"{name}: {text.count(old)} times {old!r}"
            text = text.replace(old, new) if old else new
        path.write_text(text, "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", recipe.script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "NUMBA_CACHE_DIR": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


EXAMPLE = (SIM / "scenarios" / "README.md").read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
NORWAY, TRADE = EXAMPLE.partition("[governments.NO]\n")[2].split("[[trade]]", 1)

RECIPES: dict[str, Recipe] = {
    "a strategy": Recipe(
        most=1,
        edits={
            "strategies/patient.py": [
                (
                    "",
                    '"""Patience."""\n\n'
                    "from sim.domain.constants import HOLD, RELAX, Move\n"
                    "from sim.domain.view import View\n"
                    "from sim.strategies.strategy_register import strategy\n\n\n"
                    '@strategy(source="nobody: an example")\n'
                    "def patient(view: View) -> Move:\n"
                    '    """It relaxes after a hundred quiet days."""\n'
                    "    return RELAX if view.quiet_days > 100 and view.can_relax else HOLD\n",
                )
            ]
        },
        script="import sim; print(sim.TradeModel('busan', rng=1, strategy='US=patient').run().costs)",
    ),
    "a payoff term": Recipe(
        most=5,
        edits={
            "domain/parameters.py": [
                (
                    "    leverage: Annotated[\n",
                    '    upkeep: Annotated[float, BN_MONTH, 0, BIG, "of an own measure", 0]\n'
                    "    leverage: Annotated[\n",
                )
            ],
            "domain/terms.py": [
                (
                    '    Term("acts", POLITICS, "attention for its acts"),\n',
                    '    Term("acts", POLITICS, "attention for its acts"),\n'
                    '    Term("upkeep", ECONOMY, "upkeep of its measures"),\n',
                )
            ],
            "rules/terms/upkeep_term.py": [
                (
                    "",
                    '''"""Upkeep: every own measure in force costs."""

from sim.domain.state import World
from sim.payoffs.present_value import Discounting
from sim.rules.measures import effective_level


def upkeep_flow(world: World, government: int) -> float:
    """Upkeep of all own measures in force [bn USD/month]."""
    total = 0.0
    for measure in world.measures:
        if measure.issuer == government:
            total -= world.governments[government].upkeep * effective_level(measure)
    return total


def upkeep_value(
    world: World, h: Discounting, government: int, number: int, change: float
) -> float:
    """Upkeep of a measure as its level changes [bn USD]."""
    if world.measures[number].issuer != government:
        return 0.0
    return -world.governments[government].upkeep * change * h.whole
''',
                )
            ],
            "rules/daily_payoffs.py": [
                (
                    "        0.0,\n    )\n",
                    "        0.0,\n        upkeep_flow(world, government),\n    )\n",
                ),
                (
                    "from sim.rules.trade import",
                    "from sim.rules.terms.upkeep_term import upkeep_flow\nfrom sim.rules.trade import",
                ),
            ],
            "rules/present_values.py": [
                (
                    "    concessions = ",
                    "    controls += upkeep_value(world, h, government, number, change)\n    concessions = ",
                ),
                (
                    "from sim.rules.trade import tariff\n",
                    "from sim.rules.trade import tariff\n"
                    "from sim.rules.terms.upkeep_term import upkeep_value\n",
                ),
            ],
        },
        script="""
import sim
from sim.domain.constants import REACTIVATE, SUSPENDED
from sim.domain.terms import COSTS
from sim.rules.act_table import fill_table
from sim.rules.outlook import outlook

terms = {"busan": [], "costly": []}
for name, numbers in (("busan", []), ("costly", ["US.upkeep=0.1", "CN.upkeep=0.1"])):
    model = sim.TradeModel("busan", rng=1, until="2025-12-31", set=numbers).run()
    terms[name] = model.cost_terms.loc["upkeep"].tolist()
assert terms["busan"] == [0.0, 0.0]

world, day = model.world, model.day
place = next(k for k, m in enumerate(world.measures) if m.status == SUSPENDED)
me, other, level = world.measures[place].issuer, world.measures[place].target, world.measures[place].level


def value_of_its_return():
    # what putting the measure back is worth by the table of acts
    o = outlook(world, me, other, day)
    t = fill_table(world, o)
    (row,) = (r for r in world.acts[: t.rows] if (r.act, r.measure) == (REACTIVATE, place))
    return row.trade + row.rent + row.controls, o.h.whole


with_upkeep, months = value_of_its_return()
world.governments[me].upkeep = 0.0
assert abs(value_of_its_return()[0] - with_upkeep - 0.1 * level * months) < 1e-12
print(terms, "upkeep" in COSTS)
""",
    ),
    "an act": Recipe(
        most=3,
        edits={
            "domain/constants.py": [
                ("LIFT: Final = 7\n", "LIFT: Final = 7\nHALVE: Final = 10  # what has no step of its own\n"),
                ('"withdraw", "postpone")', '"withdraw", "postpone", "halve")'),
                ("RELAX, RELAX, RELAX, RELAX, RELAX, RELAX)", f"{'RELAX, ' * 6}RELAX)"),
            ],
            "rules/measures.py": [
                ("    EXTEND,\n", "    EXTEND,\n    HALVE,\n"),
                (
                    "    if act == SUSPEND:\n        return",
                    "    if act == HALVE:\n        return measure.step == 0.0\n"
                    "    if act == SUSPEND:\n        return",
                ),
                (
                    "    if act in (SUSPEND, LIFT):\n",
                    "    if act == HALVE:\n        return measure.level / 2.0\n"
                    "    if act in (SUSPEND, LIFT):\n",
                ),
            ],
            "rules/measure_changes.py": [
                ("    EXTEND,\n", "    EXTEND,\n    HALVE,\n"),
                ("    elif act in (RAISE, LOWER):\n", "    elif act in (RAISE, LOWER, HALVE):\n"),
            ],
        },
        script="""
import sim

force = ["US:reactivate=us_affiliates_50pct@2025-12-01", "US:halve=us_affiliates_50pct@2025-12-05"]
quiet = {"US": "hold", "CN": "hold"}
model = sim.TradeModel("busan", rng=1, until="2026-02-28", force=force, strategy=quiet).run()
print(model.measures, model.moves.act.value_counts())
assert model.measures.level.tolist() == [1.0, 0.5]
relaxing = [d for d in model.decisions if d.reason == 3][-1].candidates[2]
assert [a.act for a in relaxing.acts] == [10]
assert abs(relaxing.pressure + 0.4) < 1e-9  # half of what Beijing bears
""",
    ),
    "a number of governments": Recipe(
        most=1,
        edits={
            "domain/parameters.py": [
                (
                    "    leverage: Annotated[\n",
                    '    patience: Annotated[float, MONTHS, 0, 60, "how long it waits", 0]\n'
                    "    leverage: Annotated[\n",
                )
            ]
        },
        script=f"""
import sim
from pathlib import Path
from sim.domain.state import GovernmentState
from sim.engines.compiler.world_arrays import arrays_of
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.world_pointer import PointedWorld
from sim.rules.outside_events import happen
from sim.scenarios.assumptions import assumptions_of
from sim.scenarios.initial_state import world_of
from sim.scenarios.numbers import numbers_table

busan = sim.scenario("busan")
assert busan.digest == "{sim.scenario("busan").digest}"  # a new number breaks nobody's file
assert assumptions_of(busan)["US.patience"].source == "default"
assert world_of(sim.scenario("busan", ["US.patience=3"])).governments[0].patience == 3.0
assert "patience" in [row[1] for row in numbers_table()]

Path("patient.toml").write_text('''
extends = "busan"
[[events]]
kind = "election"
id = "vote"
date = 2025-11-12
title = "A vote"
government = "CN"
number = "patience"
change = {{ value = 2, unit = "months", source = "assumption" }}
''')
model = sim.TradeModel("patient.toml", rng=1, until="2025-11-12").run()
assert model.world.governments[1].patience == 2.0
arrays = arrays_of(world_of(model.source))
compiled(happen)(PointedWorld(arrays), model.day)
print(arrays.governments["patience"])
assert arrays.governments["patience"].tolist() == [0.0, 2.0]
""",
    ),
    "a kind of event": Recipe(
        most=4,
        edits={
            "domain/constants.py": [
                ("\nTARIFF: Final = 0\n", "FIRE: Final = 5  # part of a stock is lost\n\nTARIFF: Final = 0\n")
            ],
            "scenarios/event_kinds.py": [
                ("import CHANGE, MEETING,", "import CHANGE, FIRE, MEETING,"),
                ("| SummitEvent, Field(", "| SummitEvent | FireEvent, Field("),
                (
                    "EventEntry = ",
                    '''class FireEvent(Event):
    """A fire destroys part of a government's stock of a mineral."""

    kind: Literal["fire"]
    government: Code
    mineral: Key
    part: Annotated[float, Field(gt=0, le=1)]

    def check(self, names: Names) -> None:
        """Raise ValueError if there is no such government or mineral."""
        check_government(f"events[{self.id}].government", self.government, names.governments)
        if self.mineral not in names.minerals:
            hint = did_you_mean(self.mineral, names.minerals)
            raise ValueError(f"events[{self.id}].mineral: there is no mineral {self.mineral!r}; {hint}")

    def states(self, names: Names, opened: Sequence[int]) -> list[EventState]:
        """The loss."""
        place, mineral = names.governments.index(self.government), names.minerals.index(self.mineral)
        return [EventState(self.day, FIRE, place, mineral, self.part)]

    def effect(self, basis_of: Mapping[str, str]) -> str:
        """What is lost."""
        return f"{self.government} loses {self.part:.0%} of its {self.mineral}."


EventEntry = ''',
                ),
            ],
            "rules/outside_events.py": [
                ("import BALLOT, CHANGE,", "import BALLOT, CHANGE, FIRE,"),
                (
                    "        elif event.kind == BALLOT:\n",
                    "        elif event.kind == FIRE:\n"
                    "            stock = world.stocks[event.first * world.minerals + event.second]\n"
                    "            stock.stock *= 1.0 - event.value\n"
                    "        elif event.kind == BALLOT:\n",
                ),
            ],
        },
        script="""
import sim
from pathlib import Path
from sim.engines.compiler.world_arrays import arrays_of
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.world_pointer import PointedWorld
from sim.reports.run.scenario_summary import scenario_summary
from sim.rules.outside_events import happen
from sim.scenarios.initial_state import names_of, world_of

text = '''
extends = "busan"
[[events]]
kind = "fire"
id = "depot"
date = 2025-11-12
title = "A depot burns"
government = "US"
mineral = "gallium"
part = 0.5
'''
Path("fire.toml").write_text(text)
source = sim.scenario("fire.toml")
assert "A depot burns. US loses 50% of its gallium." in scenario_summary(source)
before, world, arrays = world_of(source), world_of(source), arrays_of(world_of(source))
day = source.events[0].day
happen(world, day)
compiled(happen)(PointedWorld(arrays), day)
k = names_of(source).minerals.index("gallium")
assert world.stocks[k].stock == arrays.stocks[k]["stock"] == before.stocks[k].stock / 2
for wrong, says in (("galium", "did you mean gallium?"), ("", "")):
    Path("fire.toml").write_text(text.replace("gallium", wrong) if wrong else text.replace("fire", "flood"))
    try:
        sim.scenario("fire.toml")
    except sim.ScenarioError as error:
        print(error)
        assert says in str(error) and (wrong or "'summit', 'fire'" in str(error))
    else:
        raise SystemExit("not refused")
""",
    ),
    "a kind of measure that only harms and costs": Recipe(
        most=1,
        edits={"domain/constants.py": [('    "boycott",\n', '    "boycott",\n    "visa_ban",\n')]},
        script="""
import sim
from pathlib import Path

Path("visas.toml").write_text('''
extends = "busan"
[[measures]]
id = "cn_visas"
title = "No visas for executives"
issuer = "CN"
target = "US"
kind = "visa_ban"
status = "available"
basis = "Exit and entry law"
source = "assumption"
numbers.level = { value = 1, unit = "share", source = "assumption" }
numbers.harm = { value = 0.4, unit = "bn USD/month", source = "assumption" }
numbers.cost = { value = 0.1, unit = "bn USD/month", source = "assumption" }
''')
calm = {"US": "hold", "CN": "hold"}
costs = []
for force in ([], ["CN:impose=cn_visas@2025-12-01"]):
    model = sim.TradeModel("visas.toml", rng=1, until="2026-03-01", force=force, strategy=calm).run()
    costs.append(model.cost_terms.loc["controls"].tolist())
print(costs)
assert all(more > less for less, more in zip(*costs, strict=True))
""",
    ),
    "a country": Recipe(
        most=2,
        edits={
            "scenarios/governments/no.toml": [("", NORWAY.replace("[governments.NO.", "["))],
            "scenarios/salmon.toml": [
                (
                    "",
                    EXAMPLE.partition("[governments.NO]")[0]
                    + '[governments.NO]\nfile = "no"\n\n[[trade]]'
                    + TRADE,
                )
            ],
        },
        script="""
import sim
from sim.reports.run.scenario_summary import scenario_summary

assert "salmon" in sim.scenario_names()
print(scenario_summary(sim.scenario("salmon")))
print(sim.TradeModel("salmon", rng=1).run().costs)
""",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", RECIPES)
def test_a_recipe_works_and_touches_few_files(what: str, tmp_path: Path) -> None:
    recipe = RECIPES[what]
    assert len(recipe.edits) <= recipe.most
    assert carried_out(recipe, tmp_path).strip()
