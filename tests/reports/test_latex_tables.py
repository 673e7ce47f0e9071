"""Tables for LaTeX show names and numbers as they are, and run none of them."""

import pytest

from sim.reports.templates.rendering import tex


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("50 % of a_b & c #1 for $5", r"50 \% of a\_b \& c \#1 for \$5"),
        (r"{a} ~b^c \d", r"\{a\} \textasciitilde{}b\textasciicircum{}c \textbackslash{}d"),
        ("-3.2 to -1, b-2", "$-$3.2 to $-$1, b-2"),
        ("[a] or *b*", "{[}a] or {*}b{*}"),  # at the start of a row both belong to the end of the last one
        ("two\nlines | <x>", r"two lines \textbar{} $<$x$>$"),  # a comment would end at the first
    ],
)
def test_what_latex_would_take_as_its_own_is_shown(text, shown):
    assert tex(text) == shown
