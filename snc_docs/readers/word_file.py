"""A certificate that is a Word file: what in it can be joined into ours, what is left out and said, what makes it refused.

Joining (``writers/docx/foreign``) carries text, tables, lists, pictures, footnotes, text boxes, drawings and the file's own styles.
What it can't carry whole is refused here, with a way out; what may stay behind without a word of the certificate lost is a warning:

- headers and footers, since ours stand there; comments, which are no part of the text; macros; objects, of which the picture
  stays and the program that made it doesn't;
- fields that fetch or run something (DDE, INCLUDETEXT …): their last result stays as text.

Part names and relationships are those of the package itself, so files of other programs than Word are read alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from snc_docs.archives import UntrustedArchiveError, WordArchive, as_document, parsed, read_archive
from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.readers.bound import is_stale
from snc_docs.readers.drawn import unreadable
from snc_docs.word_content import (
    DOCUMENTS_INSIDE,
    OBJECTS,
    REVISIONS,
    SHOWN,
    WORD,
    active_fields,
    fields_without_result,
    holds,
    newer_content,
)

# A certificate of a hundred pages has two thousand paragraphs, and docxcompose takes a time that grows with their square.
MAX_PARAGRAPHS: Final = 4_000
MAX_TAGS: Final = 300_000

_MASTER_TYPES: Final = frozenset(("aFChunk", "subDocument"))
_FOOTNOTE: Final = f"{WORD}footnote"


def read_word_file(content: bytes, name: str) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the file as a plain document, with a finding for each thing that stays behind; UnreadableFileError where it can't be joined in."""
    try:
        archive = read_archive(content, most_tags=MAX_TAGS)
        stories = _stories(archive)
        reason = next(_reasons(archive, stories), None)
        if reason is not None:
            raise unreadable(name, reason.fr, reason.en)
        return as_document(content, archive), tuple(_left_behind(archive, stories))
    except UntrustedArchiveError as error:
        raise unreadable(name, error.wording.fr, error.wording.en) from error


@dataclass(frozen=True, slots=True)
class _Stories:
    """The parts that hold text which is carried: the main one, and the footnotes where there are any."""

    body: ET.Element
    notes: ET.Element | None
    names: tuple[str, ...]

    def __iter__(self) -> Iterator[ET.Element]:
        yield self.body
        if self.notes is not None:
            yield self.notes


def _stories(archive: WordArchive) -> _Stories:
    name = next((target for _, kind, target, outside in archive.related(archive.main) if kind == "footnotes" and not outside), None)
    body = parsed(archive.parts[archive.main])
    if name not in archive.parts:
        return _Stories(body, None, (archive.main,))
    return _Stories(body, parsed(archive.parts[name]), (archive.main, name))


def _reasons(archive: WordArchive, stories: _Stories) -> Iterator[Wording]:
    """Yield why a file can't be joined in whole."""
    body = stories.body
    if sum(1 for _ in body.iter(f"{WORD}p")) > MAX_PARAGRAPHS:
        yield Wording(f"plus de {MAX_PARAGRAPHS} paragraphes", f"over {MAX_PARAGRAPHS} paragraphs")
    if any(holds(story, DOCUMENTS_INSIDE) for story in stories) or any(
        kind in _MASTER_TYPES for part in stories.names for _, kind, _, _ in archive.related(part)
    ):
        yield Wording(
            "il contient d'autres documents, que Word insère à l'ouverture", "it holds other documents, which Word puts in when it opens it"
        )
    if any(True for _ in body.iter(f"{WORD}endnoteReference")):
        yield Wording(
            "ses notes de fin ne peuvent pas être jointes : les convertir en notes de bas de page",
            "its endnotes can't be joined in: make them footnotes",
        )
    if any(holds(story, REVISIONS) for story in stories):
        yield Wording(
            "il porte des modifications suivies : les accepter ou les refuser dans Word", "it has tracked changes: accept or reject them in Word"
        )
    if any(kind in ("image", "video", "media") and outside for part in stories.names for _, kind, _, outside in archive.related(part)):
        yield Wording(
            "une image n'est pas dans le fichier, qui n'en a que l'adresse : l'incorporer",
            "a picture isn't in the file, which has its address alone: embed it",
        )
    if any(is_stale(control, archive) for story in stories for control in story.iter(f"{WORD}sdt")):
        yield Wording(
            "un champ y tire ses mots de données du fichier, autres que le texte enregistré : l'ouvrir et l'enregistrer dans Word",
            "a control takes its words from data in the file, which aren't those saved as its text: open it in Word and save it",
        )
    yield from _reasons_of_notes(archive, stories)


