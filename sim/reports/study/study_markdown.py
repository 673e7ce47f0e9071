"""A study's report as a short Markdown page for git: the question, the answer in numbers, the pictures."""

import re
from collections.abc import Sequence
from html import escape

from sim.reports.study import study_tables
from sim.reports.study.report_data import ReportData, missing, runs_told
from sim.reports.study.study_picture import Picture
from sim.reports.study.study_tables import Table
from sim.reports.study.study_text import alike_sentence, caveat, early_sentence, key_sentences

ROWS = 24  # of a table that are all shown
ENDS = 5  # of a longer one: so many of the highest and of the lowest


def markdown(found: ReportData, pictures: Sequence[Picture], page: str, beside: str, folder: str = "") -> str:
    """The page; the same results give the same text.

    Args:
        found: what it tells.
        pictures: that it shows.
        page: where it is written.
        beside: folder of the pictures, as the page calls it.
        folder: of the study's file, as commands call it, with a slash at its end.
    """
    f, gone = found.study.file, missing(found)
    runs = int(found.runs.sum())
    facts = f"{runs:,} runs, {len(found.runs):,} cells, {runs_told(found)}, seed {f.seed}."
    lines = [f"# {plain(f.title)}", "", plain(f.question), ""]
    if f.answer:
        lines += [f"**{plain(f.answer)}**", ""]
    lines += [f"**{plain(gone)}**", ""] if gone else []
    lines += [
        " ".join(plain(text) for text in (facts, early_sentence(found), alike_sentence(found)) if text),
        "",
    ]
    for name, outcome in found.study.outcomes.items():
        lines += [f"## {plain(name)}", "", f"{plain(outcome.sentence)} `{outcome.spelling}`", ""]
        lines += [f"- {plain(sentence)}" for sentence in key_sentences(found, name)]
        lines.append("")
        for picture in pictures:
            if picture.outcome == name:
                lines += [f"![{plain(picture.alt)}]({beside}/{picture.name}.png)", ""]
                lines += [plain(picture.caption), ""] if picture.caption else []
        for table in (
            study_tables.answers_table(found, name, ROWS, ENDS),
            study_tables.drivers_table(found, name),
        ):
            lines += _table(table) if table is not None else []
    failed = study_tables.failures_table(found)
    lines += ["## Runs that failed", "", *_table(failed)] if failed else []
    lines += ["## What it rests on, and how to get it again", ""]
    for source in study_tables.assumptions_tables(found):
        lines += [plain(source.told), ""]
    m = found.study.manifest
    lines += ["```sh", f"{study_tables.commands(found, folder)} --markdown {page}", "```", ""]
    digest = m["sha256"]
    lines.append(
        f"Snapback {m['snapback']}, study {digest['study'][:12]}, scenario {digest['scenario'][:12]}, code "
        f"{digest['code'][:12]}. {caveat(found)}"
    )
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """A text that Markdown shows as it is."""
    told = escape(" ".join(text.split()), quote=False)
    return re.sub(r"([\\`*|#]|(?<!\w)_|_(?!\w)|\](?=[(\[]))", r"\\\1", told)


def _table(table: Table) -> list[str]:
    line = "|" + "|".join("---:" if k in table.numbers else "---" for k in range(len(table.head))) + "|"
    rows = [table.head, *table.rows[:ROWS]]
    told = ["| " + " | ".join(plain(cell) for cell in row) + " |" for row in rows]
    return [*([plain(table.told), ""] if table.told else []), told[0], line, *told[1:], ""]
