"""Heading styles that a user's reference document lacks, made to fit it.

Word writes the styles of a document that are in use or were changed: a document whose headings stop at the third level has no *heading 4*
(only a line of ``w:latentStyles``, 17.7.4.5, which says nothing of its look), and no document of Word's has headings of appendices. A heading
that is missing rests on one that is there: a level of the articles on the one above it, in italics to be told from it, the appendices' on
the articles' of the same level, as in our own reference document. Its number, its outline level and what it may not inherit are set as for
any other (``inheritance``).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from snc_docs.writers.docx.styles import APPENDIX_HEADINGS, CLAUSE_HEADINGS, style_ids
from snc_docs.writers.docx.xml import Element, add, add_val, parse, qn, serialize

# What a style is made after, in an order in which what it rests on is there already.
_AFTER: Final = {
    **{below: above for above, below in pairwise(CLAUSE_HEADINGS)},
    "Unnumbered Heading": CLAUSE_HEADINGS[0],
    **dict(zip(APPENDIX_HEADINGS, CLAUSE_HEADINGS, strict=True)),
}


def with_headings(content: bytes) -> bytes:
    """Return a styles part with a style for every heading, as far as it has one to rest them on; the same bytes where none is missing."""
    styles = parse(content)
    before = len(styles)
    for name, above in _AFTER.items():
        ids = style_ids(styles)
        if name.lower() not in ids and above.lower() in ids:
            _make(styles, name, ids[above.lower()])
    return serialize(styles) if len(styles) > before else content


def _make(styles: Element, name: str, based: str) -> None:
    """Add a style, its elements in the order of CT_Style."""
    is_own = name not in CLAUSE_HEADINGS
    style = add(styles, "w:style", {"w:type": "paragraph", **({"w:customStyle": "1"} if is_own else {}), "w:styleId": _free_id(styles, name)})
    add_val(style, "w:name", name)
    add_val(style, "w:basedOn", based)
    following = next((each.find(qn("w:next")) for each in styles.iterfind(qn("w:style")) if each.get(qn("w:styleId")) == based), None)
    if following is not None:
        add_val(style, "w:next", following.get(qn("w:val"), ""))
    add(style, "w:qFormat")
    if not is_own:
        look = add(style, "w:rPr")
        add(look, "w:i")
        add(look, "w:iCs")


def _free_id(styles: Element, name: str) -> str:
    """Return an id that no style has; a Word of another language may have given this one to another."""
    taken = {style.get(qn("w:styleId")) for style in styles.iterfind(qn("w:style"))}
    identifier = name.title().replace(" ", "")
    while identifier in taken:
        identifier += "x"
    return identifier
