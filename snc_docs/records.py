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
from snc_docs.document.codec import decode, encode
from snc_docs.document.nodes import Document, Resource
from snc_docs.errors import SncDocsError, Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.stored import restored, stored, told
from snc_docs.readers.embedded import digest_of
from snc_docs.readers.issued import NAMESPACE, Issued, NotIssuedError, read_issued, shown
from snc_docs.writers import write

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
        with zipfile.ZipFile(io.BytesIO(write(document, "docx"))) as archive:
            files = {info.filename: archive.read(info) for info in archive.infolist()}
    except Exception as error:  # a record that somebody tampered with may be wrong in any way, of any node
        reason = error.wording if isinstance(error, SncDocsError) else Wording(type(error).__name__, type(error).__name__)
        raise _refused(name, f"ses données ne se lisent pas ({reason.fr})", f"its data can't be read ({reason.en})") from error
    if shown(files, name) != issued.shown:
        raise _refused(name, "son texte a été modifié depuis son émission", "its text was changed since it was issued")
    return Version(agreement, {document.language: document})


def _with_pictures(document: Document, issued: Issued) -> Document:
    return replace(document, resources=tuple(_filled(each, issued) for each in document.resources))


def _filled(resource: Resource, issued: Issued) -> Resource:
    """Return a picture with its bytes; KeyError where they aren't those that its name, their digest, says."""
    if not resource.media_type.startswith(_PICTURE):
        return resource
    content = issued.pictures[resource.name]
    if digest_of(content) != resource.name.partition(".")[0]:
        raise KeyError(resource.name)
    return replace(resource, content=content)


def _refused(name: str, fr: str, en: str) -> NotIssuedError:
    return NotIssuedError(Wording(f"{name} : {fr} ; donner le fichier client.", f"{name}: {en}; give the client file."))
