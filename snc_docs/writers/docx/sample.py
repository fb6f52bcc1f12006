"""The text of our reference document: a sample of each style that the writer uses, in that style, to be seen while it is changed in Word.

A paragraph for each paragraph style, a run for each character style, a table for each table style; each says the style's name, as Word shows
it, and what it is for. Word's list of styles then offers them as styles in use. Nothing of it gets into a document: of a reference document the
text is left behind (``reference``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from snc_docs.writers.docx.markup import escaped, run, val, wrapped
from snc_docs.writers.docx.styles import CHARACTER_STYLES, PARAGRAPH_STYLES, TABLE_STYLES

# What each style is for, in French and in English, by the name that Word shows.
PURPOSES: Final[Mapping[str, tuple[str, str]]] = {
    "Title": ("titre, sur la couverture", "title, on the cover"),
    "Subtitle": ("sous-titre, sur la couverture", "subtitle, on the cover"),
    "TOC Heading": ("titre du sommaire", "title of the contents"),
    "toc 1": ("article ou annexe, dans le sommaire", "article or appendix, in the contents"),
    "toc 2": ("partie d’un article, dans le sommaire", "part of an article, in the contents"),
    "heading 1": ("titre d’un article", "title of an article"),
    "heading 2": ("titre d’une partie", "title of a part"),
    "heading 3": ("titre d’une sous-partie", "title of a smaller part"),
    "heading 4": ("titre du dernier niveau", "title of the last level"),
    "Unnumbered Heading": ("titre sans numéro : parties, signatures", "heading without a number: parties, signatures"),
    "Appendix Heading": ("titre d’une annexe", "title of an appendix"),
    "Appendix Heading 2": ("titre d’une partie d’annexe", "title of a part of an appendix"),
    "Appendix Heading 3": ("titre d’une sous-partie d’annexe", "title of a smaller part of an appendix"),
    "Appendix Heading 4": ("titre du dernier niveau d’une annexe", "title of the last level of an appendix"),
    "Normal": ("texte", "text"),
    "List Paragraph": ("élément d’une liste", "item of a list"),
    "Definition": ("définition d’un terme", "definition of a term"),
    "Notice": ("avertissement : exemple, spécimen", "notice: example, specimen"),
    "Illustration": ("page ou image d’une attestation", "page or picture of a certificate"),
    "Table Heading": ("tête de colonne", "head of a column"),
    "Table Group": ("titre d’un groupe de lignes", "title of a group of rows"),
    "Table Text": ("texte d’un tableau", "text of a table"),
    "Fact Text": ("valeur d’une fiche : parties, contacts", "value in a table of facts: parties, contacts"),
    "Spacer": ("petit paragraphe entre deux tableaux", "small paragraph between two tables"),
    "Hyperlink": ("lien", "link"),
    "Placeholder Text": ("champ à remplir", "field to fill in"),
    "Agreement Table": ("tableaux", "tables"),
    "Facts Table": ("fiches : parties, contacts", "tables of facts: parties, contacts"),
    "Signature Table": ("signatures", "signatures"),
}
# Those that a table shows, in the table.
_IN_TABLES: Final = ("Table Heading", "Table Group", "Table Text", "Fact Text")


def sample_of(ids: Mapping[str, str]) -> str:
    """Return the paragraphs and tables of the sample, as text of ``w:body``; ``ids`` are the style ids by lower-case name."""
    alone = [name for name in PURPOSES if name in PARAGRAPH_STYLES and name not in _IN_TABLES]
    shown = [_paragraph(ids, name, run("", _text(name))) for name in alone]
    shown.append(_paragraph(ids, "Normal", "".join(_marked(ids, name) for name in CHARACTER_STYLES)))
    for name in TABLE_STYLES:
        shown += [_paragraph(ids, "Normal", run("", _text(name)), "<w:keepNext/>"), _table(ids, name), _paragraph(ids, "Spacer", "")]
    return "".join(shown)


def _text(name: str) -> str:
    french, english = PURPOSES[name]
    return wrapped("w:t", escaped(f"{name} – {french} / {english}"))


def _marked(ids: Mapping[str, str], name: str) -> str:
    return run(wrapped("w:rPr", val("w:rStyle", ids[name.lower()])), _text(name)) + run("", '<w:t xml:space="preserve"> </w:t>')


def _paragraph(ids: Mapping[str, str], name: str, inner: str, more: str = "") -> str:
    return wrapped("w:p", wrapped("w:pPr", val("w:pStyle", ids[name.lower()]) + more) + inner)


def _table(ids: Mapping[str, str], name: str) -> str:
    """Return a table of two columns whose rows show the styles of paragraphs in tables."""
    look = f'{val("w:tblStyle", ids[name.lower()])}<w:tblW w:w="5000" w:type="pct"/><w:tblLook w:firstRow="1" w:firstColumn="0" w:noVBand="1"/>'
    head = wrapped("w:trPr", "<w:tblHeader/>")
    rows = [wrapped("w:tr", (head if style == "Table Heading" else "") + _cell(ids, style) * 2) for style in _IN_TABLES]
    return wrapped("w:tbl", wrapped("w:tblPr", look) + '<w:tblGrid><w:gridCol w:w="4819"/><w:gridCol w:w="4819"/></w:tblGrid>' + "".join(rows))


def _cell(ids: Mapping[str, str], style: str) -> str:
    return wrapped("w:tc", '<w:tcPr><w:tcW w:w="2500" w:type="pct"/></w:tcPr>' + _paragraph(ids, style, run("", _text(style))))
