"""Which package two sides might agree on: three solutions of bargaining on a finite set.

Worths are against no deal, which is worth nothing to both; only packages worth at least that to both count.
"""

NONE = 1e-9  # [bn USD] a difference that may rest on the last bit of a sum


def nash(first: list[float], second: list[float]) -> int:
    """The package with the largest product of worths: Nash (1950, Econometrica 18(2))."""
    return best_of(first, second, [x * y for x, y in zip(first, second, strict=True)])


def kalai_smorodinsky(first: list[float], second: list[float]) -> int:
    """The largest smaller part of the most that each could have: Kalai and Smorodinsky (1975)."""
    rational = [p for p in range(len(first)) if first[p] >= 0.0 and second[p] >= 0.0]
    most = max(first[p] for p in rational), max(second[p] for p in rational)
    if min(most) <= 0.0:
        return 0
    return best_of(first, second, [min(x / most[0], y / most[1]) for x, y in zip(first, second, strict=True)])


def egalitarian(first: list[float], second: list[float]) -> int:
    """The package whose smaller worth is largest: Kalai (1977, Econometrica 45(7))."""
    return best_of(first, second, [min(x, y) for x, y in zip(first, second, strict=True)])


def best_of(first: list[float], second: list[float], scores: list[float]) -> int:
    """The package of the highest score; of equal ones the best for both, the shortest, the first."""
    best = 0
    for p in range(1, len(scores)):
        if first[p] < 0.0 or second[p] < 0.0 or scores[p] < scores[best] - NONE:
            continue
        more = first[p] + second[p] - first[best] - second[best]
        fewer = abs(more) <= NONE and p.bit_count() < best.bit_count()
        if scores[p] > scores[best] + NONE or more > NONE or fewer:
            best = p
    return best
