"""The facts as a page: what is asked, what was measured, pass or fail."""

from collections.abc import Sequence

from sim.validation.facts import Fact


def facts_page(facts: Sequence[Fact], runs: int, seed: int, version: str) -> str:
    """Markdown of all facts with their parts, and what was tried for those that fail."""
    passed = sum(fact.passed for fact in facts)
    lines = [
        "# Facts of the dispute that the simulator shows, and those that it does not",
        "",
        f"`snapback facts --runs {runs} --seed {seed} --out results/facts.md`, Snapback {version}. "
        f"{passed} of {len(facts)} facts pass. The numbers that nobody has measured were set, within their "
        "ranges, while looking at these facts: that they pass is no forecast.",
        "",
        "| | fact and test | measured | |",
        "|---:|---|---|---|",
    ]
    for fact in facts:
        lines.append(f"| {fact.number} | **{fact.name}** | | {'pass' if fact.passed else '**fail**'} |")
        lines += [f"| | {p.requirement} | {p.measured} | {'' if p.passed else 'no'} |" for p in fact.parts]
    tried = [f"{fact.number}. {fact.note}" for fact in facts if fact.note and not fact.passed]
    if tried:
        lines += ["", "## What was tried for those that fail", "", *tried]
    return "\n".join(lines) + "\n"
