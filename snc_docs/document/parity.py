"""Parity: two languages of one document say the same, as far as their structure, data, references and numbers can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from itertools import zip_longest
from typing import Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.document.nodes import Document, Section
from snc_docs.document.origins import Origin, Rank, as_written, in_order_of_blame, place_of
from snc_docs.document.skeleton import Figures, Piece, skeleton
from snc_docs.document.walk import MOST_KEPT, weight_of
from snc_docs.errors import Wording
from snc_docs.kept import Kept


def differences(first: Document, second: Document, figures: Figures, other_figures: Figures, rank: Rank = as_written) -> Iterator[Diagnostic]:
    """Yield a finding for each difference between two languages, clause by clause; each names the places in both templates.

    Here and below each stands at the first language's place, or at that of the higher layer by ``rank``.
    """
    yield from clause_differences(first, second, rank=rank)
    others = {section.id: section for section in second.sections}
    for section in first.sections:
        other = others.get(section.id)
        if other is not None:
            yield from piece_differences(_pieces(section, first, figures), _pieces(other, second, other_figures), section.id, rank)


# The pieces of sections, by the language in which their numbers are read.
_skeletons: Final[Kept[list[Piece]]] = Kept(MOST_KEPT, weight_of)


def _pieces(section: Section, document: Document, figures: Figures) -> list[Piece]:
    return _skeletons.get(section, document.language, partial(skeleton, section, figures))


def clause_differences(first: Document, second: Document, places: Mapping[str, Origin] = {}, rank: Rank = as_written) -> Iterator[Diagnostic]:
    """Yield a finding for each clause that only one of two documents has; ``places`` says where the other one would be, by clause: there it stands."""
    for document, other in ((first, second), (second, first)):
        known = {section.id for section in other.sections}
        for section in document.sections:
            if section.id not in known:
                near = other.sections[-1].origin if other.sections else None
                origins = (places[section.id], section.origin) if section.id in places else (section.origin, near)
                yield _difference("clause", origins, f"{section.id} ({document.language})", section.id, rank)


def piece_differences(first: Sequence[Piece], second: Sequence[Piece], clause: str, rank: Rank = as_written) -> Iterator[Diagnostic]:
    """Yield a finding for each difference between the pieces of one clause in two languages."""
    for tag, start, end, other_start, other_end in _alignment(*([(piece.kind, piece.key) for piece in pieces] for pieces in (first, second))):
        if tag == "equal":
            yield from _all_details(zip(first[start:end], second[other_start:other_end], strict=True), clause, rank)
            continue
        for one, other in zip_longest(first[start:end], second[other_start:other_end]):
            piece = one or other
            assert piece is not None  # noqa: S101  # an opcode that isn't "equal" has a piece on one side at least
            origins = (
                one.origin if one else _origin_near(first, start),
                other.origin if other else _origin_near(second, other_start),
            )
            shown = " ≠ ".join(f"{each.kind} {each.key}".strip() for each in (one, other) if each)
            yield _difference(piece.kind, origins, shown, clause, rank)


def _alignment(keys: list[tuple[str, str]], others: list[tuple[str, str]]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield difflib's opcodes. What both begin and end with is set aside first: long tables have thousands of rows of one key."""
    shorter = min(len(keys), len(others))
    start = next((index for index in range(shorter) if keys[index] != others[index]), shorter)
    end = next((index for index in range(shorter - start) if keys[-1 - index] != others[-1 - index]), shorter - start)
    middle, other_middle = keys[start : len(keys) - end], others[start : len(others) - end]
    yield "equal", 0, start, 0, start
    for tag, one, two, three, four in SequenceMatcher(None, middle, other_middle, autojunk=False).get_opcodes():
        yield tag, one + start, two + start, three + start, four + start
    yield "equal", len(keys) - end, len(keys), len(others) - end, len(others)


def _origin_near(pieces: Sequence[Piece], index: int) -> Origin | None:
    """Return where a missing piece would stand: the origin of the piece before it, or of the first."""
    return pieces[max(min(index, len(pieces)) - 1, 0)].origin if pieces else None


def _all_details(pairs: Iterable[tuple[Piece, Piece]], clause: str, rank: Rank) -> Iterator[Diagnostic]:
    for one, other in pairs:
        if one.details != other.details:
            yield from _details(one, other, clause, rank)


