"""The reference document: where styles, page size, header and footer come from.

Our own is kept as XML parts beside this module. A user's own, given as DOCX, lends its styles, theme, list
definitions, page geometry, header and footer with their pictures; its settings, macros, templates and text are left
out. In header and footer, content controls tagged ``snc:title``, ``snc:identity``, ``snc:confidentiality``,
``snc:page`` and ``snc:of`` are where the writer puts its words.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from snc_docs.archives import UntrustedArchiveError, as_document, read_archive
from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import SncDocsError, Wording
from snc_docs.patterns import regex
from snc_docs.writers.docx.made_headings import with_headings
from snc_docs.writers.docx.numbering import OWN_NSID
from snc_docs.writers.docx.package import WORD_TYPE, Package, Part, Relationships
from snc_docs.writers.docx.reference_margins import CONTROL_TAGS, Margin, Margins, UnusableReferenceError, unusable
from snc_docs.writers.docx.sample import sample_of
from snc_docs.writers.docx.styles import APPENDIX_HEADINGS, CHARACTER_STYLES, CLAUSE_HEADINGS, PARAGRAPH_STYLES, TABLE_STYLES, numbered, style_ids
from snc_docs.writers.docx.xml import parse, put, qn, serialize

__all__ = [
    "CONTROL_TAGS",
    "Margin",
    "Page",
    "ReferenceDocument",
    "UnusableReferenceError",
    "own_reference",
    "own_settings",
    "read_reference",
    "reference_docx",
]

if TYPE_CHECKING:
    from docx.opc.part import Part as OpcPart

    from snc_docs.writers.docx.letterhead import Logo

_FOLDER: Final = Path(__file__).parent / "reference"
_LEAST_WIDTH: Final = 2800  # about five centimetres
_MEASURE: Final = regex(r"(-?\d{1,6}(?:\.\d{1,6})?)(mm|cm|in|pt|pc|pi)?")
_UNITS: Final = {"": 1, "mm": 56.693, "cm": 566.93, "in": 1440, "pt": 20, "pc": 240, "pi": 240}


@dataclass(frozen=True, slots=True)
class Page:
    """Page geometry in twips (twentieths of a point), upright."""

    width: int = 11906
    height: int = 16838
    margins: tuple[tuple[str, str], ...] = ()

    def text_width(self, *, landscape: bool = False) -> int:
        """Return the width between the margins."""
        sides = dict(self.margins)
        across = self.height if landscape else self.width
        return across - int(sides.get("left", "0")) - int(sides.get("right", "0")) - int(sides.get("gutter", "0"))

    def text_height(self, *, landscape: bool = False) -> int:
        """Return the height between the margins."""
        sides = dict(self.margins)
        down = self.width if landscape else self.height
        return down - int(sides.get("top", "0")) - int(sides.get("bottom", "0"))


@dataclass(frozen=True, slots=True)
class ReferenceDocument:
    """What the writer takes from a reference document."""

    styles: bytes
    page: Page
    header: Margin | None
    footer: Margin | None
    numbering: bytes | None = None
    extra: tuple[tuple[str, Part], ...] = ()
    findings: tuple[Diagnostic, ...] = field(default=(), compare=False)
    # Those of the first page, which the cover takes.
    first_header: Margin | None = None
    first_footer: Margin | None = None
    # The logo that was put into its headers (``letterhead``).
    logo: Logo | None = None


@cache
def own_reference() -> ReferenceDocument:
    """Return the reference document of this package."""
    return ReferenceDocument(
        (_FOLDER / "styles.xml").read_bytes(),
        _page(parse((_FOLDER / "document.xml").read_bytes())),
        Margin((_FOLDER / "header.xml").read_bytes()),
        Margin((_FOLDER / "footer.xml").read_bytes()),
        extra=(("fontTable", Part("word/fontTable.xml", f"{WORD_TYPE}fontTable+xml", (_FOLDER / "fontTable.xml").read_bytes())),),
    )


def own_settings() -> bytes:
    """Return the settings part that every document starts from."""
    return (_FOLDER / "settings.xml").read_bytes()


def reference_docx() -> bytes:
    """Return our reference document as a Word file with a sample of each style, to be restyled and given back with ``--reference``."""
    package = Package()
    relations = Relationships()
    kinds = ("styles", "settings", "fontTable", "header", "footer")
    for kind in kinds:
        relations.id_for(kind, f"{kind}.xml")
        package.add(Part(f"word/{kind}.xml", f"{WORD_TYPE}{kind}+xml", (_FOLDER / f"{kind}.xml").read_bytes()))
    package.relationships["word/document.xml"] = relations
    sample = sample_of(style_ids(parse((_FOLDER / "styles.xml").read_bytes()))).encode()
    text = (_FOLDER / "document.xml").read_bytes().replace(b"<w:p/>", sample)
    package.add(Part("word/document.xml", f"{WORD_TYPE}document.main+xml", text))
    package.relations_of("").id_for("officeDocument", "word/document.xml")
    return package.to_bytes()


@lru_cache(maxsize=8)
def read_reference(content: bytes, name: str) -> ReferenceDocument:
    """Return what the Word file ``content`` lends; findings name what it lacks; UnusableReferenceError if it isn't a usable Word file."""
    try:
        return _read(content, name)
    except SncDocsError:
        raise
    except Exception as error:  # a user's file may be wrong in any way, and two libraries read it
        raise unusable(name, "son contenu n'est pas celui d'un fichier Word correct", "its content isn't that of a sound Word file") from error


