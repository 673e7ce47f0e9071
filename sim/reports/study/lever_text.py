"""Levers, what they are put to, and lines of theory, as people read them."""

from collections.abc import Sequence

from sim.reports.drawing.layout import shorten, wrap_text
from sim.studies.factors import Factor
from sim.studies.theory_lines import TheoryLine


def level(factor: Factor, value: float, unit: bool = False) -> str:
    """What a lever is put to."""
    if factor.options:
        return factor.options[int(value)].label
    more = f" {factor.unit}" if unit and factor.unit not in ("", "probability", "parameter") else ""
    return f"{value:g}{more}"


def setting(factors: Sequence[Factor], values: Sequence[float]) -> str:
    """What some levers are put to, in one line, with the lever of an option that two levers share."""
    return ", ".join(f"{name} {value}".strip() for name, value in _setting(factors, values))


def _setting(factors: Sequence[Factor], values: Sequence[float]) -> list[tuple[str, str]]:
    """What each lever is called, nothing if its option says enough, and what it is put to."""
    labels = [option.label for f in factors for option in f.options]
    parts = []
    for f, v in zip(factors, values, strict=True):
        shared = any(labels.count(option.label) > 1 for option in f.options)
        parts.append((f.what if not f.options else f.name if shared else "", level(f, v, unit=not f.options)))
    return parts


def levels_text(factor: Factor, values: Sequence[float]) -> str:
    """All that a factor is put to: its options, its levels, or the range it is drawn from."""
    if factor.options:
        return ", ".join(option.label for option in factor.options)
    shipped = f"; as shipped {factor.shipped:g}" if factor.shipped == factor.shipped else ""
    if not factor.lever:
        distribution = factor.distribution.replace("_", "-")
        return f"{factor.low:g} to {factor.high:g} {factor.unit}, {distribution}{shipped}"
    levels = sorted(set(values))
    if len(levels) <= 12:
        return f"{', '.join(f'{x:g}' for x in levels)} {factor.unit}{shipped}"
    return f"{levels[0]:g} to {levels[-1]:g} {factor.unit}, {len(levels):,} values{shipped}"


def axis_label(factor: Factor, room: float, most: int = 3) -> str:
    """A lever as an axis names it: in words, with its unit, which is never cut, in so many lines at most."""
    unit = f"[{factor.unit}]" if factor.unit and factor.unit != "parameter" else ""
    lines = wrap_text(f"{factor.what} {unit}", 9.5, "normal", room)
    if len(lines) > most:
        lines = [*wrap_text(factor.what, 9.5, "normal", room, most - bool(unit)), unit]
    return "\n".join(lines).strip()


def panel_title(factors: Sequence[Factor], values: Sequence[float], room: float) -> str:
    """What the levers of a panel are put to, a line each; where room is short the lever's words are cut."""
    lines = []
    for name, value in _setting(factors, values):
        line = f"{name} {value}".strip()
        while name and shorten(line, 9.0, "normal", room) != line:
            name = name[:-1].rstrip()
            line = f"{name}\N{HORIZONTAL ELLIPSIS} {value}" if name else value
        lines.append(shorten(line, 9.0, "normal", room))
    return "\n".join(lines)


def line_label(line: TheoryLine, room: float) -> str:
    """A line of theory in a legend, in two lines at most: its value, and the world that it is of."""
    least = "each " if len(line.levers) > 1 else ""
    return "\n".join(
        wrap_text(f"theory: {least}at least {line.value:.3g}; of {line.of}", 8.8, "normal", room, 2)
    )
