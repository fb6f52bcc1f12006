"""Numbers of clauses and appendices, and the text of the references to them, computed on the tree.

Clauses count 1, 2, 3 …, their parts 1.1, 1.1.1, 1.1.1.1; appendices A, B …, their parts A.1. Paragraphs count on from
the number of their article, and its parts with them (``paragraphs``). The labels ("Article 7.6", "Appendix C", "section C.1") join a word of the language and
the number with a no-break space. Word's own numbering, written by the DOCX writer, gives the same numbers: a test has LibreOffice
recalculate them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from snc_docs.diagnostics import Diagnostic
from snc_docs.document.nodes import Block, Document, Reference, Section
from snc_docs.document.origins import place_of
from snc_docs.document.paragraphs import is_counted
from snc_docs.document.walk import MOST_KEPT, named_in, plain_text, rewrite, sections_of, weight_of
from snc_docs.errors import Wording
from snc_docs.kept import Kept

NO_BREAK_SPACE = "\u00a0"
# How many levels headings have, a clause's own among them: 7.6.1.2 is of the fourth.
DEEPEST: Final = 4
# How many identifiers a finding lists: those of a large agreement would be a page for each.
_MOST_LISTED: Final = 100

# Sections with their numbers and with the texts of their references: most are the same for every client.
_numbered: Final[Kept[Section]] = Kept(MOST_KEPT, weight_of)
_resolved: Final[Kept[Section]] = Kept(MOST_KEPT, weight_of)


@dataclass(frozen=True, slots=True)
class Labels:
    """The words before a number in one language."""

    clause: str
    appendix: str
    section: str


def number(document: Document, labels: Labels) -> Document:
    """Return the document with the number and label of every section."""
    clauses = appendices = 0
    numbered = []
    for section in document.sections:
        match section.role:
            case "clause":
                clauses += 1
                numbered.append(_kept_number(section, str(clauses), labels.clause, labels.clause))
            case "appendix":
                appendices += 1
                numbered.append(_kept_number(section, letters(appendices), labels.appendix, labels.section))
            case _:
                numbered.append(section)
    return replace(document, sections=tuple(numbered))


def _kept_number(section: Section, value: str, word: str, inner_word: str) -> Section:
    return _numbered.get(section, (value, word, inner_word), lambda: _number(section, value, word, inner_word))


def _number(section: Section, value: str, word: str, inner_word: str) -> Section:
    blocks: list[Block] = []
    count = 0
    for block in section.blocks:
        if isinstance(block, Section):
            count += 1
            blocks.append(_number(block, f"{value}.{count}", inner_word, inner_word))
        else:
            count += value[0].isdecimal() and is_counted(block)
            blocks.append(block)
    return replace(section, number=value, label=f"{word}{NO_BREAK_SPACE}{value}", blocks=tuple(blocks))


def heading_number(section: Section) -> str:
    """Return the number as its heading shows it, as Word's list does: ``Article 7.``, ``Appendix C.``, ``7.6``; "" for none."""
    if not section.number or section.role == "subsection":
        return section.number
    return f"{section.label}."


def too_deep(section: Section) -> Diagnostic:
    """Return the finding for a heading below the deepest level, where a tree that no reader made has one."""
    title = plain_text(section.title)
    return Diagnostic.error(
        "heading.level",
        Wording(f"« {title} » : pas de titre au-delà du niveau {DEEPEST}", f"'{title}': no heading beyond level {DEEPEST}"),
        Wording("remonter ce titre, ou en faire un élément de liste", "raise this heading, or make it an item of a list"),
        **place_of(section.origin),
    )


def without_numbers(section: Section) -> Section:
    """Return a section that stands alone: neither it nor its parts have numbers."""
    blocks = tuple(without_numbers(block) if isinstance(block, Section) else block for block in section.blocks)
    return replace(section, number="", label="", blocks=blocks)


def letters(count: int) -> str:
    """Return A for 1, Z for 26, AA for 27, as Word's ``upperLetter`` counts (AA, BB … are its repeats of one letter)."""
    repeats, index = divmod(count - 1, 26)
    return chr(ord("A") + index) * (repeats + 1)


def resolve(document: Document) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return the document with the text of every reference, and a finding for each that points nowhere."""
    targets = {section.id: section for section in sections_of(document.sections)}
    findings: list[Diagnostic] = []

    @cache
    def known() -> str:
        listed = sorted(targets)
        return ", ".join([*listed[:_MOST_LISTED], *(["…"] if len(listed) > _MOST_LISTED else [])])

    sections = tuple(_resolved_section(section, targets, known, findings) for section in document.sections)
    return replace(document, sections=sections), tuple(findings)


def _resolved_section(section: Section, targets: Mapping[str, Section], known: Callable[[], str], findings: list[Diagnostic]) -> Section:
    """Return a section with the texts of its references: the same one for the same texts."""
    texts = []
    for reference in references_of(section):
        target = targets.get(reference.target)
        if target is None:
            findings.append(_unknown(reference, known()))
            texts.append(reference.text)
            continue
        if reference.form == "number" and target.role in ("clause", "appendix"):
            findings.append(_bare(reference))
        texts.append(_shown(reference, target))
    return _resolved.get(section, tuple(texts), lambda: _with_texts(section, texts)) if texts else section


def references_of(section: Section) -> tuple[Reference, ...]:
    """Return the references in a section and its parts, in reading order."""
    return tuple(node for node in named_in(section) if type(node) is Reference)


def _with_texts(section: Section, texts: Iterable[str]) -> Section:
    waiting = iter(texts)
    return rewrite(section, lambda node: replace(node, text=next(waiting)) if isinstance(node, Reference) else node, (Reference,))


def _shown(reference: Reference, target: Section) -> str:
    title = plain_text(target.title)
    match reference.form:
        case "label":
            return target.label or title
        case "number":
            return target.number or title
        case "title":
            return title
        case "page":
            return ""


def _unknown(reference: Reference, known: str) -> Diagnostic:
    return Diagnostic.error(
        "reference.unknown",
        Wording(f"renvoi à « {reference.target} », qui n'existe pas", f"reference to '{reference.target}', which doesn't exist"),
        Wording(f"utiliser l'un des identifiants du document : {known}", f"use one of the document's identifiers: {known}"),
        **place_of(reference.origin),
        about=reference.target,
    )


def _bare(reference: Reference) -> Diagnostic:
    return Diagnostic.error(
        "reference.bare-number",
        Wording(
            f"le numéro seul de « {reference.target} » ne peut pas être un champ de Word",
            f"the bare number of '{reference.target}' can't be a field in Word",
        ),
        Wording(
            f"écrire [](#{reference.target}) : le mot et le numéro sont dans le titre numéroté",
            f"write [](#{reference.target}): the word and the number both belong to the numbered heading",
        ),
        **place_of(reference.origin),
        about=reference.target,
    )
