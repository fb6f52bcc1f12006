"""Two versions of an agreement compared at three depths: the data, the clauses, the words.

Laws: ``apply(compare(old, new), old) == new`` and ``apply(reverse(compare(old, new)), new) == old``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from snc_docs.diff.applying import ForeignChangeError, apply_data, reverse_data
from snc_docs.diff.clauses import ClauseChange, WordChange, WordKind, clause_changes
from snc_docs.diff.data import DataChange, data_changes
from snc_docs.diff.redline import redline
from snc_docs.diff.weights import Rating, heaviest, lost_statements, rate_clause, rate_data
from snc_docs.document.nodes import Deletion, Document, Insertion, Section
from snc_docs.document.revisions import accept, is_redline, reject, turned
from snc_docs.errors import UnknownChoiceError, Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.parts import Notices

# The same words in so many places are one change, made throughout.
_THROUGHOUT: Final = 3


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an agreement: its data and its document in each language."""

    agreement: Agreement
    documents: Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class Throughout:
    """The same words replaced in many places: how many, and the headings of the clauses they are in."""

    old: str
    new: str
    count: int
    clauses: tuple[str, ...]
    rating: Rating


@dataclass(frozen=True)
class Changes:
    """Everything that changed between two versions: of the data, and a redline in each language."""

    data: tuple[DataChange, ...]
    redlines: Mapping[str, Document]
    # What each version says of notice: duties are counted by the old one's.
    notices: tuple[Notices, Notices]

    @property
    def is_empty(self) -> bool:
        """Return whether both versions are the same."""
        return not self.data and not any(is_redline(document) for document in self.redlines.values())

    @cached_property
    def clauses(self) -> dict[str, tuple[ClauseChange, ...]]:
        """Return what happened to the clauses, in each language."""
        return {language: clause_changes(document) if is_redline(document) else () for language, document in self.redlines.items()}

    def redline_in(self, language: str) -> Document:
        """Return the redline of one language; UnknownChoiceError for one that isn't compared."""
        if language not in self.redlines:
            known = ", ".join(self.redlines) or "–"
            raise UnknownChoiceError(
                Wording(f"langue non comparée « {language} » : prendre {known}.", f"language not compared '{language}': take one of {known}.")
            )
        return self.redlines[language]

    def throughout(self, language: str) -> tuple[Throughout, ...]:
        """Return the words that were replaced by the same words in many places of one language; they weigh as the heaviest of their clauses."""
        return self._throughout[language]

    @cached_property
    def _throughout(self) -> dict[str, tuple[Throughout, ...]]:
        return {language: tuple(_made_throughout(self.rated_clauses(language))) for language in self.redlines}

    def single_words(self, language: str, change: ClauseChange) -> tuple[WordChange, ...]:
        """Return the changes of words of a clause that weren't made throughout."""
        everywhere = {(each.old, each.new) for each in self.throughout(language)}
        return tuple(words for words in change.words if (words.old, words.new) not in everywhere)

    def rated_data(self) -> tuple[tuple[DataChange, Rating], ...]:
        """Return the changes of the data with their ratings."""
        return tuple((change, rate_data(change)) for change in self.data)

    def rated_clauses(self, language: str) -> tuple[tuple[ClauseChange, Rating], ...]:
        """Return what happened to the clauses of one language, with ratings."""
        parents = dict(_parents(self.redlines[language]))
        return tuple((change, rate_clause(change, parents)) for change in self.clauses[language])

    def forbidden(self) -> tuple[tuple[Wording, Wording], ...]:
        """Return what the agreement itself forbids to change: what people call it, and why."""
        found = [(change.place.wording(), rating.forbidden) for change, rating in self.rated_data() if rating.forbidden]
        for language, document in self.redlines.items():
            rated = self.rated_clauses(language)
            found += [(Wording(change.was, change.was), rating.forbidden) for change, rating in rated if rating.forbidden]
            if is_redline(document):
                found += lost_statements(reject(document), accept(document))
        return tuple(dict.fromkeys(found))

    def duties(self) -> tuple[str, ...]:
        """Return the names of the duties that the changes trigger, each once, those of the data first."""
        ratings = [rating for _, rating in self.rated_data()]
        ratings += [rating for language in self.redlines for _, rating in self.rated_clauses(language)]
        return tuple(duty for duty in dict.fromkeys(rating.duty for rating in ratings) if duty != "none")


def compare(old: Version, new: Version, author: str = "", date: date | None = None) -> Changes:
    """Return what changed from one version to another, in the languages that both have; ``author`` and ``date`` are those of the redlines.

    UnknownChoiceError where they have none in common.
    """
    languages = [language for language in old.documents if language in new.documents]
    if not languages and old.documents and new.documents:
        raise UnknownChoiceError(Wording("les deux versions n'ont aucune langue en commun.", "the two versions have no language in common."))
    return Changes(
        data_changes(old.agreement, new.agreement),
        {language: redline(old.documents[language], new.documents[language], author, date) for language in languages},
        (old.agreement.notices, new.agreement.notices),
    )


def apply(changes: Changes, old: Version) -> Version:
    """Return the new version of ``old``; ForeignChangeError where the changes start from something else."""
    for language, document in changes.redlines.items():
        if old.documents.get(language) != (reject(document) if is_redline(document) else document):
            raise ForeignChangeError(language)
    documents = {language: accept(document) if is_redline(document) else document for language, document in changes.redlines.items()}
    return Version(apply_data(changes.data, old.agreement), documents)


def reverse(changes: Changes) -> Changes:
    """Return the changes that lead back."""
    redlines = {language: turned(document) if is_redline(document) else document for language, document in changes.redlines.items()}
    return Changes(reverse_data(changes.data), redlines, changes.notices[::-1])


def _made_throughout(rated: Iterable[tuple[ClauseChange, Rating]]) -> Iterator[Throughout]:
    places: dict[tuple[str, str], list[tuple[str, Rating]]] = {}
    for change, rating in rated:
        for words in change.words:
            if words.kind is WordKind.WORDS and words.old and words.new:
                own = replace(rating, duty="none") if words.is_from_data else rating
                places.setdefault((words.old, words.new), []).append((change.now or change.was, own))
    for (old, new), found in places.items():
        if len(found) >= _THROUGHOUT:
            clauses = tuple(dict.fromkeys(clause for clause, _ in found))
            yield Throughout(old, new, len(found), clauses, heaviest([rating for _, rating in found]))


def _parents(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the identifier of each part of a clause with that of the clause."""
    for section in _sections(document.sections):
        waiting = [section]
        while waiting:
            inner = list(_sections(waiting.pop().blocks))
            waiting += inner
            yield from ((each.id, section.id) for each in inner)


def _sections(nodes: tuple[object, ...]) -> Iterator[Section]:
    for node in nodes:
        if isinstance(node, (Insertion, Deletion)):
            yield from _sections(node.children)
        elif isinstance(node, Section):
            yield node
