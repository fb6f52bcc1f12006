"""What LibreOffice won't settle right in a redline, whatever is written (docs/redlines.md): who sends one should know before the client's counsel does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final, NamedTuple

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.document.lines import lines_of
from snc_docs.document.nodes import (
    Contents,
    Deletion,
    Document,
    Facts,
    FillIn,
    Insertion,
    Line,
    Node,
    PageBreak,
    Redline,
    Row,
    Section,
    SideBySide,
    Signatures,
    Table,
)
from snc_docs.document.paragraphs import counts_paragraphs, is_counted, is_introduced, is_signed
from snc_docs.document.revisions import Kept, accept, reject
from snc_docs.document.walk import walk
from snc_docs.errors import Wording

_TABLES: Final = (Table, Facts, Signatures)
_HINT: Final = Wording(
    "dans LibreOffice, comparer avec le document consolidé après avoir tout accepté ou rejeté ; Word n'est pas concerné.",
    "in LibreOffice, compare with the plain document once all is accepted or rejected; Word isn't concerned.",
)


def office_limits(redline: Redline) -> tuple[Diagnostic, ...]:
    """Return a finding for each kind of change of a redline that LibreOffice 7.4 settles wrong."""
    return tuple(finding for says in _LIMITS if (finding := says(redline)) is not None)


def _alone(redline: Redline) -> Iterator[Line]:
    """Yield the lines that one version alone has, or has there."""
    yield from filter(_is_alone, redline.lines)


def _sections(redline: Redline) -> Diagnostic | None:
    if not any(map(_begins_appendix, _alone(redline))):
        return None
    message = Wording(
        "une annexe entière vient, part ou change de place : LibreOffice, qui ne suit pas les sauts de section, y laisse un paragraphe vide ou l'autre en-tête.",
        "a whole appendix came, went or changed places: LibreOffice, which tracks no section breaks, leaves an empty paragraph or the other header there.",
    )
    return Diagnostic("redline.section", Severity.INFO, message, _HINT)


def _contents(redline: Redline) -> Diagnostic | None:
    tables = [line for line in redline.lines if isinstance(line.block, Contents)]
    if not tables or (
        not any(None in (line.old, line.new) for line in tables) and _first_listed(redline, Insertion) is _first_listed(redline, Deletion)
    ):
        return None
    message = Wording(
        "une table des matières vient ou part, ou sa première entrée : LibreOffice en laisse des lignes vides.",
        "a table of contents came or went, or its first entry: LibreOffice leaves empty lines of it.",
    )
    return Diagnostic("redline.contents", Severity.INFO, message, _HINT)


def _first_listed(redline: Redline, kept: Kept) -> Line | None:
    """Return the heading that a table of contents begins with in one version."""
    headings = ((line, line.new if kept is Insertion else line.old) for line in redline.lines if isinstance(line.block, Section))
    return next((line for line, frame in headings if frame is not None and getattr(line.block, "role", "") != "cover"), None)


def _rows(redline: Redline) -> Diagnostic | None:
    if not any(any(isinstance(node, FillIn) for node in walk(row)) for line in redline.lines for row in _rows_alone(line)):
        return None
    message = Wording(
        "une ligne de tableau avec un champ à compléter vient, part ou change de place : LibreOffice n'y lit que les mots du champ.",
        "a table row with a field to fill in came, went or changed places: LibreOffice reads only the words of the field there.",
    )
    hint = Wording(
        "dans LibreOffice, écrire à la place des mots entre crochets ; Word n'est pas concerné.",
        "in LibreOffice, write in the place of the words in brackets; Word isn't concerned.",
    )
    return Diagnostic("redline.row", Severity.INFO, message, hint)


def _rows_alone(line: Line) -> Iterator[Node]:
    """Yield the rows that one version alone has."""
    if line.block is None:
        return
    if isinstance(line.block, (*_TABLES, SideBySide)) and _is_alone(line):
        yield line.block  # in two columns, a paragraph is a row too
    for node in walk(line.block):
        if isinstance(node, (Insertion, Deletion)):
            yield from (child for child in node.children if isinstance(child, Row))


class _Region(NamedTuple):
    """The lines that one version alone has between two that both have; None is the start and the end of the document."""

    before: Line | None
    lines: list[Line]
    behind: Line | None


def _tables(redline: Redline) -> Diagnostic | None:
    if not any(map(_leaves_paragraph, _regions(redline))):
        return None
    message = Wording(
        "un tableau vient ou part à la fin d'une annexe ou du document, ou plusieurs de suite : LibreOffice y laisse un paragraphe vide ou l'autre style.",
        "a table came or went at the end of an appendix or of the document, or several in a row: LibreOffice leaves an empty paragraph or the other style there.",
    )
    return Diagnostic("redline.table", Severity.INFO, message, _HINT)


def _regions(redline: Redline) -> Iterator[_Region]:
    before: Line | None = None
    lines: list[Line] = []
    for line in (*redline.lines, None):
        if line is not None and _is_alone(line) and not _begins_appendix(line):
            lines.append(line)
            continue
        yield _Region(before, lines, line)
        before, lines = line, []


def _leaves_paragraph(region: _Region) -> bool:
    """Return whether tables came or went where LibreOffice can't join what is before them to what is behind; a whole appendix is another finding."""
    before, lines, behind = region
    if before is None or (_begins_appendix(before) and _is_alone(before)):
        return False
    tables = [line for line in lines if isinstance(line.block, _TABLES)]
    more = abs(sum(1 if line.old is None else -1 for line in tables))
    if behind is None:
        return more > 0
    return more > (0 if _begins_appendix(behind) and isinstance(before.block, _TABLES) else 1)


