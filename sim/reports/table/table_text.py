"""What is on the table, as sentences and tables, and as JSON."""

from typing import Any

from sim.engines.negotiation_table import LEAST_TRUST, JointPackage, NegotiationTable
from sim.reports.text.formats import listed, percent
from sim.reports.text.markdown import Part


def table_json(t: NegotiationTable) -> dict[str, Any]:
    """What is on the table, as `sim/reports/schemas/table.json` describes it."""
    return {
        "scenario": t.source.name,
        "on": t.day.isoformat(),
        "sides": t.sides,
        "unit": "bn USD",
        "clauses": [c._asdict() for c in t.clauses],
        "frontier": [{"clauses": t.named(number), "worth": t.worth(number)} for number in t.frontier],
        "solutions": {name: package._asdict() for name, package in t.solutions.items()},
        "no_deal": {"worth": t.worth(0), "enters": {c.measure: c.enters for c in t.clauses if c.enters}},
        "credible": t.credible._asdict() if t.credible else None,
        "blocked": [package._asdict() for package in t.tried if not package.credible],
        "real": t.real._asdict() if t.real else None,
    }


def table_parts(t: NegotiationTable) -> list[Part]:
    """What is on the table, for people to read."""
    capitals = {code: t.source.governments[code].capital for code in t.sides}
    names = list(capitals.values())
    rows = [[f"{c.act} {c.measure}", capitals[c.issuer], c.enters or "", *money(c.worth)] for c in t.clauses]
    packages = {name.replace("_", "-").title(): p for name, p in t.solutions.items()}
    packages |= {"Credible": t.credible} if t.credible else {}
    packages |= {"Really agreed": t.real} if t.real else {}
    summary = [
        [name, str(len(p.clauses)), *money(p.worth), *map(percent, p.holds.values())]
        for name, p in packages.items()
    ]
    title = f"{t.source.name} on {t.day}: what each could concede, and what that alone is worth [bn USD]"
    heading = (
        f"Packages, {len(t.frontier)} of {len(t.worths[0])} on the frontier: worth [bn USD], chance that "
    )
    heading += "each side does not escalate the day after"
    return [
        (title, ["concession", "by", "in force without", *names], rows),
        (heading, ["package", "clauses", *names, *(f"{name} fulfils" for name in names)], summary),
        *(f"{name}: {left_out(t, p)}." for name, p in packages.items()),
        *blocks(t, capitals),
    ]


def money(worth: dict[str, float]) -> list[str]:
    """Worths to both sides."""
    return [f"{x:+.1f}" for x in worth.values()]


def left_out(t: NegotiationTable, package: JointPackage) -> str:
    """What a package leaves on the table, in words."""
    out = [c.measure for c in t.clauses if c.measure not in package.clauses]
    if not package.clauses:
        return "no deal"
    return f"all but {listed(out)}" if out else "all that is on the table"


def blocks(t: NegotiationTable, capitals: dict[str, str]) -> list[str]:
    """Which packages are not credible, and whose escalation the day after blocks them."""
    if not t.tried:
        return ["No package is worth more than no deal to both."]
    sentences = []
    for package in [p for p in t.tried if not p.credible][:3]:
        code = min(package.holds, key=lambda side: package.holds[side])
        sentences.append(
            f"A better one of {len(package.clauses)} clauses, worth {listed(money(package.worth))}, is not "
            f"credible: the day after {capitals[code]} would hold with {percent(package.holds[code])} alone, "
            f"where {percent(LEAST_TRUST)} is asked; else it would {listed(package.breach[code])}."
        )
    if t.credible is None:
        sentences.append(f"None of the {len(t.tried)} best packages of the frontier is credible.")
    return sentences
