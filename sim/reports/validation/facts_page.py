"""The facts as a page: what is required, what was measured, pass or fail."""

from collections.abc import Sequence

from sim.reports.templates.rendering import render
from sim.validation.facts import Fact


def facts_page(facts: Sequence[Fact], runs: int, seed: int, version: str) -> str:
    """Markdown of all facts with their parts, and what was tried for those that fail."""
    return render("facts.md", facts=facts, runs=runs, seed=seed, version=version)
