"""The pipeline: from the typed data of an agreement to the document tree, as named phases.

Everything here is a pure function of its arguments; template files are the only thing it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, NamedTuple

from snc_docs.diagnostics import Diagnostic, FindingsError, Severity, has_errors
from snc_docs.document.checks import DefinedTerms, doubled_identifiers
from snc_docs.document.nodes import Block, Document, Embed, Properties, Resource, Section, Value
from snc_docs.document.numbering import Labels, number, resolve
from snc_docs.document.origins import as_written, place_of
from snc_docs.document.parity import differences
from snc_docs.document.typed import typed_numbers
from snc_docs.document.walk import MOST_KEPT, blocks_in, map_blocks, plain_text, walk, weight_of
from snc_docs.errors import SncDocsError, UnknownChoiceError, Wording
from snc_docs.kept import Kept
from snc_docs.language import LANGUAGES, Language
from snc_docs.language.figures import figures
from snc_docs.language.known import words_of
from snc_docs.language.names import proper_nouns
from snc_docs.language.writing import Words
from snc_docs.model.agreement import Agreement
from snc_docs.patterns import regex
from snc_docs.readers.embedded import UnreadableFileError, embedded
from snc_docs.readers.markdown.clause import read_clause
from snc_docs.readers.markdown.filling import fill
from snc_docs.templating.folders import Layers, TemplateFolders, layered
from snc_docs.templating.layers import changed_below
from snc_docs.templating.outline import read_names, read_outline
from snc_docs.templating.overlays import Overlays, blamed
from snc_docs.templating.rendering import RenderedClause, render


class _Shown(NamedTuple):
    """A section with the blocks of embedded files, their resources, and what they hold that isn't shown."""

    section: Section
    resources: tuple[Resource, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


# The sections of rendered clauses, and the same with embedded files: what says the same for two clients is one object.
_sections: Final[Kept[Section]] = Kept(MOST_KEPT, lambda clause: clause.markdown.count("\n"))
_embedded: Final[Kept[_Shown]] = Kept(MOST_KEPT, weight_of)
# Clauses with their parts, by the objects that these are.
_whole: Final[Kept[Section]] = Kept(MOST_KEPT, weight_of)


@dataclass(frozen=True, slots=True)
class Assembly:
    """A document, with everything that was found on the way."""

    document: Document
    findings: tuple[Diagnostic, ...]


def assemble(agreement: Agreement, language: Language, templates: Layers = None) -> Document:
    """Return the complete agreement in ``language`` (``fr`` or ``en``): numbered, with every reference resolved.

    ``templates`` is a folder of clause files, or several, laid over the shipped ones and over those that the agreement was loaded with.
    FindingsError lists what is wrong with the templates, with file and line.
    """
    document, findings = _assemble(agreement, language, layered(agreement, templates))
    if has_errors(findings):
        raise FindingsError(findings)
    return document


def document_of(agreement: Agreement, language: Language, templates: Layers = None) -> Document:
    """Return the document that ``inspect`` gives, whatever it finds in it; templates that can't be read or rendered raise FindingsError."""
    return _assemble(agreement, language, layered(agreement, templates))[0]


def inspect(agreement: Agreement, language: Language, templates: Layers = None) -> Assembly:
    """Return the document with its findings, the lint of defined terms included; faulty templates raise FindingsError."""
    folders = layered(agreement, templates)
    document, findings = _assemble(agreement, language, folders)
    terms = DefinedTerms(document, read_names(folders, language), capitalised_in(document))
    lint = [*blamed(terms.findings(), _overlays(folders, language), document), *typed_numbers(document)]
    return Assembly(document, tuple(sorted((*findings, *lint, *changed_below(folders)), key=Diagnostic.in_order)))


def _overlays(folders: TemplateFolders, language: str) -> Overlays:
    return Overlays(folders, read_outline(folders), language)


def capitalised_in(document: Document) -> frozenset[str]:
    """Return the words that a document may write with a capital though it defines no such term: names of the language, and of the data that it prints."""
    printed = {word for node in walk(document) if isinstance(node, Value) for word in _WORD.findall(node.text) if word[:1].isupper()}
    return proper_nouns(document.language) | printed


_WORD: Final = regex(r"\w[\w’'-]*")


def language_differences(first: Document, second: Document, folders: TemplateFolders | None = None) -> Iterator[Diagnostic]:
    """Yield what differs between two languages of one assembled document, clause by clause: with their layers, at the file of the higher one."""
    rank = folders.rank if folders is not None else as_written
    return differences(first, second, partial(figures, language=first.language), partial(figures, language=second.language), rank)


def _nothing_attached(block: Embed) -> Diagnostic:
    return Diagnostic.error(
        "embed.unknown",
        Wording(f"« {block.name} » n'est pas un fichier joint", f"'{block.name}' isn't an attached file"),
        Wording("nommer un champ de fichier : {{ certificate.file }}", "name a field that holds a file: {{ certificate.file }}"),
        **place_of(block.origin),
    )


def attachment_fault(error: SncDocsError, path: str) -> Diagnostic:
    """Return the finding on a file that can't be shown, at the data path that names it."""
    hint = Wording("donner un autre fichier, en PDF de préférence", "give another file, a PDF if possible")
    return Diagnostic("certificate.file", Severity.ERROR, error.wording, hint, path=path)


def _assemble(agreement: Agreement, language: str, folders: TemplateFolders) -> tuple[Document, list[Diagnostic]]:
    _require_language(language)
    clauses = render(agreement, language, folders)
    sections = _read(clauses, language)
    document = Document(language, sections, _properties(agreement, language, sections))
    document, not_shown = _embed(document, agreement)
    document, dangling = numbered(document)
    overlays = _overlays(folders, language)
    return document, [*doubled_identifiers(document, folders.rank), *blamed(dangling, overlays, document), *not_shown]


def numbered(document: Document) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return a document with its numbers and the text of its references, and a finding for each that points nowhere."""
    return _labelled(document, words_of(document.language, document.second))


def _labelled(document: Document, words: Words) -> tuple[Document, tuple[Diagnostic, ...]]:
    return resolve(number(document, Labels(words.clause, words.appendix, words.section)))


def side_by_side(first: Document, second: Document) -> Document:
    """Return two languages of one assembled document as one, in two columns under one numbering.

    UnpairedError where a clause has other blocks in the other language.
    """
    from snc_docs.document.bilingual import bilingual, with_appendices_as_words

    words = words_of(first.language, second.language)
    return bilingual(*(_labelled(with_appendices_as_words(document), words)[0] for document in (first, second)))


def _require_language(language: str) -> None:
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise UnknownChoiceError(
            Wording(f"langue inconnue « {language} » : prendre {known}.", f"unknown language '{language}': take one of {known}.")
        )


def _read(clauses: Iterable[RenderedClause], language: str) -> tuple[Section, ...]:
    """Return the sections of rendered clauses; FindingsError with the findings of all of them."""
    sections = []
    findings: list[Diagnostic] = []
    for clause in clauses:
        try:
            sections.append(_sections.get(clause, language, partial(_section, clause, language)))
        except FindingsError as error:
            findings += error.diagnostics
    if findings:
        raise FindingsError(findings)
    return nested(sections)


def nested(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return sections in their order, each part (a subsection with a file of its own) at the end of the section above it.

    A clause with the same parts is the same object.
    """
    clauses: list[tuple[Section, list[Section]]] = []
    for section in sections:
        if section.role == "subsection" and clauses:
            clauses[-1][1].append(section)
        else:
            clauses.append((section, []))
    return tuple(_whole.get(head, tuple(map(id, parts)), partial(_with_parts, head, parts)) if parts else head for head, parts in clauses)


def _with_parts(head: Section, parts: list[Section]) -> Section:
    return replace(head, blocks=(*head.blocks, *parts))


def _section(clause: RenderedClause, language: str) -> Section:
    skeleton = read_clause(clause.markdown, clause.entry.id, clause.entry.role, clause.file, language)
    return replace(fill(skeleton, clause.values), landscape=clause.entry.landscape, covers=clause.entry.covers)


def _properties(agreement: Agreement, language: str, sections: tuple[Section, ...]) -> Properties:
    """Return what headers and file properties say; the title is the cover's heading."""
    facts = agreement.document
    return Properties(
        title=next((plain_text(section.title) for section in sections if section.role == "cover"), ""),
        subject=agreement.service.name,
        author=agreement.provider.legal_name or "",
        reference=facts.reference or "",
        version=facts.version or "",
        date=facts.effective_date.isoformat() if facts.effective_date else "",
        confidentiality=agreement.baseline.confidentiality.in_language(language),
        status=words_of(language).draft if agreement.is_draft else "",
    )


def _embed(document: Document, agreement: Agreement) -> tuple[Document, list[Diagnostic]]:
    """Return the document with each embedded file's blocks in its place, and what those files hold that isn't shown."""
    files = tuple((each.name, each.media_type, each.content) for each in agreement.attachments)
    shown = [
        # Of a section without a place for a file nothing depends on what the files hold.
        _embedded.get(section, files, partial(_show, section, agreement)) if Embed in blocks_in(section) else _Shown(section)
        for section in document.sections
    ]
    resources = {resource.name: resource for each in shown for resource in each.resources}
    sections = tuple(each.section for each in shown)
    findings = [finding for each in shown for finding in each.findings]
    return replace(document, sections=sections, resources=tuple(resources[name] for name in sorted(resources))), findings


def _show(section: Section, agreement: Agreement) -> _Shown:
    """Return a section with the blocks of embedded files."""
    resources: list[Resource] = []
    findings: list[Diagnostic] = []

    def show(block: Block) -> tuple[Block, ...]:
        if not isinstance(block, Embed):
            return (block,)
        attachment = agreement.attachment(block.name)
        if attachment is None:
            raise FindingsError([_nothing_attached(block)])
        try:
            shown = embedded(attachment.content, attachment.media_type, attachment.name, block.alt)
        except UnreadableFileError as error:
            raise FindingsError([attachment_fault(error, block.path)]) from error
        resources.extend(shown.resources)
        findings.extend(replace(finding, path=block.path) for finding in shown.findings)
        return shown.blocks

    return _Shown(map_blocks(section, show), tuple(resources), tuple(findings))


def draw_attachments(agreement: Agreement) -> None:
    """Draw the attached files, whose pictures are then kept: another process does it while templates compile."""
    for attachment in agreement.attachments:
        embedded(attachment.content, attachment.media_type, attachment.name, alt="")