def _details(one: Piece, other: Piece, clause: str, rank: Rank) -> Iterator[Diagnostic]:
    """Yield a finding for each kind of detail of which two pieces hold different ones, whatever their order."""
    counts, other_counts = Counter(one.details), Counter(other.details)
    for kind in dict.fromkeys(kind for kind, _ in (*one.details, *other.details)):
        mine, theirs = ({what: count for (of, what), count in all_.items() if of == kind} for all_ in (counts, other_counts))
        if kind == "value":  # of data that both print: what one alone prints is a difference of fields
            mine, theirs = (
                {what: count for what, count in each.items() if ("field", what.rsplit(" ", 1)[0]) in counts.keys() & other_counts.keys()}
                for each in (mine, theirs)
            )
        if mine != theirs:
            odd = sorted(what for what in {*mine, *theirs} if mine.get(what) != theirs.get(what))
            if kind == "value":
                yield from map(_on_the_data, dict.fromkeys(what.rsplit(" ", 1)[0] for what in odd))
                continue
            yield _difference(kind, (one.origin, other.origin), ", ".join(odd) or "…", clause, rank)


def term_differences(
    first: dict[str, set[str]], second: dict[str, set[str]], document: Document, other: Document, rank: Rank = as_written
) -> Iterator[Diagnostic]:
    """Yield a finding for each clause whose two languages use different defined terms; ``first`` and ``second`` list them by clause."""
    origins = {section.id: section.origin for section in other.sections}
    for section in document.sections:
        odd = first.get(section.id, set()) ^ second.get(section.id, set())
        if odd and section.id in origins:
            yield _difference("defined term", (section.origin, origins[section.id]), ", ".join(sorted(odd)), section.id, rank)


# For each kind of piece or detail, the rule and what is said of it.
_RULES: Final = {
    "clause": ("parity.clauses", Wording("les clauses diffèrent", "the clauses differ")),
    "heading": ("parity.headings", Wording("les titres de la clause diffèrent", "the clause's headings differ")),
    "condition": ("parity.conditions", Wording("les conditions diffèrent", "the conditions differ")),
    "loop": ("parity.loops", Wording("les boucles diffèrent", "the loops differ")),
    "paragraph": ("parity.paragraphs", Wording("les paragraphes diffèrent", "the paragraphs differ")),
    "list": ("parity.lists", Wording("les listes diffèrent", "the lists differ")),
    "item": ("parity.lists", Wording("les éléments des listes diffèrent", "the items of the lists differ")),
    "table": ("parity.tables", Wording("les colonnes des tableaux diffèrent", "the columns of the tables differ")),
    "row": ("parity.tables", Wording("les lignes des tableaux diffèrent", "the rows of the tables differ")),
    "definition": ("parity.definitions", Wording("les définitions diffèrent", "the definitions differ")),
    "field": ("parity.fields", Wording("les données imprimées diffèrent", "the data printed differs")),
    "reference": ("parity.references", Wording("les renvois diffèrent", "the references differ")),
    "statement": ("parity.statements", Wording("les faits énoncés diffèrent", "the facts stated differ")),
    "term": ("parity.definitions", Wording("les termes définis ici diffèrent", "the terms defined here differ")),
    "defined term": ("parity.terms", Wording("les termes définis que la clause emploie diffèrent", "the defined terms that the clause uses differ")),
    "link": ("parity.links", Wording("les liens diffèrent", "the links differ")),
    "number": ("parity.numbers", Wording("les nombres diffèrent", "the numbers differ")),
}
_OTHER: Final = ("parity.blocks", Wording("les blocs diffèrent", "the blocks differ"))


def _difference(kind: str, origins: tuple[Origin | None, Origin | None], which: str, clause: str, rank: Rank) -> Diagnostic:
    rule, what = _RULES.get(kind, _OTHER)
    here, there = in_order_of_blame(*origins, rank)
    other = f"{there.file}:{there.line}" if there else "?"
    return Diagnostic.error(
        rule,
        Wording(f"{what.fr} d'une langue à l'autre : {which} ; voir {other}", f"{what.en} between the languages: {which}; see {other}"),
        Wording(f"accorder ce modèle et {other}", f"bring this template and {other} into line"),
        **place_of(here),
        clause=clause,
    )


def _on_the_data(path: str) -> Diagnostic:
    """Return the finding on a value at its data path, once wherever it prints: the templates print the same."""
    return Diagnostic(
        "parity.values",
        Severity.WARNING,
        _DIFFERENT,
        Wording("accorder les deux langues de cette valeur", "bring the two languages of this value into line"),
        path=path,
    )


VALUES: Final = "parity.values"
_DIFFERENT: Final = Wording("les nombres de cette valeur diffèrent d'une langue à l'autre", "the numbers of this value differ between the languages")
