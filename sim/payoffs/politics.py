"""What moves cost and earn at home, beyond welfare."""

import math


def protection_rent(tariff: float, rent: float) -> float:
    """Political worth of own tariffs, linear in their points [bn USD/month].

    Args:
        tariff: own average tariff [share].
        rent: worth of a percentage point [bn USD/year].
    """
    return rent * 100.0 * tariff / 12.0


def notice(size: float, scale: float) -> float:
    """Weight that a partner gives to an act of a size: size / (size + scale) [0 to 1].

    Args:
        size: pressure that the act adds or removes [bn USD/month], its sign is ignored.
        scale: size that is noticed half [bn USD/month].
    """
    size = abs(size)
    if size <= 0.0:
        return 0.0
    return size / (size + scale)


def broken_threat(executed: float, due: float, stake: float) -> float:
    """Audience cost of leaving a threat under a deal unexecuted, in part or whole [bn USD].

    In China inaction after an explicit threat is disapproved (Weiss and Dafoe 2019, ISQ 63(4)): doing
    nothing at all costs the whole stake, whatever is due.

    Args:
        executed: pressure of what is put back [bn USD/month].
        due: pressure of what the breach makes due [bn USD/month].
        stake: of a threat left unexecuted [bn USD].
    """
    if executed <= 0.0:
        return stake
    return stake * (1.0 - executed / due) if executed < due else 0.0


def unanswered(owed: float, answered: float, inaction_cost: float) -> float:
    """Audience cost of the part of a partner's pressure that an answer leaves unmatched [bn USD].

    Args:
        owed: pressure of the partner's escalations not yet answered [bn USD/month].
        answered: pressure that the move puts on the partner [bn USD/month].
        inaction_cost: months of unmatched pressure that leaving it costs [months].
    """
    return inaction_cost * max(0.0, owed - max(0.0, answered))


def unreturned(cost: float, returned: float, noticed: float) -> float:
    """Expected audience cost of relaxing alone (Fearon 1994; Tomz 2007) [bn USD].

    Args:
        cost: of a large step that is not returned [bn USD].
        returned: chance that the partner returns it [0 to 1].
        noticed: weight of the step's size [0 to 1].
    """
    return cost * (1.0 - returned) * noticed


def election_clock(months: float, weight: float, fading: float) -> float:
    """Factor on export harm some months before an election: 1 + weight e^(-months / fading).

    Args:
        months: to the election [months]; below 0: there is none.
        weight: by how much harm weighs more on election day.
        fading: time constant [months].
    """
    if months < 0.0:
        return 1.0
    return 1.0 + weight * math.exp(-months / fading)


def market_bonus(loss: float, threshold: float, relief: float) -> float:
    """Worth of relaxing while markets are in stress [bn USD].

    A threshold, after 9 April 2025, when most tariffs of a week before were paused.

    Args:
        loss: by which markets have fallen of late [per cent].
        threshold: from which on they are in stress [per cent].
        relief: what relaxing is then worth [bn USD].
    """
    return relief if loss > threshold else 0.0
