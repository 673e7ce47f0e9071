"""A small scenario in which few assumptions have a range, so that moving them all takes no time."""

import re
from pathlib import Path

from random_toml import SMALL

import sim

SHIPPED = Path(sim.__file__).parent / "scenarios" / "governments"
RANGE = re.compile(r", low = [^,]+, high = [^, ]+(, distribution = [^, ]+)?")


def written(folder: Path, *kept: str) -> str:
    """Write the small scenario, its governments' ranges left out but for the numbers kept; gives its path."""
    for code in ("us", "cn"):
        text = (SHIPPED / f"{code}.toml").read_text("utf-8").splitlines()
        lines = [x if x.partition(" =")[0] in kept else RANGE.sub("", x) for x in text]
        (folder / f"{code}.toml").write_text("\n".join(lines), "utf-8")
    small = SMALL.read_text("utf-8").replace(
        'unit = "weight", source = "assumption"', 'unit = "weight", source = "assumption", high = 0.9'
    )
    (folder / "few.toml").write_text(small, "utf-8")
    return str(folder / "few.toml")
