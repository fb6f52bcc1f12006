"""One clause: split into directives and Markdown, nest its headings, check its identifiers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from snc_docs.diagnostics import FindingsError
from snc_docs.document.nodes import Block, Section, SectionRole
from snc_docs.document.numbering import DEEPEST
from snc_docs.errors import Wording
from snc_docs.patterns import regex
from snc_docs.readers.markdown.blocks import BlockReader, Heading
from snc_docs.readers.markdown.directives import SINGLE_LINE, DirectiveReader
from snc_docs.readers.markdown.inlines import InlineReader
from snc_docs.readers.markdown.lines import Findings, Line, split_lines

_OPEN = regex(r":::\s*([a-z]+)\s*(.*?)\s*$")
_CLOSE = regex(r":::\s*$")
_COUNT = Wording("corriger les # des titres", "mend the # of the headings")
_RAISE = Wording("remonter ce titre, ou en faire un élément de liste", "raise this heading, or make it an item of a list")


def read_markdown(markdown: str, identifier: str, role: SectionRole, file: str, language: str) -> Section:
    """Return the section of one rendered clause, holes still open; FindingsError with everything that is wrong in it."""
    findings = Findings(file, identifier)
    blocks = BlockReader(InlineReader(language, findings))
    try:
        section = _nest(_pieces(split_lines(markdown), blocks), identifier, role, findings)
    except RecursionError:
        section = None
        findings.add(
            "markdown.too-deep",
            1,
            Wording("des listes ou des citations s'emboîtent trop", "lists or quotations are nested too deep"),
            Wording("trois niveaux de listes suffisent", "three levels of lists are enough"),
        )
    if findings.found or section is None:
        raise FindingsError(findings.found)
    return section


def _pieces(lines: Sequence[Line], blocks: BlockReader) -> Iterable[Block | Heading]:
    """Yield blocks and headings in order, directives among them."""
    directives = DirectiveReader(blocks)
    plain: list[Line] = []
    remaining = iter(lines)
    for line in remaining:
        opening = _OPEN.match(line.text)
        if not opening:
            if line.text.lstrip().startswith(":::"):
                _stray(blocks.findings, line)
            else:
                plain.append(line)
            continue
        if plain:
            yield from blocks.read(plain)
            plain = []
        name, arguments = opening.groups()
        body = [] if name in SINGLE_LINE else _body(remaining, line, blocks.findings)
        yield from directives.read(name, arguments, body, line.number)
    if plain:
        yield from blocks.read(plain)


def _body(remaining: Iterable[Line], opening: Line, findings: Findings) -> list[Line]:
    body: list[Line] = []
    for line in remaining:
        if _CLOSE.match(line.text):
            return body
        body.append(line)
    _stray(findings, opening)
    return body


def _stray(findings: Findings, line: Line) -> None:
    findings.add(
        "directive.unbalanced",
        line.number,
        Wording("« ::: » sans pendant", "':::' without its counterpart"),
        Wording("ouvrir par « ::: nom » et fermer par « ::: » en début de ligne", "open with '::: name' and close with ':::' at the line's start"),
    )


def _nest(pieces: Iterable[Block | Heading], identifier: str, role: SectionRole, findings: Findings) -> Section | None:
    """Return the clause's section with its subsections inside one another, by the levels of their headings."""
    stack: list[tuple[Heading, list[Block]]] = []
    for piece in pieces:
        if not isinstance(piece, Heading):
            if not stack:
                _bad_heading(
                    findings, 1, f"la clause commence par « # Titre {{#{identifier}}} »", f"the clause begins with '# Title {{#{identifier}}}'"
                )
                return None
            stack[-1][1].append(piece)
            continue
        _check_level(piece, len(stack), identifier, DEEPEST - (role == "subsection"), findings)
        while stack and len(stack) >= piece.level > 1:
            _close(stack, "subsection", findings)
        stack.append((piece, []))
    while len(stack) > 1:
        _close(stack, "subsection", findings)
    if not stack:
        _bad_heading(findings, 1, "la clause est vide", "the clause is empty")
        return None
    return _section(*stack[0], role, findings)


def _check_level(heading: Heading, depth: int, identifier: str, deepest: int, findings: Findings) -> None:
    """Add a finding on a heading's level; a part of a clause begins one level down, so it has one level less."""
    if depth == 0 and (heading.level != 1 or heading.id != identifier):
        _bad_heading(findings, heading.line, f"le premier titre est « # … {{#{identifier}}} »", f"the first heading is '# … {{#{identifier}}}'")
    elif depth and heading.level == 1:
        _bad_heading(findings, heading.line, "une clause n'a qu'un titre de niveau 1", "a clause has one heading of level 1")
    elif heading.level > deepest:
        _bad_heading(findings, heading.line, f"pas de titre au-delà du niveau {deepest}", f"no heading beyond level {deepest}", _RAISE)
    elif heading.level > depth + 1:
        _bad_heading(findings, heading.line, f"le niveau {depth + 1} est sauté", f"level {depth + 1} is skipped")


def _bad_heading(findings: Findings, line: int, fr: str, en: str, mend: Wording = _COUNT) -> None:
    findings.add("heading.level", line, Wording(fr, en), mend)


def _close(stack: list[tuple[Heading, list[Block]]], role: SectionRole, findings: Findings) -> None:
    heading, blocks = stack.pop()
    stack[-1][1].append(_section(heading, blocks, role, findings))


def _section(heading: Heading, blocks: list[Block], role: SectionRole, findings: Findings) -> Section:
    return Section(heading.id, role, heading.title, tuple(blocks), origin=findings.origin(heading.line))
