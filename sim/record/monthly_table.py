"""The record by month as the table that is shipped: moves by both readings, scores and tariffs."""

from collections.abc import Sequence

import pandas as pd

from sim.domain.constants import MOVES
from sim.record.coding import SHIPPED_SCORING, Scoring, months_by_legal_acts, months_by_score
from sim.record.events import Record
from sim.record.months import month_name
from sim.record.tariffs import TariffStep, month_end, month_mean, tariff_status


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
