"""Chances as people write them."""


def percent(chance: float) -> str:
    """A chance as a per cent that is neither 0 nor 100 unless it is certain."""
    if 0.0 < chance < 0.001:
        return "under 0.1 %"
    if 0.999 < chance < 1.0:
        return "over 99.9 %"
    return f"{100 * chance:.1f} %" if chance not in (0.0, 1.0) else f"{100 * chance:.0f} %"
