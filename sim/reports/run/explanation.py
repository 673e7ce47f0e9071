"""A decision in sentences."""

from datetime import date
from typing import Any

from sim.domain.constants import MOVES, NEVER
from sim.domain.dates import spoken
from sim.domain.errors import ResultsError
from sim.reports.game.game_story import game_sentences
from sim.reports.text.formats import percent

DUE = {
    "review": "Its regular review fell due",
    "reaction": "An answer fell due, for {partner} had moved",
    "sunset": "A suspension of its own was about to end",
    "forced": "The run was told what it should do",
}
PAST = {
    "reactivate": "reactivated",
    "raise": "raised",
    "impose": "imposed",
    "suspend": "suspended",
    "extend": "extended",
    "lower": "lowered",
    "lift": "lifted",
}


def explain_day(trace: list[dict[str, Any]], day: date) -> str:
    """All decisions of a day in sentences, in Markdown.

    Raises:
        ResultsError: nobody decided on that day; the message names the nearest days.
    """
    rows = [row for row in trace if row["date"] == day.isoformat()]
    if not rows:
        raise ResultsError(f"{day}: nobody decided on that day; the nearest are {_nearest(trace, day)}")
    return "\n\n".join(game_sentences(row) if "game" in row else _explain(row) for row in rows) + "\n"


def _nearest(trace: list[dict[str, Any]], day: date) -> str:
    days = sorted({date.fromisoformat(row["date"]) for row in trace}, key=lambda d: abs((d - day).days))
    return ", ".join(str(d) for d in sorted(days[:4])) or "none at all"


def _explain(row: dict[str, Any]) -> str:
    who, partner = row["capital"], row["partner_capital"]
    parts = [
        f"## {spoken(date.fromisoformat(row['date']).toordinal())}: {who} about {partner}",
        f"**Why a decision.** {DUE[row['reason']].format(partner=partner)}.",
        f"**What {who} saw.** {_seen(row['view'], partner)}",
        f"**What it compared.**\n{_compared(row)}",
        f"**The rule.** `{row['strategy']}`: {row['rule']} {_chances(row)}",
        f"**The draw.** {_draw(row)}",
        f"**What followed.** {_followed(row)}",
    ]
    return "\n\n".join(parts)


def _seen(view: dict[str, Any], partner: str) -> str:
    mine = f"{view['my_in_force']} measures of its own in force and {view['my_suspended']} suspended"
    theirs = f"{view['their_in_force']} and {view['their_suspended']} of {partner}'s"
    parts = [f"{mine}; {theirs}."]
    for key, whose in (("days_to_my_sunset", "its own"), ("days_to_their_sunset", f"{partner}'s")):
        if view[key] != NEVER:
            parts.append(f"The nearest end of {whose} suspensions was {view[key]} days away.")
    parts.append(f"Since its last decision {partner} had chosen to {MOVES[view['their_last_move']]}.")
    if view["provoked"]:
        parts.append("The provocation had no answer yet.")
    parts.append(
        f"It put {view['my_pressure']:.2f} bn USD a month of pressure on {partner} and bore "
        f"{view['their_pressure']:.2f}; it gave an extension by {partner} a chance of "
        f"{percent(view['renewal_belief'])}."
    )
    return " ".join(parts)


def _compared(row: dict[str, Any]) -> str:
    lines = []
    for move, m in row["moves"].items():
        if not m["possible"]:
            lines.append(f"- {move}: no legal act.")
            continue
        how = f"{m['act']} `{m['measure']}`" if m["measure"] else "no act"
        lines.append(
            f"- {move} ({how}): {m['now']:+.2f} bn USD in itself and {m['later']:+.2f} by the answers "
            f"it expects, together {m['value']:+.2f}."
        )
    return "\n".join(lines)


def _chances(row: dict[str, Any]) -> str:
    said = ", ".join(f"{move} {percent(chance)}" for move, chance in row["chances"].items())
    return f"Over all luck: {said}."


def _draw(row: dict[str, Any]) -> str:
    if row["reason"] == "forced":
        return f"None counted: it was told to {row['said']}."
    return f"{row['view']['luck']:.6f} of 1, which makes it {row['said']}."


def _followed(row: dict[str, Any]) -> str:
    if row["said"] != row["move"]:
        return f"No legal act carries {row['said']}, so nothing."
    if not row["measure"]:
        return "Nothing: it held."
    lines = [
        f"`{c['measure']}` is now {c['status'].replace('_', ' ')}"
        + (f" until {c['until']}" if c["until"] else "")
        + f", level {c['level']:g}"
        for c in row["changes"]
    ]
    done = f"It {PAST[row['act']]} `{row['measure']}`."
    return f"{done} {'; '.join(lines)}." if lines else f"{done} It is announced, and comes into force later."