def _read(content: bytes, name: str) -> ReferenceDocument:
    main = _main_part(content, name)
    body = parse(main.blob)
    styles = _related(main, "styles")
    if styles is None:
        raise unusable(name, "aucun style", "no styles")
    known = with_headings(styles.blob)
    numbering = _related(main, "numbering")
    theme = _related(main, "theme")
    margins = Margins(main, body, name)
    header, footer, first_header, first_footer = (
        _uncounted(margins.of(kind, which), known) for which in ("default", "first") for kind in ("header", "footer")
    )
    page = _page(body)
    if min(page.text_width(), page.text_width(landscape=True)) < _LEAST_WIDTH:
        raise unusable(name, "ses marges ne laissent pas de place au texte", "its margins leave no room for text")
    extra = (("theme", Part("word/theme/theme1.xml", theme.content_type, theme.blob)),) if theme is not None else ()
    return ReferenceDocument(
        known,
        page,
        header,
        footer,
        _own_lists(numbering.blob, known) if numbering is not None else None,
        extra,
        (*_missing_styles(known, name), *_missing_controls(header, footer, name), *margins.left_behind()),
        first_header,
        first_footer,
    )


def _uncounted(margin: Margin | None, styles: bytes) -> Margin | None:
    """Return a header or footer whose words aren't numbered as articles, though they are in the style of a heading."""
    ids = style_ids(parse(styles))
    headings = {ids.get(name.lower()) for name in (*CLAUSE_HEADINGS, *APPENDIX_HEADINGS)}
    if margin is None or b"<w:pStyle " not in margin.content:
        return margin
    element = parse(margin.content)
    styled = [each.getparent() for each in element.iter(qn("w:pStyle")) if each.get(qn("w:val")) in headings]
    for properties in styled:
        put(properties, numbered(0))  # type: ignore[arg-type]  # none is the root
    return replace(margin, content=serialize(element)) if styled else margin


