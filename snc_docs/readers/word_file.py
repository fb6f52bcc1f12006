"""A certificate that is a Word file: what in it can be joined into ours, what is left out and said, what makes it refused.

Joining (``writers/docx/foreign``) carries text, tables, lists, pictures, footnotes, text boxes, drawings and the file's own styles.
What it can't carry whole is refused here, with a way out; what may stay behind without a word of the certificate lost is a warning:

- headers and footers, since ours stand there; comments, which are no part of the text; macros; objects, of which the picture
  stays and the program that made it doesn't;
- fields that fetch or run something (DDE, INCLUDETEXT …): their last result stays as text.

Part names and relationships are those of the package itself, so files of other programs than Word are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from snc_docs.archives import UntrustedArchiveError, WordArchive, as_document, read_archive
from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.readers.drawn import unreadable

# A certificate of a hundred pages has two thousand paragraphs, and docxcompose takes a time that grows with their square.
MAX_PARAGRAPHS: Final = 4_000
MAX_TAGS: Final = 300_000

_PARAGRAPH: Final = re.compile(rb"<w:p[ >/]")
_SHOWS: Final = (b"<w:t>", b"<w:t ", b"<w:drawing", b"<w:pict", b"<w:object")
_REVISION: Final = re.compile(
    rb"<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange|sectPrChange|tblPrChange|trPrChange|tcPrChange|cellIns|cellDel|numberingChange)[ />]"
)
_ENDNOTE: Final = re.compile(rb"<w:endnoteReference[ />]")
_OUTSIDE_CONTENT: Final = re.compile(rb"<w:(?:altChunk|subDoc)[ />]")
_MASTER_TYPES: Final = frozenset(("aFChunk", "subDocument"))
_ACTIVE: Final = re.compile(
    rb"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|MACROBUTTON|DATABASE|RD|GOTOBUTTON|AUTOTEXT|AUTOTEXTLIST|MERGEFIELD|PRINT|ASK|FILLIN)\b"
)
_INSTRUCTION: Final = re.compile(rb"<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr=\"([^\"]*)\"")
_OBJECT: Final = re.compile(rb"<(?:o:OLEObject|w:control)[ />]")


def read_word_file(content: bytes, name: str) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the file as a plain document, with a finding for each thing that stays behind; UnreadableFileError where it can't be joined in."""
    try:
        archive = read_archive(content, most_tags=MAX_TAGS)
        reason = next(_reasons(archive), None)
    except UntrustedArchiveError as error:
        raise unreadable(name, error.wording.fr, error.wording.en) from error
    if reason is not None:
        raise unreadable(name, reason.fr, reason.en)
    return as_document(content, archive), tuple(_left_behind(archive))


def _reasons(archive: WordArchive) -> Iterator[Wording]:
    """Yield why a file can't be joined in whole."""
    body = archive.parts[archive.main]
    if len(_PARAGRAPH.findall(body)) > MAX_PARAGRAPHS:
        yield Wording(f"plus de {MAX_PARAGRAPHS} paragraphes", f"over {MAX_PARAGRAPHS} paragraphs")
    if _OUTSIDE_CONTENT.search(body) or any(kind in _MASTER_TYPES for _, kind, _, _ in archive.related(archive.main)):
        yield Wording(
            "il contient d'autres documents, que Word insère à l'ouverture", "it holds other documents, which Word puts in when it opens it"
        )
    if _ENDNOTE.search(body):
        yield Wording(
            "ses notes de fin ne peuvent pas être jointes : les convertir en notes de bas de page",
            "its endnotes can't be joined in: make them footnotes",
        )
    if any(_REVISION.search(part) for part in _texts(archive)):
        yield Wording(
            "il porte des modifications suivies : les accepter ou les refuser dans Word", "it has tracked changes: accept or reject them in Word"
        )
    if any(kind in ("image", "video", "media") and outside for part in _shown_parts(archive) for _, kind, _, outside in archive.related(part)):
        yield Wording(
            "une image n'est pas dans le fichier, qui n'en a que l'adresse : l'incorporer",
            "a picture isn't in the file, which has its address alone: embed it",
        )


def _texts(archive: WordArchive) -> Iterator[bytes]:
    """Yield the main part and the footnotes."""
    yield from (archive.parts[part] for part in _shown_parts(archive) if part in archive.parts)


def _shown_parts(archive: WordArchive) -> list[str]:
    return [archive.main, *(target for _, kind, target, outside in archive.related(archive.main) if kind == "footnotes" and not outside)]


def _left_behind(archive: WordArchive) -> Iterator[Diagnostic]:
    related = [(kind, archive.parts.get(target, b"")) for _, kind, target, outside in archive.related(archive.main) if not outside]
    if any(kind in ("header", "footer") and _shows(part) for kind, part in related):
        yield _warning(
            "certificate.margins-lost",
            "l'en-tête ou le pied de page du document Word joint n'est pas repris",
            "the header or footer of the Word file joined in isn't carried",
        )
    if any(kind == "comments" and _shows(part) for kind, part in related):
        yield _warning(
            "certificate.comments-lost",
            "les commentaires du document Word joint ne sont pas repris",
            "the comments of the Word file joined in aren't carried",
            Wording("les retirer dans Word", "remove them in Word"),
        )
    if archive.has_macros:
        yield _warning(
            "certificate.macros",
            "les macros du document Word joint ne sont pas reprises",
            "the macros of the Word file joined in aren't carried",
            Wording("l'enregistrer en .docx", "save it as .docx"),
        )
    active = sorted({field for part in _texts(archive) for field in _active_fields(part)})
    if active:
        yield _warning(
            "certificate.fields-frozen",
            f"des champs qui lisent ou lancent quelque chose sont remplacés par leur dernier texte ({', '.join(active)})",
            f"fields that fetch or run something are replaced by their last text ({', '.join(active)})",
            Wording("vérifier ce texte dans l'annexe", "check that text in the appendix"),
        )
    if any(_OBJECT.search(part) for part in _texts(archive)):
        yield _warning(
            "certificate.objects-frozen",
            "des objets incorporés ou liés sont remplacés par leur image",
            "embedded or linked objects are replaced by their picture",
            Wording("vérifier cette image dans l'annexe", "check that picture in the appendix"),
        )


def _shows(part: bytes) -> bool:
    return any(mark in part for mark in _SHOWS)


def _active_fields(part: bytes) -> Iterable[str]:
    """Return the names of the fields in a part that fetch or run something, an instruction cut into runs put together."""
    said = b"".join(words or quoted for words, quoted in _INSTRUCTION.findall(part))
    return {name.decode("ascii") for name in _ACTIVE.findall(said.upper())}


def _warning(rule: str, fr: str, en: str, hint: Wording = Wording("le donner en PDF pour les garder", "give it as a PDF to keep them")) -> Diagnostic:  # noqa: B008  # a Wording never changes
    return Diagnostic(rule, Severity.WARNING, Wording(fr, en), hint)
