"""What is on the table, as sentences and tables, and as JSON."""

import json
from typing import Any

from sim.engines.negotiation_table import LEAST_TRUST, JointPackage, NegotiationTable
from sim.reports.text.formats import listed, percent
from sim.reports.text.markdown import Part


def table_json(t: NegotiationTable) -> str:
    """What is on the table as a JSON document."""
    first, second = t.worths
    return (
        json.dumps(
            {
                "scenario": t.source.name,
                "on": t.day.isoformat(),
                "sides": list(t.sides),
                "unit": "bn USD",
                "clauses": [
                    {
                        **c._asdict(),
                        "enters": c.enters.isoformat() if c.enters else None,
                        "worth": worth_of(t, c.worth),
                    }
                    for c in t.clauses
                ],
                "frontier": [
                    {"clauses": named(t, number), "worth": worth_of(t, (first[number], second[number]))}
                    for number in t.frontier
                ],
                "solutions": {name: package_of(t, package) for name, package in t.solutions.items()},
                "no_deal": {
                    "worth": worth_of(t, (0.0, 0.0)),
                    "enters": {c.measure: c.enters.isoformat() for c in t.clauses if c.enters},
                },
                "credible": package_of(t, t.credible),
                "blocked": [package_of(t, package) for package in t.tried if not package.credible],
                "real": package_of(t, t.real),
            },
            indent=2,
        )
        + "\n"
    )


def named(t: NegotiationTable, number: int) -> list[str]:
    """The measures of a package by its number."""
    return [c.measure for k, c in enumerate(t.clauses) if number >> k & 1]


def worth_of(t: NegotiationTable, worth: tuple[float, float]) -> dict[str, float]:
    """What something is worth to each side, by their codes."""
    return dict(zip(t.sides, worth, strict=True))


def package_of(t: NegotiationTable, package: JointPackage | None) -> dict[str, Any] | None:
    """A package as JSON has it."""
    if package is None:
        return None
    return {
        "clauses": list(package.clauses),
        "worth": worth_of(t, package.worth),
        "holds": dict(zip(t.sides, package.holds, strict=True)),
        "breach": {code: list(acts) for code, acts in zip(t.sides, package.breach, strict=True)},
    }


def table_parts(t: NegotiationTable) -> list[Part]:
    """What is on the table, for people to read."""
    names = [t.source.governments[code].capital for code in t.sides]
    title = f"{t.source.name} on {t.day}: what each could concede, and what that alone is worth [bn USD]"
    rows = [
        [f"{c.act} {c.measure}", t.source.governments[c.issuer].capital, str(c.enters or ""), *money(c.worth)]
        for c in t.clauses
    ]
    packages = {name.replace("_", "-").title(): p for name, p in t.solutions.items()}
    packages |= {"Credible": t.credible} if t.credible else {}
    packages |= {"Really agreed": t.real} if t.real else {}
    summary = [
        [name, str(len(p.clauses)), *money(p.worth), *map(percent, p.holds)] for name, p in packages.items()
    ]
    heading = (
        f"Packages, {len(t.frontier)} of {len(t.worths[0])} on the frontier: worth [bn USD], and chance "
    )
    return [
        (title, ["concession", "by", "in force without", *names], rows),
        (
            heading + "that each side does not escalate the day after",
            ["package", "clauses", *names, *(f"{name} fulfils" for name in names)],
            summary,
        ),
        *(f"{name}: {left_out(t, p)}." for name, p in packages.items()),
        *blocks(t, names),
    ]


def money(worth: tuple[float, float]) -> list[str]:
    """Worths to both sides."""
    return [f"{x:+.1f}" for x in worth]


def left_out(t: NegotiationTable, package: JointPackage) -> str:
    """What a package leaves on the table, in words."""
    out = [c.measure for c in t.clauses if c.measure not in package.clauses]
    if not package.clauses:
        return "no deal"
    return f"all but {listed(out)}" if out else "all that is on the table"


def blocks(t: NegotiationTable, names: list[str]) -> list[str]:
    """Which packages are not credible, and whose escalation the day after blocks them."""
    if not t.tried:
        return ["No package is worth more than no deal to both."]
    sentences = []
    for package in [p for p in t.tried if not p.credible][:3]:
        k = 0 if package.holds[0] <= package.holds[1] else 1
        sentences.append(
            f"A better one of {len(package.clauses)} clauses, worth {listed(money(package.worth))}, is not "
            f"credible: the day after {names[k]} would hold with {percent(package.holds[k])} alone, where "
            f"{percent(LEAST_TRUST)} is asked; else it would {listed(list(package.breach[k]))}."
        )
    if t.credible is None:
        sentences.append(f"None of the {len(t.tried)} best packages of the frontier is credible.")
    return sentences