def _own_lists(content: bytes, styles: bytes) -> bytes:
    """Return a numbering part with its lists alone, none of them tied to the headings that ours number.

    Picture bullets would need parts that aren't taken along. A file that this writer made brings lists with our fixed
    ``w:nsid``, by which Word tells lists apart.
    """
    numbering = parse(content)
    ids = style_ids(parse(styles))
    ours = {ids.get(name.lower()) for name in (*CLAUSE_HEADINGS, *APPENDIX_HEADINGS)}
    for element in [*numbering.iter(qn("w:pStyle")), *numbering.iter(qn("w:nsid"))]:
        value = element.get(qn("w:val"), "")
        if value in ours or value.startswith(OWN_NSID):
            element.getparent().remove(element)  # type: ignore[union-attr]  # neither is the root
    for name in ("w:numPicBullet", "w:lvlPicBulletId", "w:numIdMacAtCleanup"):
        for element in list(numbering.iter(qn(name))):
            element.getparent().remove(element)  # type: ignore[union-attr]  # none of them is the root
    for name, attribute in (("w:abstractNum", "w:abstractNumId"), ("w:num", "w:numId")):
        for element in numbering.findall(qn(name)):
            int(element.get(qn(attribute), ""))  # a list without a number can't be told from ours
    return serialize(numbering)


def _main_part(content: bytes, name: str) -> OpcPart:
    """Return the main part of a Word file, of a template (.dotx) or of one with macros, which stay behind."""
    from docx import Document

    try:
        plain = as_document(content, read_archive(content))
    except UntrustedArchiveError as error:
        raise unusable(name, error.wording.fr, error.wording.en) from error
    return Document(io.BytesIO(plain)).part


def _related(main: OpcPart, kind: str) -> OpcPart | None:
    for relation in main.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            target: OpcPart = relation.target_part
            return target
    return None


def _page(document: etree._Element) -> Page:
    section = document.find(f".//{qn('w:body')}/{qn('w:sectPr')}")
    size = section.find(qn("w:pgSz")) if section is not None else None
    margin = section.find(qn("w:pgMar")) if section is not None else None
    names = ("top", "right", "bottom", "left", "header", "footer", "gutter")
    margins = (
        tuple((side, str(_twips(margin.get(qn(f"w:{side}"), "0")))) for side in names)
        if margin is not None
        else tuple((side, "1134") for side in names)
    )
    if size is None:
        return Page(margins=margins)
    width, height = sorted(_twips(size.get(qn(f"w:{side}"), "0")) for side in ("w", "h"))
    if not width:
        raise ValueError("a page without a size")
    return Page(width, height, margins)


def _twips(text: str) -> int:
    """Return a measure in twips: a number of them, or a number with a unit (ST_UniversalMeasure)."""
    measure = _MEASURE.fullmatch(text)
    if measure is None:
        message = f"{text!r} isn't a measure"
        raise ValueError(message)
    return round(float(measure.group(1)) * _UNITS[measure.group(2) or ""])


def _missing_styles(styles: bytes, name: str) -> list[Diagnostic]:
    known = style_ids(parse(styles))
    missing = [style for style in (*PARAGRAPH_STYLES, *CHARACTER_STYLES, *TABLE_STYLES) if style.lower() not in known]
    return [
        Diagnostic(
            "reference.style-missing",
            Severity.WARNING,
            Wording(f"le document de référence n'a pas le style « {style} »", f"the reference document lacks the style '{style}'"),
            Wording("l'ajouter sous ce nom ; le style par défaut sert en attendant", "add it under that name; the default style stands in meanwhile"),
            file=name,
        )
        for style in missing
    ]


def _missing_controls(header: Margin | None, footer: Margin | None, name: str) -> list[Diagnostic]:
    text = b"".join(margin.content for margin in (header, footer) if margin is not None)
    missing = [tag for tag in CONTROL_TAGS if f'"snc:{tag}"'.encode() not in text]
    if not missing:
        return []
    tags = ", ".join(f"snc:{tag}" for tag in missing)
    return [
        Diagnostic(
            "reference.control-missing",
            Severity.WARNING,
            Wording(f"en-tête et pied de page sans contrôle {tags}", f"header and footer lack the controls {tags}"),
            Wording("ajouter un contrôle de contenu portant cette balise, ou s'en passer", "add a content control with that tag, or do without"),
            file=name,
        )
    ]
