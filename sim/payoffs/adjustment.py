"""Trade that adjusts to tariffs by and by (partial adjustment)."""


def adjusted(before: float, tariff: float, inertia: float, months: float) -> float:
    """The tariff to which trade has adjusted after some months of a tariff [share].

    z moves in logs by a part of its gap: ln(1 + z') = r ln(1 + z) + (1 - r) ln(1 + t) with
    r = inertia^months.

    Args:
        before: z, to which it had adjusted [share].
        tariff: t, in force meanwhile [share].
        inertia: part of a gap that is left after a month [0 to 1].
        months: that pass [months].
    """
    remaining = remaining_gap(inertia, months)
    return adjusted_by(before, remaining, pull_of(tariff, remaining))


def remaining_gap(inertia: float, months: float) -> float:
    """Part r of a gap in logs that is left after some months [0 to 1]."""
    return float(inertia**months)


def pull_of(tariff: float, remaining: float) -> float:
    """Factor (1 + t)^(1 - r) by which a tariff draws trade while a part r of the gap is left."""
    pull: float = (1.0 + tariff) ** (1.0 - remaining)
    return pull


def adjusted_by(before: float, remaining: float, pull: float) -> float:
    """The tariff to which trade has adjusted when a pull has left a part r of the gap [share]."""
    later: float = (1.0 + before) ** remaining * pull - 1.0
    return later
