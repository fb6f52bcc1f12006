"""What the documentation says of a rule, in French or English: its section, or its row of a table.

The pages are the one source: what a person reads there and what ``make-agreement explain`` prints can't differ. A section is a heading that
holds the identifier alone; a row has it in its first cell, where other rules may stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from snc_docs.inputs import in_language, shipped
from snc_docs.language import Language
from snc_docs.model.findings import is_rule_of_form
from snc_docs.patterns import regex

_PAGES: Final = ("checks.md", "data.md", "amendments.md", "campaigns.md")
# The group of rules on the form of values.
_OF_FORM: Final = "data.…"
_RULE: Final = regex(r"`([a-z-]+\.(?:[a-z-]+|…))`")
_HEADING: Final = regex(r"^### `([a-z-]+\.[a-z-]+)`\n+(.*?)\s*(?=^#|\Z)", re.MULTILINE | re.DOTALL)
# The first heading of the columns of a table of rules.
_RULES: Final = ("rule", "finding", "règle", "constat")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one page says of one rule: paragraphs of Markdown, some with the heading of their column before them."""

    rule: str
    page: str
    paragraphs: tuple[str, ...]


def explanations(rule: str, language: Language) -> tuple[Explanation, ...]:
    """Return what is said of a rule, page by page; of its group (``data.…``) where it has no place of its own; () for a name that is no rule."""
    known = _explained(language)
    return known.get(rule) or (known.get(_OF_FORM, ()) if is_rule_of_form(rule) else ())


def explained_rules(language: Language) -> tuple[str, ...]:
    """Return the identifiers of all rules that have a place of their own, in order."""
    return tuple(sorted(rule for rule in _explained(language) if not rule.endswith("…")))


@cache
def _explained(language: Language) -> dict[str, tuple[Explanation, ...]]:
    found: dict[str, list[Explanation]] = {}
    folder = in_language(shipped("docs"), language)
    for page in _PAGES:
        text = (folder / page).read_text(encoding="utf-8")
        for rule, paragraphs in (*_sections(text), *_rows(text)):
            found.setdefault(rule, []).append(Explanation(rule, page, paragraphs))
    return {rule: tuple(said) for rule, said in found.items()}


def _sections(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for rule, body in _HEADING.findall(text):
        yield rule, tuple(" ".join(paragraph.split("\n")) for paragraph in re.split(r"\n\n|\n(?=\w+ ?: )", body))


def _rows(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the rows of the tables whose first column is of rules; each further cell goes under its heading, where there are several."""
    for table in re.findall(r"(?:^\|.*\n)+", text + "\n", re.MULTILINE):
        heads, _, *rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table.splitlines()]
        if heads[0] not in _RULES:
            continue
        for first, *cells in rows:
            shown = [f"{head}: {cell}" for head, cell in zip(heads[1:], cells, strict=True)] if len(cells) > 1 else cells
            for rule in _RULE.findall(first):
                yield rule, tuple(shown)
