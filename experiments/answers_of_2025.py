"""How Beijing answered Washington in 2025, asked of the rulebook from the record's state of each day.

    python experiments/answers_of_2025.py [RUNS]

writes results/answers_of_2025.md, of 1000 runs a question if not given: a minute or two.
"""

import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

from recorded_answers import QUESTIONS, Question, by_instrument, by_scenario
from rulebook_answers import WORLDS, Kinds, Verdict, asked, eve, past, verdict, verdicts, world_of

import sim
from sim.record.tariffs import step_on, tariff_steps

RUNS = 1000
COUNT = f"{{}} of {len(QUESTIONS)}"
ANSWERS = (
    "| answer of | to | escalates | the record's kinds | the likeliest kinds | share | equal | "
    "share of the record's | kinds open |"
)


def told(kinds: Kinds) -> str:
    """A set of kinds in words."""
    return ", ".join(sorted(kinds)) or "nothing"


def answer_row(question: Question, runs: int) -> str:
    """A line of the table of answers."""
    answers = asked(question, runs)
    v = verdict(question, answers)
    odds = ", ".join(f"{100 * share:.0f} %" for share in answers.odds)
    cells = question.name, question.provocation, odds, told(v.recorded), told(v.modal)
    shares = f"{100 * v.share:.0f} % | {'yes' if v.equal else '**no**'} | {100 * v.recorded_share:.0f} %"
    return f"| {' | '.join(cells)} | {shares} | {told(v.open)} |"


def act_rows(question: Question, runs: int) -> list[str]:
    """Lines of the table of acts: what each adds, and how often it is in the package."""
    answers = asked(question, runs)
    counts = Counter(name for package in answers.packages for name in package)
    kinds = by_scenario(answers.source)
    acts = sorted(answers.acts.values(), key=lambda act: (-counts[act.measure], act.measure))
    return [
        f"| {question.name} | `{act.measure}`{' (best)' if act.best else ''} | {kinds[act.measure]} | "
        f"{'yes' if act.measure in question.taken else 'no'} | {act.pressure:.2f} | {act.adds:.2f} | "
        f"{100 * counts[act.measure] / runs:.0f} % |"
        for act in acts
    ]


def state_row(question: Question) -> str:
    """A line of the table of states: average tariffs on the eve, in the world and in the record."""
    day, lag = question.steps[0]
    source = world_of(question, lag)
    rates = eve(source, past(source, question, day), day).record.tariffs[-1]
    piie = step_on(tariff_steps(), day - timedelta(days=1))
    pairs = (rates[1], piie.us_avg_tariff_on_cn), (rates[2], piie.cn_avg_tariff_on_us)
    return f"| {day} | {' | '.join(f'{100 * world:.1f} / {recorded:.1f}' for world, recorded in pairs)} |"


def count_row(name: str, runs: int) -> str:
    """A line of the table of counts: a world, by both codings."""
    counts = (
        sum(v.equal for v in verdicts(runs, WORLDS[name], coding)) for coding in (by_scenario, by_instrument)
    )
    return f"| {name} | {' | '.join(COUNT.format(count) for count in counts)} |"


def why(question: Question, v: Verdict, runs: int) -> str:
    """What a likeliest answer lacks and has too much, with what the best act of each kind adds."""
    answers = asked(question, runs)
    kinds = by_scenario(answers.source)
    acts = sorted(answers.acts.values(), key=lambda act: act.adds)
    parts = [f"begins best with `{next(act.measure for act in reversed(acts) if act.best)}`"]
    for sign, wrong in ("lacks", v.recorded - v.modal), ("has too much", v.modal - v.recorded):
        of_kind = {
            kinds[act.measure]: f"`{act.measure}` {act.adds:+.2f}"
            for act in acts
            if kinds[act.measure] in wrong and (sign != "lacks" or act.measure in question.taken)
        }
        if wrong:
            parts.append(f"{sign} {', '.join(f'{kind} ({of_kind[kind]})' for kind in sorted(wrong))}")
    return f"- {question.name}: {'; '.join(parts)}."


def page(runs: int) -> str:
    """The page of results."""
    told_by = dict(zip(QUESTIONS, verdicts(runs), strict=True))
    missed = [q for q, v in told_by.items() if not v.equal]
    known = sum(v.open == v.recorded for v in told_by.values())
    names = f": not on {', '.join(q.name for q in missed)}" if missed else ""
    lines = [
        "# Beijing's five answers of 2025",
        "",
        "Asked on each day from the record's state of its morning, the likeliest set of kinds by which the "
        f"rulebook escalates is the record's in **{COUNT.format(len(QUESTIONS) - len(missed))}** "
        f"answers{names}.",
        f"One of every kind that is open would be right in {known}, for the scenarios know what was done "
        "that day and little else.",
        "",
        f"`python experiments/answers_of_2025.py`: {runs} runs of seed 0 for each question, Snapback "
        f"{sim.__version__}. The world of each day, the kinds and what the record has are in "
        "`experiments/recorded_answers.py`, fixed before the first look; how it is asked, in "
        "`experiments/rulebook_answers.py`.",
        "",
        ANSWERS,
        "|---|---|---:|---|---|---:|---|---:|---|",
        *(answer_row(q, runs) for q in QUESTIONS),
        "",
        "`escalates`: left free, on each day asked for. The kinds are those of runs made to escalate.",
        "",
        "| answers right, by kinds | of the scenarios | of the record's instruments alone |",
        "|---|---:|---:|",
        *(count_row(name, runs) for name in WORLDS),
        "",
        "## Acts",
        "",
        "Every act that was open: its pressure on Washington [bn USD/month], what it adds to the best act "
        "alone (the best act: to holding) [bn USD], and how often it is in the package. An act that adds "
        "less than nothing joins the best one in less than half of the runs. Of two days, the one on which "
        "it adds more.",
        "",
        *(why(q, told_by[q], runs) for q in missed),
        *([""] if missed else []),
        "| answer of | act on | kind | in the record | pressure | adds | in the package |",
        "|---|---|---|---|---:|---:|---:|",
        *(row for q in QUESTIONS for row in act_rows(q, runs)),
        "",
        "## The state of each day",
        "",
        "Average tariffs on the eve, in the world / in PIIE's series [per cent]. A rise is felt at once in "
        "the world, in the series from its day of effect.",
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
