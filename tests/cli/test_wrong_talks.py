"""All that can be wrong about talks: one sentence, exit 2, and nothing is written."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("compiled_once")

RULE = '''
from sim.{role}s.{role}_register import {role}


@{role}(source="a test")
def mine(seen) -> {result}:
    """A rule that does not do."""
    return {says}
'''
ROLES = {"negotiator": ("float", "US=mine.py"), "protocol": ("int", "mine.py")}
MESA, MANY = (), ("--runs", "2")
SAYS = {  # role, what it says, how it is played, and the sentence
    "it fails": ("negotiator", "1.0 / 0.0", MESA, "negotiator mine: its rule failed with ZeroDivisionError"),
    "it fails in many runs": (
        "negotiator",
        "1.0 / 0.0",
        MANY,
        "negotiator mine: it failed, or said no finite",
    ),
    "no number": ("negotiator", "'much'", MESA, "negotiator mine: expected a finite number, got 'much'"),
    "no number in many runs": ("negotiator", "'much'", MANY, "it may say unicode_type; expected a number"),
    "none": ("negotiator", "float('nan')", MESA, "negotiator mine: expected a finite number, got nan"),
    "none in many runs": (
        "negotiator",
        "float('nan')",
        MANY,
        "said no finite number, in run 0 on 2025-10-30",
    ),
    "no side": ("protocol", "7", MESA, "protocol mine: expected side 0, 1 or END, got 7"),
    "no side in many runs": ("protocol", "7", MANY, "protocol mine: it failed, or said no side, in run 0"),
    "half a side": ("protocol", "0.5", MESA, "protocol mine: expected side 0, 1 or END, got 0.5"),
    "half a side in many runs": ("protocol", "0.5", MANY, "it may say float64; expected side 0, 1 or END"),
}
DEAL = "US+CN:deal={}@{}"
STAYING, MOVABLE = ("us_chip_rule", "us_reciprocal_10"), ("stays=false", "suspension_days=9")
WRONG = {  # words after `snapback run busan_eve`, and the sentence
    "a clause there is not": (("--force", DEAL.format("us_duty", "2025-10-30")), "there is no clause"),
    "two clauses on one measure": (
        ("--force", DEAL.format("us_port_fees+us_port_fees", "2025-10-30")),
        "expected one clause on each measure, got two on us_port_fees",
    ),
    "a deal of more than sixteen": (
        ("--force", DEAL.format("+".join(["us_port_fees"] * 17), "2025-10-30")),
        "expected at most 16 clauses, got 17",
    ),
    "more than sixteen on the table": (
        [word for name in STAYING for change in MOVABLE for word in ("--set", f"{name}.{change}")],
        "expected at most 16 measures that US and CN may concede on the first day, got 17",
    ),
    "a deal after the end": (("--force", DEAL.format("us_port_fees", "2027-03-01")), "a day of the run"),
    "a length beyond any": (("--set", "talks.fulfil_days=400"), "expected 1 to 365 days"),
    "a negotiator there is not": (("--negotiator", "US=wait"), "'wait'; did you mean waiting"),
    "a negotiator's file there is not": (("--negotiator", "US=a.py"), "there is no negotiator file 'a.py'"),
    "a parameter there is not": (("--negotiator", "US=time_based:firm=3"), "there is no parameter 'firm'"),
    "a negotiator of nobody": (("--negotiator", "EU=waiting"), "'EU'"),
    "a negotiator of two": (("--negotiator", "waiting"), "expected GOVERNMENT=NEGOTIATOR"),
    "a protocol there is not": (("--protocol", "turns"), "there is no protocol 'turns'"),
    "a deal that is not legal": (
        ("--force", DEAL.format("us_chip_rule", "2025-10-30")),
        "but us_chip_rule cannot in run 0",
    ),
    "a deal that is not legal in many runs": (
        ("--force", DEAL.format("us_chip_rule", "2025-10-30"), *MANY),
        "but us_chip_rule cannot in run 0",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", [*WRONG, *SAYS])
def test_what_is_wrong_about_talks_is_one_sentence_and_writes_nothing(snapback, what: str) -> None:
    if what in WRONG:
        words, sentence = WRONG[what]
    else:
        role, says, many, sentence = SAYS[what]
        result, word = ROLES[role]
        Path("mine.py").write_text(RULE.format(role=role, result=result, says=says), "utf-8")
        words = (f"--{role}", word, *many)
    before = sorted(Path().rglob("*"))
    code, out, err = snapback("run", "busan_eve", "--until", "2025-11-02", *words)
    assert (code, out) == (2, "")
    assert err.startswith("snapback: ") and err.count("\n") == 1
    assert sentence in err
    assert sorted(path for path in Path().rglob("*") if path.name != "__pycache__") == before
