"""Each side's month as escalate, hold or relax: two readings of the record, as code.

By score: the rows announced in a month, weighted by kind and by severity, add up to a score that
must pass a threshold. By legal acts: the most severe act that took effect in a month. A covered
month without rows is a hold; months that the record does not cover are not coded.

Rulings of courts and statutes that end by themselves are outside events: nobody chose them, so by either
reading they are nobody's month. The rule stands here, before any score. The shipped table has both readings.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, NamedTuple

import pandas as pd

from sim.domain.constants import ESCALATE, HOLD, MOVES, RELAX, Move
from sim.record.events import SIDES, Record, RecordedMove, coverage, covered_months
from sim.record.months import month_name, month_of
from sim.record.tariffs import TariffStep, month_end, month_mean, tariff_status

OUTSIDE: Final = ("court", "statute_end")  # instruments whose rows are outside events, nobody's move


class CodedMonth(NamedTuple):
    """What both sides did in a month; pairs are Washington's and Beijing's."""

    month: int  # number of the month
    moves: tuple[Move, Move]  # code of the month
    scores: tuple[float, float]  # what the code rests on: a net score, or the gravest act's signed severity
    rows: tuple[int, int]  # how many rows of the record each side has in it
    coverage: str  # `full` if the record covers every day of the month, else to which


def moves_by_month(coded: Sequence[CodedMonth]) -> dict[int, tuple[Move, Move]]:
    """The moves of both sides in each coded month."""
    return {month.month: month.moves for month in coded}


def full_months(coded: Sequence[CodedMonth]) -> list[CodedMonth]:
    """The months that the record covers to their last day: a part of a month says nothing of the whole."""
    return [month for month in coded if month.coverage == "full"]


class Scoring(NamedTuple):
    """The choices of the coding by score."""

    threshold: float = 4  # score from which a month is an escalation, and below minus which a relaxation
    escalate: float = 1  # weight of an escalation; a relaxation weighs as much the other way
    threat: float = 0.5  # weight of a threat; an agreement weighs as much the other way
    power: int = 2  # of severity in the score; 0 counts rows
    effect: bool = False  # whether a row counts in its month of effect instead of announcement
    without: tuple[str, ...] = OUTSIDE  # instruments whose rows do not count


SHIPPED_SCORING: Final = Scoring()


def months_by_score(record: Record, scoring: Scoring = SHIPPED_SCORING) -> list[CodedMonth]:
    """Every covered month coded by the sum of its rows, weighted by kind and severity."""
    weights = {"escalate": scoring.escalate, "relax": -scoring.escalate}
    weights |= {"threat": scoring.threat, "agreement": -scoring.threat, "hold": 0, "extension": 0}
    rows = [event for event in record.events if event.instrument not in scoring.without]

    def net(events: Sequence[RecordedMove]) -> float:
        score: float = sum(weights[event.move] * event.severity**scoring.power for event in events)
        return score

    return _coded(record, rows, scoring.effect, net, scoring.threshold)


def months_by_legal_acts(
    record: Record, least_severity: int = 2, without: tuple[str, ...] = OUTSIDE
) -> list[CodedMonth]:
    """Every covered month coded by the sign of the gravest act that took effect in it; ties hold.

    Acts below a severity [1 to 5], of some instruments, or that take effect after the record's last month are
    not coded.
    """
    never = withdrawn(record.events)
    acts = [
        e
        for e in record.events
        if e.move in ("escalate", "relax") and e.severity >= least_severity and e.id not in never
        if e.instrument not in without
    ]

    def gravest(events: Sequence[RecordedMove]) -> int:
        most = max((event.severity for event in events), default=0)
        signs = {event.move for event in events if event.severity == most}
        return 0 if len(signs) != 1 else most if "escalate" in signs else -most

    return _coded(record, acts, True, gravest, 1)


def withdrawn(events: Sequence[RecordedMove]) -> frozenset[str]:
    """Ids of escalations whose measure their own side relaxed before they took effect."""
    relaxed = [event for event in events if event.move == "relax"]
    return frozenset(
        event.id
        for event in events
        if event.move == "escalate" and event.date_effective is not None
        for later in relaxed
        if (later.actor, later.measure) == (event.actor, event.measure)
        and event.date_announced <= later.date_announced < event.date_effective
    )


def date_of_effect(event: RecordedMove) -> date:
    """When an event counts by effect: its date of effect, or of announcement if later or alone."""
    return max(event.date_effective or event.date_announced, event.date_announced)


def _coded(
    record: Record,
    events: Sequence[RecordedMove],
    effect: bool,
    score_of: Callable[[Sequence[RecordedMove]], float],
    threshold: float,
) -> list[CodedMonth]:
    """Every covered month by the scores of Washington's and of Beijing's rows that count in it."""
    coded = []
    for month in covered_months(record):
        rows = [e for e in events if month_of(date_of_effect(e) if effect else e.date_announced) == month]
        us, cn = ([e for e in rows if e.actor == side] for side in SIDES)
        scores = score_of(us), score_of(cn)
        one, other = (ESCALATE if x >= threshold else RELAX if x <= -threshold else HOLD for x in scores)
        counts = len(us), len(cn)
        coded.append(CodedMonth(month, (one, other), scores, counts, coverage(record, month)))
    return coded


def monthly_table(
    record: Record, steps: Sequence[TariffStep], scoring: Scoring = SHIPPED_SCORING
) -> pd.DataFrame:
    """The table that is shipped as `monthly_moves.csv`: moves by both readings, scores, tariffs.

    Tariffs in per cent, at the end of the month and as a mean over its days. The shipped choices of the
    coding by score give the shipped table. It counts all rows, `us_move_no_court` those that are somebody's
    move, as scores do.
    """
    acts = months_by_legal_acts(record, without=())
    everything = months_by_score(record, scoring._replace(without=()))
    lines = []
    for coded, act, plain in zip(everything, acts, months_by_score(record, scoring), strict=True):
        us_end, cn_end = month_end(steps, coded.month)
        us_mean, cn_mean = month_mean(steps, coded.month)
        lines.append(
            {
                "month": month_name(coded.month),
                "us_move": MOVES[coded.moves[0]],
                "cn_move": MOVES[coded.moves[1]],
                "us_avg_tariff_on_cn": us_end,
                "cn_avg_tariff_on_us": cn_end,
                "us_avg_tariff_month_mean": us_mean,
                "cn_avg_tariff_month_mean": cn_mean,
                "tariff_status": tariff_status(steps, coded.month),
                "us_net_score": coded.scores[0],
                "cn_net_score": coded.scores[1],
                "us_move_legal_acts": MOVES[act.moves[0]],
                "cn_move_legal_acts": MOVES[act.moves[1]],
                "us_move_no_court": MOVES[plain.moves[0]],
                "coverage": coded.coverage,
            }
        )
    return pd.DataFrame(lines, dtype=object)
