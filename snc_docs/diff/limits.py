"""What LibreOffice won't settle right in a redline, whatever is written (docs/redlines.md): who sends one should know before the client's counsel does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.document.nodes import Contents, Deletion, Facts, FillIn, Insertion, Line, Node, Redline, Row, Section, SideBySide, Signatures, Table
from snc_docs.document.revisions import Kept
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
    yield from (line for line in redline.lines if line.old is None or line.new is None)


def _sections(redline: Redline) -> Diagnostic | None:
    if not any(isinstance(line.block, Section) and line.block.role == "appendix" for line in _alone(redline)):
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
    if isinstance(line.block, (*_TABLES, SideBySide)) and (line.old is None or line.new is None):
        yield line.block  # in two columns, a paragraph is a row too
    for node in walk(line.block):
        if isinstance(node, (Insertion, Deletion)):
            yield from (child for child in node.children if isinstance(child, Row))


def _last_tables(redline: Redline) -> Diagnostic | None:
    if not any(_ends_in_table(run, before, is_last=is_last) for run, before, is_last in _last_runs(redline)):
        return None
    message = Wording(
        "un tableau vient ou part à la fin d'une annexe ou du document : LibreOffice y laisse un paragraphe vide ou l'autre style.",
        "a table came or went at the end of an appendix or of the document: LibreOffice leaves an empty paragraph or the other style there.",
    )
    return Diagnostic("redline.table", Severity.INFO, message, _HINT)


def _last_runs(redline: Redline) -> Iterator[tuple[list[Line], Line, bool]]:
    """Yield the lines that one version alone has at the end of the document or before an appendix, the line before them, and whether it is the end."""
    run: list[Line] | None = []
    is_last = True
    for line in reversed(redline.lines):
        is_alone, is_appendix = line.old is None or line.new is None, isinstance(line.block, Section) and line.block.role == "appendix"
        if run is not None and not is_alone:
            yield run, line, is_last
        if is_appendix:
            run, is_last = [], False
        elif not is_alone:
            run = None
        elif run is not None:
            run.append(line)


def _ends_in_table(run: Sequence[Line], before: Line, *, is_last: bool) -> bool:
    """Return whether a table came or went with nothing behind it that stays, where LibreOffice can't join what is before it to what is behind."""
    return any(isinstance(line.block, _TABLES) for line in run) and (is_last or isinstance(before.block, _TABLES))


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


_LIMITS: Final[Sequence[Callable[[Redline], Diagnostic | None]]] = (_sections, _contents, _rows, _last_tables, _columns)
