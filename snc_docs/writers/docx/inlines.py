r"""Inlines as runs: values, fill-in fields as content controls, live links and cross-references.

A fill-in field is a run-level ``w:sdt`` (17.5.2) without ``w:text``, a rich-text control: LibreOffice loses tracked
text in plain-text ones. Its tag is the data path. A reference is a ``REF`` field with ``\r`` (paragraph number) and
``\h`` (hyperlink); Word's number leaves out the trailing period of ``Article 7.``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import assert_never

from snc_docs.document.nodes import Deletion, Emphasis, FillIn, Inline, Insertion, Link, Reference, Section, Statement, Strong, Term, Text, Value
from snc_docs.document.walk import plain_text
from snc_docs.writers.docx.package import Relationships
from snc_docs.writers.docx.paragraphs import PLAIN, Format, add_field, add_text
from snc_docs.writers.docx.xml import Element, add, add_val

_MAX_TAG = 64
_MAX_BOOKMARK = 40


def bookmark_name(identifier: str) -> str:
    """Return the bookmark of a section: letters, digits and underscores, at most 40 (17.13.6.2), hidden by its first ``_``."""
    name = f"_Ref_{identifier.replace('-', '_')}"
    return name if len(name) <= _MAX_BOOKMARK else f"{name[: _MAX_BOOKMARK - 9]}_{_digest(identifier)}"


def was_bookmark(name: str) -> str:
    """Return what the bookmark of a section is called in its former place, where a file has both."""
    return name.replace("_Ref_", "_Was_", 1)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass(slots=True)
class InlineWriter:
    """Writes inlines into paragraphs of one part; ``targets`` are the sections that this file holds."""

    relationships: Relationships
    targets: dict[str, Section]
    link_style: str | None
    placeholder_style: str | None
    # The language of the right column while it is being written, in a document of two languages.
    language: str | None = None
    # Sections whose heading another version in the same file has too, in another place: bookmarks of one name would be a fault.
    doubled: frozenset[str] = frozenset()
    _controls: int = field(default=0)

    def bookmark(self, identifier: str) -> str:
        """Return the bookmark of a section of this version."""
        name = bookmark_name(identifier)
        return was_bookmark(name) if identifier in self.doubled else name

    def write(self, parent: Element, inlines: Iterable[Inline], form: Format = PLAIN) -> None:
        """Append runs for ``inlines`` to a paragraph."""
        if self.language and form.language is None:
            form = replace(form, language=self.language)
        for inline in inlines:
            self._write(parent, inline, form)

    def _write(self, parent: Element, inline: Inline, form: Format) -> None:
        match inline:
            case Text(text) | Value(_, text):
                if text:
                    add_text(parent, text, form)
            case Strong(children):
                self.write(parent, children, replace(form, bold=True))
            case Emphasis(children):
                self.write(parent, children, replace(form, italic=True))
            case Link(href, children):
                link = add(parent, "w:hyperlink", {"r:id": self.relationships.id_for("hyperlink", href, external=True)})
                self.write(link, children, replace(form, style=self.link_style))
            case FillIn():
                self._control(parent, inline, form)
            case Reference():
                self._reference(parent, inline, form)
            case Term(_, _, children) | Statement(_, children):
                self.write(parent, children, form)
            case Insertion() | Deletion():
                raise AssertionError("a redline has been refused by now")
            case _:
                assert_never(inline)

    def _control(self, parent: Element, fill_in: FillIn, form: Format) -> None:
        """Append a content control that shows its prompt (``w:showingPlcHdr``), children in the order of CT_SdtPr."""
        self._controls += 1
        control = add(parent, "w:sdt")
        properties = add(control, "w:sdtPr")
        add_val(properties, "w:alias", fill_in.prompt[:_MAX_TAG])
        add_val(properties, "w:tag", control_tag(fill_in.path))
        add_val(properties, "w:id", 1_000_000 + self._controls)
        add(properties, "w:showingPlcHdr")
        content = add(control, "w:sdtContent")
        add_text(content, f"[{fill_in.prompt}]", replace(form, style=self.placeholder_style))

    def _reference(self, parent: Element, reference: Reference, form: Format) -> None:
        """Append a REF field, or plain words where the target is in another file."""
        target = self.targets.get(reference.target)
        if target is None:
            add_text(parent, reference.text, form)
            return
        bookmark = self.bookmark(reference.target)
        if self.language and (reference.form == "title" or not target.number):
            add_text(parent, reference.text, form)  # the bookmark holds the title in the other language
            return
        if reference.form == "title" or not target.number:
            add_field(parent, f"REF {bookmark} \\h", plain_text(target.title), form)
            return
        words, shown = "", reference.text
        if target.role == "subsection":
            # Only "7.6" is the heading's own number: the word before it is text.
            words, shown = reference.text.removesuffix(target.number), target.number
        if words:
            add_text(parent, words, form)
        add_field(parent, f"REF {bookmark} \\r \\h", shown, form)


def control_tag(path: str) -> str:
    """Return a content control's tag: the data path, cut to Word's 64 characters with a digest in its place."""
    return path if len(path) <= _MAX_TAG else f"{path[: _MAX_TAG - 9]}~{_digest(path)}"
