"""Versions of an agreement: made from data, or read from an issued Word file, which carries its own data and tree.

A record is trusted only while the file still says what the record says: a document that was edited since has to be compared
by its data file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from snc_docs.assembly import assemble
from snc_docs.diff.comparison import Version
from snc_docs.document.codec import NotATreeError, decode, encode
from snc_docs.document.nodes import Document, Resource
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.stored import NotAnAgreementError, restored, stored, told
from snc_docs.readers.issued import NAMESPACE, Issued, NotIssuedError, read_issued, shown_text
from snc_docs.writers import write

_MAIN: Final = "word/document.xml"
_PICTURE: Final = "image/"


def version_of(agreement: Agreement, languages: Iterable[str], templates: Path | None = None) -> Version:
    """Return the version that an agreement is now: its data, and its document in each language."""
    return Version(told(agreement), {language: assemble(agreement, language, templates) for language in languages})


def record_of(agreement: Agreement, document: Document) -> bytes:
    """Return what the Word file of ``document`` carries of itself: the agreement's data and the tree, as XML for ``write``."""
    resources = tuple(replace(each, content=b"") if each.media_type.startswith(_PICTURE) else each for each in document.resources)
    data, tree = (escape(text) for text in (stored(agreement), encode(replace(document, resources=resources))))
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<agreement xmlns="{NAMESPACE}"><data>{data}</data><tree>{tree}</tree></agreement>'
    return text.encode()


def issued_version(content: bytes, name: str) -> Version:
    """Return the version that a Word file of ours holds, in its one language; NotIssuedError where it can't be trusted."""
    issued = read_issued(content, name)
    try:
        agreement, document = restored(issued.data), _with_pictures(decode(issued.tree), issued)
    except (NotAnAgreementError, NotATreeError, KeyError) as error:
        raise _refused(name, f"ses données ne se lisent pas ({error})", f"its data can't be read ({error})") from error
    with zipfile.ZipFile(io.BytesIO(write(document, "docx"))) as archive:
        if shown_text(archive.read(_MAIN), name) != issued.text:
            raise _refused(name, "son texte a été modifié depuis son émission", "its text was changed since it was issued")
    return Version(agreement, {document.language: document})


def _with_pictures(document: Document, issued: Issued) -> Document:
    return replace(document, resources=tuple(_filled(each, issued) for each in document.resources))


def _filled(resource: Resource, issued: Issued) -> Resource:
    return replace(resource, content=issued.pictures[resource.name]) if resource.media_type.startswith(_PICTURE) else resource


def _refused(name: str, fr: str, en: str) -> NotIssuedError:
    return NotIssuedError(Wording(f"{name} : {fr} ; donner le fichier client.", f"{name}: {en}; give the client file."))
