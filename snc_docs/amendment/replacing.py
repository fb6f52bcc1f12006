"""What is replaced in a clause that both versions have: its paragraphs that changed, the rows of its table that changed, or all of it.

What stands as it was isn't quoted: least of all fields that were left to fill in, which would be open twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from snc_docs.amendment.quoting import as_quoted, between_marks, numbered_quote, quotation
from snc_docs.amendment.words import PackageWords
from snc_docs.document.nodes import Block, Inline, Paragraph, Reference, Row, Section, Table
from snc_docs.document.paragraphs import counted_blocks
from snc_docs.document.walk import plain_text, rewrite
from snc_docs.language.known import writing_of


def replaced(old: Section, new: Section, words: PackageWords) -> Iterator[Block]:
    """Yield what says that the text of a clause is replaced: that of its paragraphs which changed alone, or all of it."""
    changes = paragraph_changes(old, new)
    for added, paragraph in changes.changed:
        yield Paragraph(words.inlines("instrument", "replaced", place=_numbered(f"{old.label}{added}", words)))
        yield from between_marks(numbered_quote(f"{new.number}{added}", paragraph), words)
    if changes.appended:
        (added, paragraph), *more = changes.appended
        number = _numbered(f"{new.label}{added}", words)
        yield Paragraph(words.inlines("instrument", "added-within", place=place_of(words, old), number=number))
        introduced = (quoted for _, block in more for quoted in as_quoted(block))
        yield from between_marks((*numbered_quote(f"{new.number}{added}", paragraph), *introduced), words)
    if changes.numbers():
        return
    rows = changed_rows(old, new)
    if rows is not None:
        yield from _of_table(rows, place_of(words, old), words)
        return
    yield Paragraph(words.inlines("instrument", "replaced", place=place_of(words, old)))
    yield from quotation(new, words, deep=False)


def _numbered(label: str, words: PackageWords) -> str:
    """Return a numbered paragraph as its language names it, with its article."""
    return writing_of(words.language).named_part(label, "")


def _of_table(rows: ChangedRows, place: str, words: PackageWords) -> Iterator[Block]:
    """Yield what says which rows of a table are replaced, added and deleted."""
    if rows.replaced.rows:
        yield Paragraph(_rows_replaced(rows.replaced.rows, place, words))
        yield from as_quoted(rows.replaced)
    for above, table in rows.added:
        name, values = ("rows-added-below", {"row": above}) if above else ("rows-added", {})
        yield Paragraph(words.inlines("instrument", name, place=place, **values))
        yield from as_quoted(table)
    for each in rows.removed:
        yield Paragraph(words.inlines("instrument", "row-removed", place=place, row=each))


def _rows_replaced(rows: Sequence[Row], place: str, words: PackageWords) -> tuple[Inline, ...]:
    if len(rows) > 1:
        return words.inlines("instrument", "rows-replaced", place=place)
    return words.inlines("instrument", "row-replaced", place=place, row=_name(rows[0]))


# A block of a clause behind what it adds to the clause's number: ".2", or nothing where it has none.
Numbered = tuple[str, Block]


@dataclass(frozen=True, slots=True)
class ParagraphChanges:
    """The numbered paragraphs of a clause that changed, and one that was added behind all that it held, with what that introduces.

    Neither where more changed than these: the clause is then told otherwise, whole.
    """

    changed: Sequence[Numbered] = ()
    appended: Sequence[Numbered] = ()

    def numbers(self) -> list[str]:
        """Return what each adds to the number of its clause."""
        return [added for added, _ in (*self.changed, *self.appended[:1])]


def paragraph_changes(old: Section, new: Section) -> ParagraphChanges:
    """Return the numbered paragraphs in which a clause changed, where nothing else of its text did and not all of them; another title leaves them their numbers."""
    was, now = list(counted_blocks(old)), list(counted_blocks(new))
    same, more = now[: len(was)], now[len(was) :]
    if [added for added, _ in was] != [added for added, _ in same] or (more and not _is_one_paragraph(more, now)):
        return ParagraphChanges()
    changed = [(added, block) for (added, block), (_, before) in zip(same, was, strict=True) if _said(block) != _said(before)]
    is_all = len(changed) == sum(bool(added) for added, _ in was)
    return ParagraphChanges(changed, more) if all(added for added, _ in changed) and not is_all else ParagraphChanges()


def _is_one_paragraph(more: Sequence[Numbered], now: Sequence[Numbered]) -> bool:
    """Return whether blocks are one numbered paragraph with what it introduces, in a clause without parts, which would count on."""
    return [bool(added) for added, _ in more] == [True] + [False] * (len(more) - 1) and not any(isinstance(block, Section) for _, block in now)


def _said(block: Block) -> object:
    """Return what a block says, whatever the numbers that its references show; of a part of a clause, which is told by itself, which one it is."""
    return block.id if isinstance(block, Section) else rewrite(block, _without_number, (Reference,))


def _without_number(reference: Any) -> Any:
    return replace(reference, text="")


@dataclass(frozen=True, slots=True)
class ChangedRows:
    """What changed in the one table of a clause: rows with another text, rows that came, and the names of those that went.

    Rows that came are below the name of the row that they belong to, as options of a service do: "" where they are by themselves.
    """

    replaced: Table
    added: tuple[tuple[str, Table], ...]
    removed: tuple[str, ...]


def changed_rows(old: Section, new: Section) -> ChangedRows | None:
    """Return the rows that changed, where nothing else in a clause did: one table with the same columns, its rows known by their first cells, in one order.

    None where more changed, where every row did, and where a row comes into a group of others, whose place no sentence says.
    """
    tables = _only_tables_that_differ(old, new)
    if tables is None:
        return None
    was, now = (_by_name(table) for table in tables)
    if was is None or now is None or [name for name in was if name in now] != [name for name in now if name in was]:
        return None
    replaced = tuple(row for name, row in now.items() if name in was and row != was[name])
    grouped = any(row.group for row in (*was.values(), *now.values()))
    if len(replaced) == len(now) or (grouped and len(was) != len(now)):
        return None
    table = tables[1]
    added = tuple((above, replace(table, rows=tuple(rows))) for above, rows in _added(was, now).items())
    return ChangedRows(replace(table, rows=replaced), added, tuple(name for name in was if name not in now))


def _added(was: Mapping[str, Row], now: Mapping[str, Row]) -> dict[str, list[Row]]:
    """Return the rows that came, by the name of the row of both versions that they belong to: by what data shows, not by where they stand."""
    found: dict[str, list[Row]] = {}
    for name, row in now.items():
        if name not in was:
            above = next((other for other, each in now.items() if other in was and each.key and row.key.startswith(f"{each.key}.")), "")
            found.setdefault(above, []).append(row)
    return found


def _only_tables_that_differ(old: Section, new: Section) -> tuple[Table, Table] | None:
    """Return both states of the table of a clause, where that alone differs and its columns don't."""
    blocks = [[block for block in each.blocks if not isinstance(block, Section)] for each in (old, new)]
    if plain_text(old.title) != plain_text(new.title) or len(blocks[0]) != len(blocks[1]):
        return None
    pairs = [pair for pair in zip(*blocks, strict=True) if _said(pair[0]) != _said(pair[1])]
    tables = [(was, now) for was, now in pairs if isinstance(was, Table) and isinstance(now, Table) and was.columns == now.columns]
    shown = sum(isinstance(block, Table) for block in blocks[1])
    return tables[0] if len(pairs) == len(tables) == shown == 1 else None


def _by_name(table: Table) -> dict[str, Row] | None:
    """Return rows by the words of their first cells; None where two have the same."""
    rows = {_name(row): row for row in table.rows}
    return rows if len(rows) == len(table.rows) and "" not in rows else None


def _name(row: Row) -> str:
    return plain_text(row.cells[0].children)


def place_of(words: PackageWords, section: Section) -> str:
    """Return how a sentence names a clause: "l’Article 7.6", "Article 7.6", or the title of what has no number."""
    return writing_of(words.language).named_part(section.label if section.number else "", plain_text(section.title))