def _is_alone(line: Line) -> bool:
    return line.old is None or line.new is None


def _begins_appendix(line: Line) -> bool:
    return isinstance(line.block, Section) and line.block.role == "appendix"


def _columns(redline: Redline) -> Diagnostic | None:
    if not redline.new.second or not any(_holds_table(line.block) for line in _alone(redline)):
        return None
    message = Wording(
        "sur deux colonnes, un tableau vient ou part : LibreOffice laisse une ligne vide là où il était.",
        "in two columns, a table came or went: LibreOffice leaves an empty row where it stood.",
    )
    return Diagnostic("redline.columns", Severity.INFO, message, _HINT)


def _holds_table(block: Node | None) -> bool:
    return isinstance(block, _TABLES) or (isinstance(block, SideBySide) and any(isinstance(node, _TABLES) for node in walk(block)))


def _numbers(redline: Redline) -> Diagnostic | None:
    was, now = (_settings(version(redline)) for version in (reject, accept))
    placed = [((next(was) if line.old is not None else None), (next(now) if line.new is not None else None), line) for line in redline.lines]
    gone = {id(line) for before, _, line in placed if before is not None and line.new is None}
    if not any(before is not None and line.new is not None and before != after for before, after, line in placed) and not any(
        _takes_mark(region.lines, gone) for region in _regions(redline)
    ):
        return None
    message = Wording(
        "un alinéa numéroté change de numérotation, ou ce qui le suit : LibreOffice lui donne un autre numéro, et de même à ce qui le suit dans l’article, quand tout est rejeté.",
        "a numbered paragraph is numbered otherwise, or followed by something else: LibreOffice gives it, and what follows in its article, another number once all is rejected.",
    )
    return Diagnostic("redline.number", Severity.INFO, message, _HINT)


def _takes_mark(lines: Sequence[Line], gone: Collection[int]) -> bool:
    """Return whether a numbered paragraph went before a table that did: it takes the mark of what is behind, with other properties."""
    return any(id(line) in gone for line in lines) and any(isinstance(line.block, _TABLES) and line.new is None for line in lines)


def _settings(document: Document) -> Iterator[tuple[int, bool, bool] | None]:
    """Yield for each line the level, whether it introduces what follows, and whether it begins a page; None for one that has no number.

    These are its properties in Word: where one changes LibreOffice 7.4 takes back all of them but the level in its list.
    """
    lines = lines_of(document.sections)
    for before, line, behind in zip((None, *lines), lines, (*lines[1:], None), strict=False):
        section, depth = line.section.node, len(line.containers)
        if not isinstance(section, Section) or line.containers[-1:] != (line.section,) or not (is_counted(line.block) and counts_paragraphs(section)):
            yield None
            continue
        inside = behind is not None and behind.containers[:depth] == line.containers
        introduces = inside and behind is not None and (len(behind.containers) > depth or is_introduced(behind.block))
        introduces = introduces or (behind is not None and is_signed(behind.block))
        yield depth, introduces, before is not None and isinstance(before.block, PageBreak)


_LIMITS: Final[Sequence[Callable[[Redline], Diagnostic | None]]] = (_sections, _contents, _rows, _tables, _columns, _numbers)
