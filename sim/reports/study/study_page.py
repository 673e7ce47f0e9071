"""A study's report as one HTML page that needs nothing else: no network, no script, no other file."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from pathlib import Path

from sim.reports.study import study_tables
from sim.reports.study.report_data import ReportData, missing, runs_told
from sim.reports.study.study_picture import Picture
from sim.reports.study.study_tables import Table
from sim.reports.study.study_text import alike_sentence, caveat, early_sentence, key_sentences

CSS = Path(__file__).with_name("page.css")
LONG = 24  # rows of a table that is folded


def page(found: ReportData, pictures: Sequence[Picture]) -> str:
    """The page as HTML; the same results give the same text."""
    f = found.study.file
    style = CSS.read_text(encoding="utf-8")
    body = [
        *_opening(found),
        *_answers(found),
        *(part for outcome in found.study.outcomes for part in _outcome(found, outcome, pictures)),
        *_failures(found),
        "<h2>What was played</h2>",
        _pairs(study_tables.played(found)),
        *_assumptions(found),
        *_again(found),
    ]
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<link rel="icon" href="data:,">',
            f"<title>{escape(f.title)}</title>",
            f"<style>\n{style}</style>",
            "</head>",
            "<body>",
            "<main>",
            *body,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _opening(found: ReportData) -> list[str]:
    f, gone = found.study.file, missing(found)
    runs, cells = int(found.runs.sum()), len(found.runs)
    facts = f"{runs:,} runs, {cells:,} cells, {runs_told(found)}, seed {f.seed}."
    more = " ".join(text for text in (early_sentence(found), alike_sentence(found)) if text)
    return [
        "<header>",
        f"<h1>{escape(f.title)}</h1>",
        f'<p class="question">{escape(f.question)}</p>',
        *([f"<p>{escape(f.answer)}</p>"] if f.answer else []),
        f'<p class="facts">{escape(facts)} {escape(more)}</p>',
        f'<p class="banner" role="note">{escape(gone)}</p>' if gone else "",
        "</header>",
    ]


def _answers(found: ReportData) -> list[str]:
    parts = ['<section class="answers" aria-label="The answer in numbers">']
    for name, outcome in found.study.outcomes.items():
        parts += [
            f"<h3>{escape(name)}: {escape(outcome.sentence)}</h3>",
            "<ul>",
            *(f"<li>{escape(sentence)}</li>" for sentence in key_sentences(found, name)),
            "</ul>",
        ]
    return [
        *parts,
        f'<p class="soft">{escape(caveat(found))}</p>',
        "</section>",
    ]


def _outcome(found: ReportData, outcome: str, pictures: Sequence[Picture]) -> list[str]:
    o = found.study.outcomes[outcome]
    parts = [
        f"<h2>{escape(outcome)}</h2>",
        f"<p>{escape(o.sentence)} <code>{escape(o.spelling)}</code> [{escape(o.unit)}]</p>",
    ]
    for picture in pictures:
        if picture.outcome == outcome:
            image = b64encode(picture.png).decode("ascii")
            caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption else ""
            parts.append(
                f'<figure id="{escape(picture.name)}"><img src="data:image/png;base64,{image}" '
                f'alt="{escape(picture.alt)}">{caption}</figure>'
            )
    for table in (study_tables.answers_table(found, outcome), study_tables.drivers_table(found, outcome)):
        if table is not None:
            parts += _folded(table, "The numbers") if len(table.rows) > LONG else [_table(table)]
    return parts


def _failures(found: ReportData) -> list[str]:
    table = study_tables.failures_table(found)
    return ["<h2>Runs that failed</h2>", _table(table)] if table is not None else []


def _assumptions(found: ReportData) -> list[str]:
    parts = ["<h2>What the answer rests on</h2>"]
    for table in study_tables.assumptions_tables(found):
        parts += _folded(table, table.told) if table.rows else [f"<p>{escape(table.told)}</p>"]
    return parts


def _again(found: ReportData) -> list[str]:
    name = found.study.name
    return [
        "<h2>How to get it again</h2>",
        f"<p>Save the study below as <code>{escape(name)}.toml</code>, beside the files it names; type</p>",
        f"<pre>{escape(study_tables.commands(found))}</pre>",
        _pairs(study_tables.made_with(found)),
        "<details><summary>The study as it was asked</summary>",
        f"<pre>{escape(found.study.text)}</pre></details>",
    ]


def _folded(table: Table, summary: str) -> list[str]:
    return [
        f"<details><summary>{escape(summary)}</summary>",
        _table(table, summary != table.told),
        "</details>",
    ]


def _pairs(pairs: Sequence[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in pairs) + "</dl>"


def _table(table: Table, told: bool = True) -> str:
    def look(k: int) -> str:
        last = k == len(table.head) - 1 and k not in table.numbers
        return ' class="n"' if k in table.numbers else ' class="note"' if last else ""

    head = "".join(f'<th scope="col"{look(k)}>{escape(text)}</th>' for k, text in enumerate(table.head))
    rows = []
    for number, row in enumerate(table.rows):
        mark = ' class="moved"' if number in table.marked else ""
        first = f'<th scope="row"{look(0)}>{escape(row[0])}</th>'
        rest = "".join(f"<td{look(k + 1)}>{escape(text)}</td>" for k, text in enumerate(row[1:]))
        rows.append(f"<tr{mark}>{first}{rest}</tr>")
    above = f'<p class="soft">{escape(table.told)}</p>' if told and table.told else ""
    label = escape(table.told or "The numbers")
    return (
        f'{above}<div class="scroll" tabindex="0" role="region" aria-label="{label}">'
        f'<table aria-label="{label}"><thead><tr>{head}</tr></thead><tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table></div>"
    )
