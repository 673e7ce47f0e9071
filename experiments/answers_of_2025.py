"""How Beijing answered Washington in 2025, asked of the rulebook from the record's state of each day.

    python experiments/answers_of_2025.py [RUNS]

writes results/answers_of_2025.md, of 1000 runs a question if not given. What was done up to the eve is
forced (`recorded_answers.py`), with holds wherever else a decision falls due. Beijing's reaction time is the
record's lag of the answer asked for, so that it falls due on that day. Two questions, with the same luck: left
free, does Beijing escalate? And made to, by which package? A package counts as the set of its kinds; an answer
to two American steps is asked for once a step, and its kinds are those of both.
"""

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from recorded_answers import HISTORY, QUESTIONS, Question, by_instrument, by_scenario

import sim
from sim.domain.constants import ACTS, ESCALATE, MOVE_OF_ACT
from sim.engines.ensemble import Ensemble
from sim.forecasting.forced_history import forced_moves
from sim.record.tariffs import step_on, tariff_steps
from sim.rules.measures import legal
from sim.scenarios.schema import Scenario

RUNS = 1000
Kinds = frozenset[str]
Changes = Callable[[Scenario], Sequence[str]]  # numbers to set in a scenario


def as_shipped(_: Scenario) -> Sequence[str]:
    """Nothing is set."""
    return ()


def all_open(source: Scenario) -> Sequence[str]:
    """Every measure of Beijing's may be imposed from the scenario's first day on."""
    return [f"{m.id}.opens={source.start}" for m in source.measures if m.issuer == "CN" and m.opens]


def as_in_busan(source: Scenario) -> Sequence[str]:
    """Beijing's numbers as in `busan`, but for its reaction time."""
    own, others = (s.governments["CN"].numbers for s in (source, sim.scenario("busan")))
    keys = [key for key in own if key != "reaction_days" and own[key].value != others[key].value]
    return [f"CN.{key}={others[key].value}" for key in keys]


def single_acts(_: Scenario) -> Sequence[str]:
    """A move is carried by its best act alone."""
    return ("packages=false",)


WORLDS: Mapping[str, Changes] = {
    "as shipped": as_shipped,
    "every measure of Beijing's open from the first day": all_open,
    "Beijing's numbers as in `busan`": as_in_busan,
    "one act a decision": single_acts,
}


class Answers(NamedTuple):
    """What the rulebook says to a question.

    Attributes:
        source: the scenario.
        odds: share of runs that escalate on each day asked for.
        packages: the measures of each run's answer.
        open: the measures by which Beijing could answer.
    """

    source: Scenario
    odds: list[float]
    packages: list[frozenset[str]]
    open: frozenset[str]


class Verdict(NamedTuple):
    """An answer as sets of kinds, beside the record's.

    Attributes:
        recorded: kinds of what Beijing did.
        modal: the likeliest set.
        share: of runs with it.
        recorded_share: of runs with the record's.
        open: kinds that it could take.
    """

    recorded: Kinds
    modal: Kinds
    share: float
    recorded_share: float
    open: Kinds


@cache
def asked(question: Question, runs: int, changes: Changes = as_shipped) -> Answers:
    """Ask the rulebook a question."""
    parts = [step(question, day, lag, runs, changes) for day, lag in question.steps]
    return Answers(
        parts[0].source,
        [odds for part in parts for odds in part.odds],
        [frozenset().union(*packages) for packages in zip(*(part.packages for part in parts), strict=True)],
        frozenset().union(*(part.open for part in parts)),
    )


def step(question: Question, day: date, lag: int, runs: int, changes: Changes) -> Answers:
    """Ask for the answer to one American step."""
    numbers = [*question.changes, *changes(sim.scenario(question.scenario)), f"CN.reaction_days={lag}"]
    source = sim.scenario(question.scenario, numbers)
    moves = past(source, question, day)
    today = day.toordinal()
    free = played(source, runs, day, moves).records
    odds = (
        sum((m.day, m.government, m.move) == (today, 1, ESCALATE) for run in free for m in run.moves) / runs
    )
    made = played(source, runs, day, [*moves, f"CN:escalate@{day}"])
    packages = [
        frozenset(made.names.measures[a.measure] for a in run.acts if (a.day, a.government) == (today, 1))
        for run in made.records
    ]
    return Answers(source, [odds], packages, possible(source, moves, day))


def past(source: Scenario, question: Question, day: date) -> tuple[str, ...]:
    """The forced moves of a question's world before a day."""
    acts = [text for text in HISTORY[question.scenario] if date.fromisoformat(text[-10:]) < day]
    moves = forced_moves(source, acts, day - timedelta(days=1))
    if moves is None:
        raise ValueError(f"{question.name}: an act of the record is not legal in {source.name}")
    return moves


def played(source: Scenario, runs: int, day: date, moves: Sequence[str]) -> Ensemble:
    """The runs of a past to the evening of a day, on which Washington holds unless it is forced."""
    return sim.ensemble(source, runs, until=day, force=moves, strategy="US=hold", record=True)


def eve(source: Scenario, moves: Sequence[str], day: date) -> sim.TradeModel:
    """A world on the evening before a day."""
    return sim.TradeModel(source, rng=0, until=day - timedelta(days=1), force=moves, strategy="US=hold").run()


def possible(source: Scenario, moves: Sequence[str], day: date) -> frozenset[str]:
    """The measures by which Beijing may escalate on a day."""
    model = eve(source, moves, day)
    escalating = [act for act in range(1, len(ACTS)) if MOVE_OF_ACT[act] == ESCALATE]
    notice = model.world.governments[1].notice_days
    return frozenset(
        name
        for name, m in zip(model.names.measures, model.world.measures, strict=True)
        if m.issuer == 1 and any(legal(m, act, day.toordinal(), notice) for act in escalating)
    )


