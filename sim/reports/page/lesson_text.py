"""A lesson's Markdown as a page takes it: elements by their tags, with text inside, never markup."""

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

Node: TypeAlias = "str | tuple[str, list[Node]]"  # text, or a tag and what is inside
INLINE: Final = re.compile(r"(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)")
ITEM: Final = re.compile(r"^(?:\d+\.|-) ", re.MULTILINE)
FENCE: Final = re.compile(r"^```\w*\n|\n?```$")
MARKS: Final = {"**": "strong", "*": "em", "`": "code"}


def elements_of(text: str) -> list[Node]:
    """Paragraphs, lists and commands of a lesson."""
    return [_block(block) for block in re.split(r"\n\n+", text)]


def _block(block: str) -> Node:
    if block.startswith("```"):
        return "pre", [FENCE.sub("", block)]
    _, *items = ITEM.split(block)
    if not items:
        return "p", list(_inline(block))
    return "ul" if block.startswith("-") else "ol", [("li", list(_inline(item))) for item in items]


def _inline(text: str) -> Iterator[Node]:
    for part in INLINE.split(text.strip()):
        mark = next((mark for mark in MARKS if part.startswith(mark)), "")
        yield (MARKS[mark], [part.strip(mark)]) if mark else part
