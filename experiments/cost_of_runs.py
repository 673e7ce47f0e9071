"""Core-hours of a million runs of `busan`, stored, with two outcomes, on one core of this machine."""

import sys
import tempfile
import time
from pathlib import Path

from sim.studies.study_file import study
from sim.studies.study_runner import run_study

ASKED = Path(__file__).with_suffix(".toml")


def main(runs: int) -> None:
    """Play some runs to get ready, then twice as many, and print what those took."""
    with tempfile.TemporaryDirectory() as kept:
        asked = Path(kept) / "asked.toml"
        spent = []
        for name, count in (("ready", runs // 2), ("counted", runs)):
            text = ASKED.read_text("utf-8").replace("runs = 500", f"runs = {max(1, count // 2)}")
            asked.write_text(text, "utf-8")
            begin = time.process_time()
            done = run_study(study(asked), Path(kept) / name)
            spent.append((time.process_time() - begin) / done.new)
    print(f"{spent[-1] * 1e6 / 3600:.2f} core-hours a million runs, {1 / spent[-1]:,.0f} runs a second")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
