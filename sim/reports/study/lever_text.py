"""Levers, what they are put to, and lines of theory, as people read them."""

from collections.abc import Sequence

from sim.reports.drawing.layout import wrap_text
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
    labels = [option.label for f in factors for option in f.options]
    parts = []
    for f, v in zip(factors, values, strict=True):
        shared = any(labels.count(option.label) > 1 for option in f.options)
        name = f.what if not f.options else f.name if shared else ""
        parts.append(f"{name} {level(f, v, unit=not f.options)}".strip())
    return ", ".join(parts)


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


def axis_label(factor: Factor, room: float, lines: int = 1) -> str:
    """A lever as an axis names it: in words, with its unit, in so many lines at most."""
    unit = f" [{factor.unit}]" if factor.unit and factor.unit != "parameter" else ""
    return "\n".join(wrap_text(f"{factor.what}{unit}", 9.5, "normal", room, lines))


def panel_title(factors: Sequence[Factor], values: Sequence[float], room: float) -> str:
    """What the levers of a panel are put to, in two lines at most."""
    return "\n".join(wrap_text(setting(factors, values), 9.0, "normal", room, 2))


def line_label(line: TheoryLine, room: float) -> str:
    """A line of theory in a legend, in two lines at most: its value, and the world that it is of."""
    least = "each " if len(line.levers) > 1 else ""
    return "\n".join(
        wrap_text(f"theory: {least}at least {line.value:.3g}; of {line.of}", 8.8, "normal", room, 2)
    )