def verdict(question: Question, answers: Answers, coding: Callable[[Scenario], dict[str, str]]) -> Verdict:
    """An answer beside the record's, by a coding of measures."""
    kinds = coding(answers.source)

    def kinds_of(measures: Sequence[str] | frozenset[str]) -> Kinds:
        return frozenset(kinds[name] for name in measures if kinds[name])

    sets = Counter(kinds_of(package) for package in answers.packages)
    ((modal, count),) = sets.most_common(1)
    recorded, runs = kinds_of(question.taken), sets.total()
    return Verdict(recorded, modal, count / runs, sets[recorded] / runs, kinds_of(answers.open))


def equal(
    runs: int, changes: Changes = as_shipped, coding: Callable[..., dict[str, str]] = by_scenario
) -> int:
    """In how many answers the modal set of kinds is that of the record."""
    verdicts = [verdict(q, asked(q, runs, changes), coding) for q in QUESTIONS]
    return sum(v.modal == v.recorded for v in verdicts)


def told(kinds: Kinds) -> str:
    """A set of kinds in words."""
    return ", ".join(sorted(kinds)) or "nothing"


def answer_row(question: Question, runs: int) -> str:
    """A line of the table of answers."""
    answers = asked(question, runs)
    v = verdict(question, answers, by_scenario)
    odds = ", ".join(f"{100 * share:.0f} %" for share in answers.odds)
    sign = "yes" if v.modal == v.recorded else "**no**"
    shares = f"{100 * v.share:.0f} % | {sign} | {100 * v.recorded_share:.0f} %"
    cells = question.name, question.provocation, odds, told(v.recorded), told(v.modal)
    return f"| {' | '.join(cells)} | {shares} | {told(v.open)} |"


def state_row(question: Question) -> str:
    """A line of the table of states: average tariffs on the eve, in the world and in the record."""
    day, lag = question.steps[0]
    source = sim.scenario(question.scenario, [*question.changes, f"CN.reaction_days={lag}"])
    rates = eve(source, past(source, question, day), day).record.tariffs[-1]
    piie = step_on(tariff_steps(), day - timedelta(days=1))
    pairs = (rates[1], piie.us_avg_tariff_on_cn), (rates[2], piie.cn_avg_tariff_on_us)
    return f"| {day} | {' | '.join(f'{100 * world:.1f} / {recorded:.1f}' for world, recorded in pairs)} |"


def measure_rows(question: Question, runs: int) -> list[str]:
    """Lines of the table of measures: how often each that was open is in the package."""
    answers = asked(question, runs)
    counts = Counter(name for package in answers.packages for name in package)
    kinds = by_scenario(answers.source)
    names = sorted(answers.open, key=lambda name: (-counts[name], name))
    return [
        f"| {question.name} | `{name}` | {kinds[name]} | {'yes' if name in question.taken else 'no'} | "
        f"{100 * counts[name] / runs:.0f} % |"
        for name in names
    ]


def count_row(name: str, runs: int) -> str:
    """A line of the table of counts: a world, by both codings."""
    counts = (equal(runs, WORLDS[name], coding) for coding in (by_scenario, by_instrument))
    return f"| {name} | {' | '.join(f'{count} of {len(QUESTIONS)}' for count in counts)} |"


def page(runs: int) -> str:
    """The page of results."""
    verdicts = {q.name: verdict(q, asked(q, runs), by_scenario) for q in QUESTIONS}
    missed = [name for name, v in verdicts.items() if v.modal != v.recorded]
    everything = sum(v.open == v.recorded for v in verdicts.values())
    head = f"{len(QUESTIONS) - len(missed)} of {len(QUESTIONS)}"
    lines = [
        "# Beijing's five answers of 2025",
        "",
        "Asked on each day from the record's state of its morning, the rulebook's likeliest set of kinds is "
        f"that of the record in **{head}** answers"
        + (f"; not on {' and '.join(missed)}." if missed else "."),
        f"To take one of every kind that is open would be right in {everything}, for the scenario knows what "
        "was then done and little else.",
        "",
        f"`python experiments/answers_of_2025.py`: {runs} runs of seed 0 for each question, Snapback "
        f"{sim.__version__}. How the world of each day is made, and what counts as a kind: "
        "`experiments/recorded_answers.py`, fixed before the first look.",
        "",
        "| answer of | to | escalates | the record's kinds | the likeliest kinds, made to | share | equal | "
        "share of the record's | kinds open |",
        "|---|---|---:|---|---|---:|---|---:|---|",
        *(answer_row(q, runs) for q in QUESTIONS),
        "",
        "| in how many of five | kinds as the scenarios have them | by the record's instruments alone |",
        "|---|---:|---:|",
        *(count_row(name, runs) for name in WORLDS),
        "",
        "## Which measures",
        "",
        "Every measure that was open, and how often it is in the package. In April it is one of either day.",
        "",
        "| answer of | measure | kind | taken in the record | in the package |",
        "|---|---|---|---|---:|",
        *(row for q in QUESTIONS for row in measure_rows(q, runs)),
        "",
        "## The state of each day",
        "",
        "Average tariffs on the eve, in the world / in PIIE's series [per cent]. A rise is felt at once in the "
        "world, in the series from its day of effect.",
        "",
        "| asked on | Washington's | Beijing's |",
        "|---|---:|---:|",
        *(state_row(q) for q in QUESTIONS),
    ]
    return "\n".join(lines) + "\n"


def main(runs: int = RUNS) -> None:
    """Ask all questions and write the page."""
    Path("results/answers_of_2025.md").write_text(page(runs), "utf-8")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
