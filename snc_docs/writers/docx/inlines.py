r"""Inlines as runs: values, fill-in fields as content controls, live links and cross-references.

A fill-in field is a run-level ``w:sdt`` (17.5.2), see ``controls``. A reference is a ``REF`` field with ``\r`` (paragraph number) and
``\h`` (hyperlink); Word's number leaves out the trailing period of ``Article 7.``.

Each inline is a unit, whatever it is written as in this version, and so is each revision: so the units of a paragraph's two versions
pair. What the other version has alone is an empty one here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import assert_never

from snc_docs.document.nodes import Deletion, Emphasis, FillIn, Inline, Insertion, Link, Reference, Statement, Strong, Term, Text, Value
from snc_docs.writers.docx.controls import bound_control, rich_control
from snc_docs.writers.docx.markup import PLAIN, Format, look_of
from snc_docs.writers.docx.numbers import link_token
from snc_docs.writers.docx.place import Context, Place
from snc_docs.writers.docx.written import BOTH, NEW, OLD, Content, Field, Holder, Piece, R, Unit

_MAX_BOOKMARK = 40


def bookmark_name(identifier: str) -> str:
    """Return the bookmark of a section: letters, digits and underscores, at most 40 (17.13.6.2), hidden by its first ``_``."""
    name = f"_Ref_{identifier.replace('-', '_')}"
    return name if len(name) <= _MAX_BOOKMARK else f"{name[: _MAX_BOOKMARK - 9]}_{_digest(identifier)}"


def was_bookmark(name: str) -> str:
    """Return what the bookmark of a section is called in its former place, where a file has both."""
    return name.replace("_Ref_", "_Was_", 1)


def bookmark(identifier: str, context: Context) -> str:
    """Return the bookmark of a section of this version."""
    name = bookmark_name(context.renamed.get(identifier, identifier))
    return was_bookmark(name) if identifier in context.doubled else name


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def unit(text: str, form: Format = PLAIN) -> Unit:
    """Return one run of words."""
    return BOTH, (R(look_of(form), text),)


def content_of(inlines: Iterable[Inline], place: Place, context: Context, form: Format = PLAIN) -> Content:
    """Return what is written for inlines in a paragraph."""
    if place.language and form.language is None:
        form = form._replace(language=place.language)
    content: Content = []
    _write(content, inlines, form, place, context)
    return content


def _write(content: Content, inlines: Iterable[Inline], form: Format, place: Place, context: Context) -> None:
    look = look_of(form)
    for inline in inlines:
        if isinstance(inline, (Text, Value)):  # most are, and a match takes longer to tell
            if inline.text:
                content.append((BOTH, (R(look, inline.text),)))
            continue
        match inline:
            case Strong(children):
                _write(content, children, form._replace(bold=True), place, context)
            case Emphasis(children):
                _write(content, children, form._replace(italic=True), place, context)
            case Link():
                content.append((BOTH, (_link(inline, form, place, context),)))
            case FillIn():
                content.append((BOTH, (_control(inline, form, place, context),)))
            case Reference():
                content.append((BOTH, tuple(_reference(inline, form, context))))
            case Term(_, _, children) | Statement(_, children):
                _write(content, children, form, place, context)
            case Insertion(children) | Deletion(children):
                content.append((NEW if type(inline) is Insertion else OLD, _revised(inline, children, form, place, context)))
            case _:
                assert_never(inline)


def _revised(revision: Inline, children: Iterable[Inline], form: Format, place: Place, context: Context) -> tuple[Piece, ...]:
    if type(revision) is not context.kept:
        return ()
    inside: Content = []
    _write(inside, children, form, place, context)
    return tuple(piece for _, pieces in inside for piece in pieces)


def _link(link: Link, form: Format, place: Place, context: Context) -> Holder:
    content: Content = []
    _write(content, link.children, form._replace(style=context.styles["Hyperlink"]), place, context)
    return Holder(f'<w:hyperlink r:id="{link_token(link.href)}">', "</w:hyperlink>", tuple(content), is_control=False)


def _control(fill_in: FillIn, form: Format, place: Place, context: Context) -> Holder:
    """Return the content control of a field, bound to its datum; in a redline to nothing."""
    look = look_of(form if fill_in.kind == "check" else form._replace(style=context.styles["Placeholder Text"]))
    if context.kept is not None:
        return rich_control(fill_in, look)
    return bound_control(fill_in, look, look_of(form), place.language or context.words.locale, place.language or "")


def reference_field(identifier: str, switches: str, result: str, form: Format, context: Context) -> Field:
    """Return a live reference to a section's bookmark."""
    return Field(look_of(form), f"REF {bookmark(identifier, context)} {switches}", (unit(result, form),))


def page_field(identifier: str, look: str, context: Context) -> Iterator[Piece]:
    """Yield a tab and the page of a section's heading (``PAGEREF``, 17.16.5.45); nothing where no layout says it."""
    name = bookmark(identifier, context)
    if context.pages is not None and name in context.pages:
        yield R(look, "\t")
        yield Field(look, f"PAGEREF {name} \\h", ((BOTH, (R(look, str(context.pages[name])),)),))


def _reference(reference: Reference, form: Format, context: Context) -> Iterable[Piece]:
    """Yield a REF field, or plain words where the target is in another file."""
    look, target = look_of(form), context.targets.get(reference.target)
    if reference.form == "page":
        yield from page_field(reference.target, look, context)
        return
    is_title = target is not None and (reference.form == "title" or not target.number)
    if target is None:
        yield R(look, reference.text)
    elif is_title:
        yield reference_field(reference.target, "\\h", context.text(target.title), form, context)
    else:
        words, shown = "", reference.text
        if target.role == "subsection":
            # Only "7.6" is the heading's own number: the word before it is text.
            words, shown = reference.text.removesuffix(target.number), target.number
        if words:
            yield R(look, words)
        yield reference_field(reference.target, "\\r \\h", shown, form, context)