def _reasons_of_notes(archive: WordArchive, stories: _Stories) -> Iterator[Wording]:
    if any(kind == "image" for part in stories.names[1:] for _, kind, _, _ in archive.related(part)):
        yield Wording("une note de bas de page contient une image : la mettre dans le texte", "a footnote holds a picture: put it in the text")
    there = {note.get(f"{WORD}id") for note in stories.notes.iter(_FOOTNOTE)} if stories.notes is not None else set()
    if any(reference.get(f"{WORD}id") not in there for reference in stories.body.iter(f"{_FOOTNOTE}Reference")):
        yield Wording(
            "un appel de note renvoie à une note qui n'est pas dans le fichier : le retirer",
            "a reference leads to a footnote that isn't in the file: remove it",
        )


def _left_behind(archive: WordArchive, stories: _Stories) -> Iterator[Diagnostic]:
    related = [(kind, archive.parts[target]) for _, kind, target, outside in archive.related(archive.main) if not outside and target in archive.parts]
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
    if stories.body.find(f"{WORD}background") is not None:
        yield _warning(
            "certificate.background-lost",
            "la couleur de page du document Word joint n'est pas reprise",
            "the page colour of the Word file joined in isn't carried",
        )
    yield from _frozen(stories)


def _frozen(stories: _Stories) -> Iterator[Diagnostic]:
    """Yield a warning for what stays as it last showed, or can't show."""
    active = sorted({field for story in stories for field in active_fields(story)})
    if active:
        yield _warning(
            "certificate.fields-frozen",
            f"des champs qui lisent ou lancent quelque chose sont remplacés par leur dernier texte ({', '.join(active)})",
            f"fields that fetch or run something are replaced by their last text ({', '.join(active)})",
            Wording("vérifier ce texte dans l'annexe", "check that text in the appendix"),
        )
    empty = sorted({field for story in stories for field in fields_without_result(story)})
    if empty:
        yield _warning(
            "certificate.fields-lost",
            f"des champs dont le fichier n'a pas le résultat ne se voient plus ({', '.join(empty)})",
            f"fields whose result the file doesn't hold no longer show ({', '.join(empty)})",
        )
    newer = sorted({name for story in stories for name in newer_content(story)})
    if newer:
        yield _warning(
            "certificate.newer-lost",
            f"ce que seul un Word récent affiche n'est pas repris ({', '.join(newer)})",
            f"what only a recent Word shows isn't carried ({', '.join(newer)})",
        )
    if any(holds(story, OBJECTS) for story in stories):
        yield _warning(
            "certificate.objects-frozen",
            "des objets incorporés ou liés sont remplacés par leur image",
            "embedded or linked objects are replaced by their picture",
            Wording("vérifier cette image dans l'annexe", "check that picture in the appendix"),
        )


def _shows(part: bytes) -> bool:
    return holds(parsed(part), SHOWN)


def _warning(rule: str, fr: str, en: str, hint: Wording = Wording("le donner en PDF pour les garder", "give it as a PDF to keep them")) -> Diagnostic:  # noqa: B008  # a Wording never changes
    return Diagnostic(rule, Severity.WARNING, Wording(fr, en), hint)
