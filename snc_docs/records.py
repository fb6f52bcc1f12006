"""Versions of an agreement: made from data, or read from an issued Word file, which carries its own data and tree.

A record is trusted only while the file still says what the record says: a document that was edited since has to be compared
by its data file. What only comparing the data needs is imported where it is used: a redline of two files needs their trees alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final

from snc_docs.archives import parsed, read_archive
from snc_docs.characters import composed
from snc_docs.document.codec import NotATreeError, decode, encoded_pieces
from snc_docs.document.nodes import Document, ForeignDocument, Picture, Redline, Resource
from snc_docs.document.walk import blocks_of
from snc_docs.errors import SncDocsError, Wording
from snc_docs.kept import Kept
from snc_docs.language import LANGUAGES, Language
from snc_docs.readers.embedded import digest_of
from snc_docs.readers.issued import NAMESPACE, Issued, NotIssuedError, read_issued, refused, shown, shown_by
from snc_docs.writers import write
from snc_docs.writers.docx import body_of

if TYPE_CHECKING:
    from snc_docs.diff.comparison import Version
    from snc_docs.model.agreement import Agreement
    from snc_docs.model.loading import Loaded
    from snc_docs.templating.folders import Layers

_PICTURE: Final = "image/"


def version_of(agreement: Agreement | Loaded, languages: Iterable[Language], templates: Layers = None) -> Version:
    """Return the version that an agreement is now: its data, and its document in each language; of one that ``load`` returned, with its findings."""
    from snc_docs.assembly import assemble
    from snc_docs.diff.comparison import Version
    from snc_docs.model.loading import Loaded
    from snc_docs.model.stored import told
    from snc_docs.templating.folders import layered

    loaded = Loaded.of(agreement)
    agreement = loaded.agreement
    documents = {language: assemble(agreement, language, templates) for language in languages}
    return Version(told(agreement), documents, agreement.logo_file, layered(agreement, templates).own(), loaded.findings)


def record_of(agreement: Agreement, document: Document) -> bytes:
    """Return what the Word file of ``document`` carries of itself: the agreement's data and the tree, as XML for ``write``."""
    from snc_docs.model.stored import stored

    resources = tuple(replace(each, content=b"") if each.media_type.startswith(_PICTURE) else each for each in document.resources)
    data, tree = stored(agreement), encoded_pieces(replace(document, resources=resources))
    start, middle, end = f'<?xml version="1.0" encoding="UTF-8"?>\n<agreement xmlns="{NAMESPACE}"><data>', "</data><tree>", "</tree></agreement>"
    return b"".join((start.encode(), _in_xml(data), middle.encode(), *map(_in_xml, tree), end.encode()))


# The text of clauses, which most documents share, as XML in UTF-8; what is kept of a short one weighs more than its letters.
_escaped: Final[Kept[bytes]] = Kept(8_000_000, lambda text: 500 + len(text))


def _in_xml(text: str) -> bytes:
    return _escaped.get(text, None, lambda: escape(text, quote=False).encode())


def issued_document(content: bytes, name: str) -> Document:
    """Return the document that a Word file of ours carries; NotIssuedError where it can't be trusted."""
    return _document(read_issued(content, name), name)


def issued_version(content: bytes, name: str) -> Version:
    """Return the version that a Word file of ours holds, in its one language; NotIssuedError where it can't be trusted.

    Its ``findings`` name the fields that were filled in in Word, and ``filled`` has what was: the record has them open. What the version that it is
    compared with says alike is no change.
    """
    from snc_docs.diff.comparison import Version
    from snc_docs.diff.signed import filled_finding
    from snc_docs.model.stored import NotAnAgreementError, restored

    issued = read_issued(content, name)
    try:
        agreement = restored(issued.data)
    except NotAnAgreementError as error:
        raise refused(name, f"ses données ne se lisent pas ({error.wording.fr})", f"its data can't be read ({error.wording.en})") from error
    document = _document(issued, name)
    languages = [each for each in LANGUAGES if each == document.language]
    findings = (filled_finding(issued.filled, name),) if issued.filled else ()
    return Version(agreement, dict.fromkeys(languages, document), findings=findings, filled=dict.fromkeys(languages, issued.filled))


def _document(issued: Issued, name: str) -> Document:
    try:
        document = _with_pictures(_one_version(decode(composed(issued.tree))), issued)
        is_same = issued.shown == _shown(document) or issued.unfilled() == _shown(document, unfilled=True)
    except NotATreeError as error:
        raise refused(name, "ses données ne se lisent pas avec ce logiciel", "its data can't be read by this program") from error
    except SncDocsError as error:
        raise refused(name, f"ses données ne se lisent pas ({error.wording.fr})", f"its data can't be read ({error.wording.en})") from error
    except Exception as error:  # a record that somebody tampered with may be wrong in any way, of any node
        raise refused(name, "ses données ne se lisent pas : elles ont été modifiées", "its data can't be read: somebody changed it") from error
    if not is_same:
        raise refused(name, "son texte a été modifié depuis son émission", "its text was changed since it was issued")
    return document


def _one_version(document: Document | Redline) -> Document:
    if isinstance(document, Redline):
        raise NotIssuedError(Wording("c'est un comparatif, non une version", "it's a redline, not a version"))
    return document


def _shown(document: Document, *, unfilled: bool = False) -> tuple[str, ...]:
    """Return what the Word file of a document shows."""
    if not any(isinstance(block, ForeignDocument) for block in blocks_of(document.sections)):
        body, links = body_of(document)
        return shown_by(parsed(body), links, unfilled=unfilled)
    return shown(read_archive(write(document, "docx")), unfilled=unfilled)


def _with_pictures(document: Document, issued: Issued) -> Document:
    """Return the document with the bytes of its pictures: those whose digest is what they are named by, wherever a program put them."""
    found = {digest_of(content): content for content in issued.pictures}
    blocks = list(blocks_of(document.sections))
    placed = [block.resource.partition(".")[0] for block in blocks if isinstance(block, Picture)]
    others = any(isinstance(block, ForeignDocument) for block in blocks)  # with pictures of its own
    if not others and placed != [digest_of(content) for content in issued.pictures]:
        raise NotIssuedError(Wording("une image manque, ou a été déplacée ou remplacée", "a picture is missing, or was moved or replaced"))
    return replace(document, resources=tuple(_filled(each, found) for each in document.resources))


def _filled(resource: Resource, found: dict[str, bytes]) -> Resource:
    if not resource.media_type.startswith(_PICTURE):
        return resource
    content = found.get(resource.name.partition(".")[0])
    if content is None:
        raise NotIssuedError(Wording("une image manque ou a été remplacée", "a picture is missing, or was replaced"))
    return replace(resource, content=content)
