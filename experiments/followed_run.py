"""The run that the first pages follow: the command that README shows first, and Beijing's answer in it."""

import contextlib
import io
import re
import textwrap
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from document_tables import table

import sim
from sim.domain.constants import ESCALATE, HOLD
from sim.domain.dates import iso, spoken
from sim.domain.decision import Decision
from sim.engines.mesa_engine import TradeModel
from sim.reports.run.story import run_story
from sim.rules.luck import Luck, luck

ROOT = Path(__file__).parents[1]
COMMAND = re.compile(r"snapback run busan --force (?P<force>\S+)(?: --seed (?P<seed>\d+))?")
PYTHON = re.compile(r"^```python\n(?P<code>.*?)^```", re.MULTILINE | re.DOTALL)
WIDTH = 110  # letters of a line of a story


class Command(NamedTuple):
    """What the command plays."""

    force: str
    seed: int


@cache
def command() -> Command:
    """The first command of README that forces a move."""
    shown = COMMAND.search((ROOT / "README.md").read_text("utf-8"))
    assert shown is not None, "README shows no run of busan with a forced move"
    return Command(shown["force"], int(shown["seed"] or 1))


@cache
def run() -> TradeModel:
    """The run to its end."""
    return sim.TradeModel("busan", rng=command().seed, force=command().force).run()


@cache
def provocation() -> Decision:
    """What Washington was told to do."""
    return next(d for d in run().decisions if d.government == 0 and d.move == ESCALATE)


@cache
def answer() -> Decision:
    """Beijing's answer to it."""
    return next(d for d in run().decisions if d.government == 1 and d.day > provocation().day)


@cache
def answer_luck() -> Luck:
    """The luck of that answer."""
    codes = [g.code for g in run().world.governments]
    return luck(run().seed_used, run().number, answer().day, codes[1], codes[0])


def sentences(*days: int) -> str:
    """What the story tells of some days, as a block of text."""
    marks = tuple(f"- **{spoken(day)}.**" for day in days)
    lines = [line for line in run_story(run()).splitlines() if line.startswith(marks)]
    plain = (re.sub(r"[*`]", "", line.removeprefix("- ")) for line in lines)
    return "\n".join(["```text", *(textwrap.fill(line, WIDTH) for line in plain), "```"])


def story() -> str:
    """The provocation and the answer, as the story tells them."""
    return sentences(provocation().day, answer().day)


def answer_story() -> str:
    """The answer alone."""
    return sentences(answer().day)


def printed() -> str:
    """What the Python on the page of the model prints."""
    code = PYTHON.search((ROOT / "sim" / "README.md").read_text("utf-8"))
    assert code is not None, "sim/README.md shows no Python"
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(compile(code["code"], "sim/README.md", "exec"), {"__name__": "shown"})
    return f"```text\n{output.getvalue().rstrip()}\n```"


def package() -> str:
    """The measures of the answer, by what they are."""
    measures = run().source.measures
    rows: Sequence[Sequence[str]] = [
        (f"`{m.id}`", m.title, m.kind.replace("_", " ")) for m in (measures[a.measure] for a in answer().acts)
    ]
    return table(("measure", "what it is", "kind"), rows)


def what_beijing_sees() -> str:
    """Some fields of the view of that morning."""
    v = answer().view
    rows = [
        ("own measures in force", f"{v.my_in_force}"),
        ("own measures suspended", f"{v.my_suspended}"),
        ("days to the nearest sunset of its own", f"{v.days_to_my_sunset}"),
        ("pressure that its measures put on Washington [bn USD a month]", f"{v.my_pressure:.2f}"),
        ("pressure that Washington's put on it [bn USD a month]", f"{v.their_pressure:.2f}"),
        ("its belief that Washington extends its suspensions", f"{100 * v.renewal_belief:.1f} %"),
    ]
    return table(("field of the view", "value"), rows, 1)


def costs() -> str:
    """What the run costs both, account by account."""
    rows = [
        (g.capital, *(f"{cost:.1f}" for cost in run().costs[code]))
        for code, g in run().source.governments.items()
    ]
    return table(("", "economy [bn USD]", "politics [bn USD equivalents]"), rows, 2)


def figures() -> dict[str, float]:
    """Single figures of the run."""
    return {
        "decisions": len(run().decisions),
        "decisions.hold": sum(d.move == HOLD for d in run().decisions),
        "acts": len(answer().acts),
        "fields": len(answer().view),
        "measures": len(run().source.measures),
        "luck": answer().view.luck,
        "precision": run().world.governments[1].act_precision,
    }


def day_before() -> str:
    """The day before the answer, as a command takes it."""
    return iso(answer().day - 1)
